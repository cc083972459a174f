"""What a visitor sees of the suppliers before he signs in: regions and services, brand and contacts (Э-1…Э-5, Э-73)."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session, col, select

from energo_cabinet.auth.access import Subject, service
from energo_cabinet.domain.typed import id_of
from energo_cabinet.errors import NotFound
from energo_cabinet.models import ServiceRegion, Supplier, SupplierLogo


@dataclass(frozen=True, slots=True)
class RegionChoice:
    """A line of «Регион и услуга»."""

    id: int
    title: str
    supplier_name: str
    supplier_code: str


@dataclass(frozen=True, slots=True)
class SupplierEntryPage:
    """A supplier's own entry page; `colour` "" means ours, `logo` is a digest or "" without one."""

    code: str
    name: str
    colour: str
    welcome_text: str
    logo: str
    phone: str
    email: str
    website: str
    address: str
    regions: tuple[RegionChoice, ...]


@service("public", "supplier.list_regions")
def list_regions(session: Session, subject: Subject) -> list[RegionChoice]:
    """Regions and services of every active supplier, by supplier and in its own order."""
    return _regions(session, None)


@service("public", "supplier.entry_page")
def entry_page(session: Session, subject: Subject, code: str) -> SupplierEntryPage:
    """The entry page of an active supplier; NotFound for any other code."""
    found = _active(session, code)
    logo = session.exec(select(SupplierLogo.sha256).where(SupplierLogo.supplier_id == found.id)).first()
    return SupplierEntryPage(
        code=found.code,
        name=found.name,
        colour=found.brand_colour,
        welcome_text=found.welcome_text,
        logo=logo or "",
        phone=found.phone,
        email=found.email,
        website=found.website,
        address=found.address,
        regions=tuple(_regions(session, found.id)),
    )


@service("public", "supplier.logo")
def supplier_logo(session: Session, subject: Subject, code: str) -> bytes:
    """The supplier's sign as a PNG; NotFound without one."""
    found = _active(session, code)
    png = session.exec(select(SupplierLogo.png).where(SupplierLogo.supplier_id == found.id)).first()
    if png is None:
        raise NotFound
    return png


def supplier_of_region(session: Session, region_id: str) -> Supplier | None:
    """The active supplier of a region given in a form; None for anything else."""
    if (number := id_of(region_id)) is None:
        return None
    query = select(Supplier).join(ServiceRegion, col(ServiceRegion.supplier_id) == Supplier.id)
    return session.exec(query.where(ServiceRegion.id == number, col(Supplier.is_active).is_(True))).first()


def _active(session: Session, code: str) -> Supplier:
    if not isinstance(code, str) or not 0 < len(code) <= 40 or "\x00" in code:
        raise NotFound
    found = session.exec(select(Supplier).where(Supplier.code == code, col(Supplier.is_active).is_(True))).first()
    if found is None:
        raise NotFound
    return found


def _regions(session: Session, supplier_id: int | None) -> list[RegionChoice]:
    query = (
        select(ServiceRegion.id, ServiceRegion.title, Supplier.name, Supplier.code)
        .join(Supplier, col(Supplier.id) == ServiceRegion.supplier_id)
        .where(col(Supplier.is_active).is_(True))
        .order_by(Supplier.name, col(ServiceRegion.position), col(ServiceRegion.id))
    )
    if supplier_id is not None:
        query = query.where(Supplier.id == supplier_id)
    return [RegionChoice(*row) for row in session.exec(query)]

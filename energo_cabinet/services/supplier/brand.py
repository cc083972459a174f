"""A supplier's own face at the front door: colour, sign, welcome, contacts, regions (Э-1…Э-3, Э-73)."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, delete

from energo_cabinet.auth.access import Subject, service
from energo_cabinet.domain.supplier.colour import TEXT_CONTRAST, contrast, is_colour
from energo_cabinet.errors import CabinetError
from energo_cabinet.formats.supplier.logo import LogoRefused, logo_png
from energo_cabinet.models import ServiceRegion, Supplier, SupplierLogo
from energo_cabinet.services.supplier.supplier import supplier_of

WHITE = "#ffffff"
CONTACTS = {"email": 254, "phone": 40, "website": 200, "address": 300}


@dataclass(frozen=True, slots=True)
class Brand:
    """What to change; None leaves a thing as it is, "" takes it away. `regions` replaces all of them, in order."""

    colour: str | None = None
    welcome_text: str | None = None
    email: str | None = None
    phone: str | None = None
    website: str | None = None
    address: str | None = None
    regions: Sequence[str] | None = None
    logo: bytes | None = None


@service("system", "supplier.set_brand")
def set_brand(session: Session, subject: Subject, code: str, brand: Brand) -> None:
    """Change a supplier's brand; nothing is changed when any part is refused.

    CabinetError: unknown_supplier, colour_invalid, colour_pale (white text stands on it), region_title,
    welcome_long, text_too_long, logo_invalid.
    """
    supplier = supplier_of(session, code)
    _check(brand)
    if brand.colour is not None:
        supplier.brand_colour = brand.colour.lower()
    for name in ("welcome_text", *CONTACTS):
        value = getattr(brand, name)
        if value is not None:
            setattr(supplier, name, value.strip())
    session.add(supplier)
    if brand.regions is not None:
        _replace_regions(session, supplier, brand.regions)
    if brand.logo is not None:
        _replace_logo(session, supplier, brand.logo)


def _check(brand: Brand) -> None:
    if brand.colour:
        if not is_colour(brand.colour):
            raise CabinetError("colour_invalid", "colour")
        found = contrast(brand.colour, WHITE)
        if found < TEXT_CONTRAST:
            raise CabinetError("colour_pale", "colour", contrast=f"{found:.2f}", least=TEXT_CONTRAST)
    if brand.welcome_text is not None and len(brand.welcome_text.strip()) > 500:
        raise CabinetError("welcome_long", "welcome_text")
    for name, longest in CONTACTS.items():
        if len(getattr(brand, name) or "") > longest:
            raise CabinetError("text_too_long", name)
    if brand.regions is not None and not (brand.regions and all(0 < len(r.strip()) <= 200 for r in brand.regions)):
        raise CabinetError("region_title", "regions")


def _replace_regions(session: Session, supplier: Supplier, titles: Sequence[str]) -> None:
    session.exec(delete(ServiceRegion).where(ServiceRegion.supplier_id == supplier.id))  # type: ignore[arg-type]
    for position, title in enumerate(titles):
        session.add(ServiceRegion(supplier_id=supplier.id, title=title.strip(), position=position))


def _replace_logo(session: Session, supplier: Supplier, picture: bytes) -> None:
    try:
        png = logo_png(picture) if picture else b""
    except LogoRefused as error:
        raise CabinetError("logo_invalid", "logo") from error
    session.exec(delete(SupplierLogo).where(SupplierLogo.supplier_id == supplier.id))  # type: ignore[arg-type]
    if png:
        session.add(SupplierLogo(supplier_id=supplier.id, png=png, sha256=hashlib.sha256(png).hexdigest()))

"""What an administrator of a supplier sets: brand and texts, contacts, the window for readings, where to pay."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import Session, col, select

from energo_cabinet.auth.access import Subject, service
from energo_cabinet.auth.audit import audit_note
from energo_cabinet.auth.supplier_access import of_supplier, own_supplier
from energo_cabinet.domain.typed import whole_number
from energo_cabinet.errors import CabinetError, InvalidInput
from energo_cabinet.formats.supplier.logo import LARGEST_FILE
from energo_cabinet.models import ChangeKind, ServiceRegion, Supplier, SupplierLogo
from energo_cabinet.services.notice.administrators import tell_administrators
from energo_cabinet.services.supplier.brand import CONTACTS, Brand, set_brand
from energo_cabinet.services.supplier.change import ask_change, needs_second
from energo_cabinet.services.supplier.supplier import PAYEE, add_supplier, check_payee, set_payee

BRAND = ("brand_colour", "welcome_text", *CONTACTS)
LARGEST_LOGO = LARGEST_FILE
"""Bytes."""
WINDOW = ("reading_first_day", "reading_last_day")


@dataclass(frozen=True, slots=True)
class SupplierChoice:
    """A line of the choice of supplier, for administrators of the installation."""

    supplier_id: int
    name: str


@dataclass(frozen=True, slots=True)
class SupplierSettings:
    """`fields`: name of a setting → its value as text; `regions`: one a line; `logo`: digest of the sign or ""."""

    supplier_id: int
    name: str
    code: str
    fields: dict[str, str]
    logo: str


@service("staff:admin", "supplier.choices", audited=False)
def supplier_choices(session: Session, subject: Subject) -> list[SupplierChoice]:
    """The suppliers whose settings the caller may change."""
    query = select(Supplier).where(of_supplier(subject, Supplier.id)).order_by(Supplier.name)
    return [SupplierChoice(row.id, row.name) for row in session.exec(query)]


@service("staff:admin", "supplier.settings", audited=False)
def supplier_settings(session: Session, subject: Subject, supplier_id: int | None = None) -> SupplierSettings:
    """The settings of the caller's supplier, or of the one an administrator of the installation names."""
    supplier = own_supplier(session, subject, supplier_id)
    regions = select(ServiceRegion.title).where(ServiceRegion.supplier_id == supplier.id)
    fields = {name: str(getattr(supplier, name)) for name in (*BRAND, *WINDOW, "reading_source")}
    fields |= {f"payee_{name}": str(getattr(supplier, f"payee_{name}")) for name in PAYEE}
    fields["regions"] = "\n".join(session.exec(regions.order_by(col(ServiceRegion.position))))
    logo = session.exec(select(SupplierLogo.sha256).where(SupplierLogo.supplier_id == supplier.id)).first()
    return SupplierSettings(supplier.id, supplier.name, supplier.code, fields, logo or "")


@service("staff:admin", "supplier.save_brand")
def save_brand(session: Session, subject: Subject, fields: Mapping[str, str], supplier_id: int | None = None) -> None:
    """Colour, welcome, contacts, regions (one a line); refusals stand beside their field."""
    supplier = own_supplier(session, subject, supplier_id)
    brand = Brand(
        colour=fields.get("brand_colour", "").strip(),
        welcome_text=fields.get("welcome_text", ""),
        regions=[line.strip() for line in fields.get("regions", "").splitlines() if line.strip()],
        email=fields.get("email", ""),
        phone=fields.get("phone", ""),
        website=fields.get("website", ""),
        address=fields.get("address", ""),
    )
    try:
        set_brand(session, subject.as_system(), supplier.code, brand)
    except CabinetError as error:
        field = {"colour": "brand_colour"}.get(error.field, error.field)
        raise CabinetError(error.code, field, **error.params) from None
    audit_note(session, supplier=supplier.code)


@service("staff:admin", "supplier.save_logo")
def save_logo(session: Session, subject: Subject, picture: bytes, supplier_id: int | None = None) -> None:
    """The sign at the entry page, redrawn from a PNG or JPEG of at most 1 MB; b"" takes it away. logo_invalid."""
    supplier = own_supplier(session, subject, supplier_id)
    set_brand(session, subject.as_system(), supplier.code, Brand(logo=picture))
    audit_note(session, supplier=supplier.code, kept=bool(picture))


@service("staff:admin", "supplier.save_reading_window")
def save_window(session: Session, subject: Subject, fields: Mapping[str, str], supplier_id: int | None = None) -> None:
    """First and last day of the month on which readings are taken, and where the rule comes from [K] (R-17)."""
    supplier = own_supplier(session, subject, supplier_id)
    days = {name: _day(fields.get(name, "")) for name in WINDOW}
    source = fields.get("reading_source", "").strip()
    wrong = {name: "day_of_month" for name, value in days.items() if value is None}
    wrong |= {} if 0 < len(source) <= 300 else {"reading_source": "required"}
    if wrong:
        raise InvalidInput(wrong)
    audit_note(
        session, supplier=supplier.code, before=f"{supplier.reading_first_day}–{supplier.reading_last_day}", **days
    )
    supplier.sqlmodel_update({**days, "reading_source": source})
    session.add(supplier)


@service("staff:admin", "supplier.save_payee", step_up=True)
def save_payee(session: Session, subject: Subject, fields: Mapping[str, str], supplier_id: int | None = None) -> bool:
    """Where customers pay to: printed into the payment QR. False: it waits for a second administrator.

    InvalidInput: details that cannot be right.
    """
    supplier = own_supplier(session, subject, supplier_id)
    given = {name: fields.get(f"payee_{name}", "") for name in PAYEE}
    try:
        check_payee(supplier, given)
    except InvalidInput as error:
        raise InvalidInput({f"payee_{f}": code for f, code in error.fields.items()}, **error.params) from None
    audit_note(session, supplier=supplier.code, account=given["account"])
    if needs_second(session, subject, supplier.id):
        about = f"{given['account']}, {given['bank']}".strip(", ") or "—"
        ask_change(session, subject, supplier.id, ChangeKind.PAYEE, about, {"code": supplier.code, "payee": given})
        return False
    set_payee(session, subject.as_system(), supplier.code, given)
    tell_administrators(session, subject, supplier.id, "supplier.save_payee", given["account"])
    return True


@service("staff:system", "supplier.open")
def open_supplier(session: Session, subject: Subject, code: str, name: str, zone_name: str) -> SupplierChoice:
    """A new supplier of this installation."""
    made = add_supplier(session, subject.as_system(), code, name, zone_name)
    audit_note(session, supplier=made.code)
    return SupplierChoice(made.id, made.name)


def _day(text: str) -> int | None:
    number = whole_number(text.strip(), 9)
    return number if number and number <= 31 else None

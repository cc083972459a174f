"""Suppliers of this installation and the contracts they keep here, as scripts and imports set them up (Н-29)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from energo_cabinet.auth.access import Subject, service
from energo_cabinet.auth.passwords import hash_password
from energo_cabinet.domain.bill.bank_details import wrong_details
from energo_cabinet.errors import CabinetError, Conflict, InvalidInput
from energo_cabinet.models import Contract, MeteringPoint, ServiceRegion, Supplier

NAMES_SHOWN = 50
PAYEE = ("name", "inn", "kpp", "account", "bank", "bic", "corr_account")


@dataclass(frozen=True, slots=True)
class SupplierEntry:
    """A supplier as scripts see it; `zone` is the IANA name its days are local to."""

    id: int
    code: str
    name: str
    zone: str


@dataclass(frozen=True, slots=True)
class ContractEntry:
    """A contract as scripts see it; `points`: how many metering points it has now."""

    id: int
    supplier: str
    number: str
    login: str
    points: int


@service("system", "supplier.add")
def add_supplier(session: Session, _subject: Subject, code: str, name: str, zone_name: str) -> SupplierEntry:
    """Add a supplier; Conflict when the code is taken, InvalidInput for an empty or too long field or unknown zone."""
    code, name = code.strip(), name.strip()
    _check_lengths({"code": (code, 40), "name": (name, 200)})
    check_zone(zone_name)
    if session.exec(select(Supplier).where(Supplier.code == code)).first():
        raise Conflict("supplier_exists", "code", supplier=code)
    supplier = Supplier(code=code, name=name, zone_name=zone_name)
    session.add(supplier)
    session.flush()
    session.add(ServiceRegion(supplier_id=supplier.id, title=name))
    return entry_of(supplier)


@service("system", "supplier.set_payee")
def set_payee(session: Session, _subject: Subject, code: str, payee: Mapping[str, str]) -> SupplierEntry:
    """Where the supplier's customers pay to: name, inn, kpp, account, bank, bic, corr_account.

    CabinetError: unknown_supplier; InvalidInput: details that cannot be right (lengths, control keys).
    """
    supplier = supplier_of(session, code)
    given = check_payee(supplier, payee)
    supplier.sqlmodel_update({f"payee_{name}": value for name, value in given.items()})
    session.add(supplier)
    return entry_of(supplier)


def check_payee(supplier: Supplier, payee: Mapping[str, str]) -> dict[str, str]:
    """The details as they are kept; InvalidInput for what cannot be right (lengths, control keys)."""
    given = {name: payee.get(name, "").strip() for name in PAYEE}
    _check_lengths({"bank": (given["bank"], 45), "name": (given["name"] or supplier.name, 160)})
    if wrong := wrong_details(given):
        raise InvalidInput(dict.fromkeys(wrong, "bank_details"), names=", ".join(wrong))
    return given


@service("system", "supplier.find")
def find_supplier(session: Session, _subject: Subject, code: str) -> SupplierEntry:
    """The supplier with a code; CabinetError "unknown_supplier" without one."""
    return entry_of(supplier_of(session, code))


@service("system", "contract.add_by_command")
def add_contract(
    session: Session,
    _subject: Subject,
    supplier: str,
    number: str,
    login: str,
    password: str,
    points: Sequence[str],
    name: str = "",
) -> ContractEntry:
    """Add a contract and give it metering points by number; all of them must exist and belong to no other contract."""
    keeper = supplier_of(session, supplier)
    number, login = number.strip(), login.strip()
    _check_lengths({"number": (number, 60), "login": (login, 100), "password": (password, 256)})
    _refuse_taken(session, keeper.id, number, login)
    found = _free_points(session, keeper.id, points)
    contract = Contract(
        supplier_id=keeper.id,
        number=number,
        login=login,
        password_hash=hash_password(password),
        customer_name=name.strip()[:200],
    )
    session.add(contract)
    session.flush()
    for point in found:
        point.contract_id = contract.id
        session.add(point)
    return ContractEntry(contract.id, keeper.code, number, login, len(found))


def supplier_of(session: Session, code: str) -> Supplier:
    """The row of a supplier; CabinetError "unknown_supplier" without one."""
    found = session.exec(select(Supplier).where(Supplier.code == code.strip())).first()
    if found is None:
        raise CabinetError("unknown_supplier", "supplier", supplier=code)
    return found


def check_zone(zone_name: str) -> None:
    """Refuse what is no IANA time zone."""
    try:
        ZoneInfo(zone_name)
    except (OSError, ValueError, KeyError) as error:  # ZoneInfoNotFoundError is a KeyError
        raise CabinetError("unknown_zone", "zone", zone=zone_name) from error


def _refuse_taken(session: Session, supplier_id: int, number: str, login: str) -> None:
    own = select(Contract).where(Contract.supplier_id == supplier_id)
    if session.exec(own.where(Contract.number == number)).first():
        raise Conflict("contract_number_exists", "number", number=number)
    if session.exec(own.where(Contract.login == login)).first():
        raise Conflict("contract_login_exists", "login", login=login)


def _free_points(session: Session, supplier_id: int, numbers: Sequence[str]) -> list[MeteringPoint]:
    wanted = list(dict.fromkeys(number.strip() for number in numbers))
    rows = session.exec(
        select(MeteringPoint).where(MeteringPoint.supplier_id == supplier_id, col(MeteringPoint.number).in_(wanted))
    ).all()
    missing = [number for number in wanted if number not in {row.number for row in rows}]
    if missing:
        raise CabinetError("unknown_points", "points", points=some(missing))
    taken = [row.number for row in rows if row.contract_id is not None]
    if taken:
        raise Conflict("points_taken", "points", points=some(taken))
    return list(rows)


def some(names: Sequence[str]) -> str:
    """The first names of a list, and how many more there are."""
    rest = len(names) - NAMES_SHOWN
    return ", ".join(names[:NAMES_SHOWN]) + (f" … (+{rest})" if rest > 0 else "")


def _check_lengths(fields: dict[str, tuple[str, int]]) -> None:
    wrong = {
        field: "field_required" if not value else "field_too_long"
        for field, (value, longest) in fields.items()
        if not value or len(value) > longest
    }
    if wrong:
        field = next(iter(wrong))
        raise InvalidInput(wrong, name=field, longest=fields[field][1])


def entry_of(supplier: Supplier) -> SupplierEntry:
    """A supplier's row as scripts see it."""
    return SupplierEntry(supplier.id, supplier.code, supplier.name, supplier.zone_name)

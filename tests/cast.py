"""The cast of DESIGN section 7 and builders of what they own: Анна has a flat, Борис is a stranger."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal

import numpy as np
import pytest
from sqlmodel import Session

from energo_cabinet.auth.access import Subject
from energo_cabinet.auth.passwords import hash_password
from energo_cabinet.auth.staff import PERMISSIONS, Permission, StaffRole
from energo_cabinet.domain.time.local_day import add_months, epoch_day, slots_of_day
from energo_cabinet.domain.values.profile_day import MISSING, encode_day
from energo_cabinet.models import (
    Bill,
    Charge,
    Contract,
    ContractLink,
    Meter,
    MeteringPoint,
    MeterInstallation,
    MeterReading,
    Payment,
    ProfileDay,
    ProfileSeries,
    StaffMember,
    StaffRoleName,
    Supplier,
    Tariff,
    TariffPrice,
    TariffZonePeriod,
    User,
    UserStatus,
)
from energo_cabinet.services.values.profile_write import ensure_partitions

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
CONTRACT_PASSWORD = "дом у реки 7"
TWO_ZONES = ((0, 420, "T2"), (420, 1380, "T1"), (1380, 1440, "T2"))


@pytest.fixture(scope="session")
def contract_hash() -> str:
    """Hashed once: argon2id takes its time."""
    return hash_password(CONTRACT_PASSWORD)


def person(session: Session, email: str, name: str) -> Subject:
    """An active user as a subject at NOW."""
    user = User(
        email=email,
        full_name=name,
        password_hash="",
        password_changed_at=NOW,
        status=UserStatus.ACTIVE,
        created_at=NOW,
    )
    session.add(user)
    session.flush()
    return Subject("customer", NOW, user_id=user.id)


def staff(
    session: Session,
    email: str,
    name: str,
    of: Supplier | None,
    role: StaffRoleName = StaffRoleName.SUPPLIER_ADMIN,
    permissions: frozenset[Permission] | None = None,
) -> Subject:
    """A member of the staff as a subject at NOW; `of` is None for an administrator of the installation."""
    who, works_for = person(session, email, name), of.id if of else None
    known = {"supplier_id": works_for, "role": role, "name": name, "added_at": NOW, "accepted_at": NOW}
    row = _kept(session, StaffMember(user_id=who.user, **known))
    allowed = PERMISSIONS[role] if permissions is None else permissions
    return replace(who, staff=StaffRole(row.id or 0, who.user, name, works_for, role, allowed), proved_at=NOW)


def supplier(session: Session, code: str = "NEKTA", name: str = "NeKta") -> Supplier:
    """A local supplier."""
    return _kept(session, Supplier(code=code, name=name))


def contract(session: Session, of: Supplier, number: str = "7638-294-061", password_hash: str = "") -> Contract:
    """A contract; its login is `login-<number>`."""
    made = Contract(
        supplier_id=of.id,
        number=number,
        login=f"login-{number}",
        password_hash=password_hash,
        customer_name="Соколова А. В.",
    )
    return _kept(session, made)


def link(session: Session, who: Subject, to: Contract, title: str = "Квартира на Лесной") -> ContractLink:
    """The contract in somebody's sidebar."""
    return _kept(session, ContractLink(user_id=who.user, contract_id=to.id, title=title, linked_at=NOW))


def point(session: Session, of: Contract, number: str = "ЛС-061-01", **fields: object) -> MeteringPoint:
    """A metering point in Moscow time."""
    made = MeteringPoint(
        supplier_id=of.supplier_id, contract_id=of.id, number=number, name="Квартира 42, ввод", **fields
    )
    return _kept(session, made)


def meter(session: Session, at: MeteringPoint, since: date = date(2020, 12, 1), **fields: object) -> Meter:
    """A meter standing on the point."""
    known = {"serial_number": "41907352", "model": "Меркурий 204 ARTM", "is_smart": True} | fields
    made = _kept(session, Meter(supplier_id=at.supplier_id, **known))
    _kept(session, MeterInstallation(point_id=at.id, meter_id=made.id, installed_on=since))
    return made


def series(session: Session, of: MeteringPoint, channel: str = "A+", is_primary: bool = True) -> ProfileSeries:
    """A series without days."""
    return _kept(session, ProfileSeries(point_id=of.id, channel=channel, is_primary=is_primary))


def day(
    session: Session,
    of: ProfileSeries,
    on: date,
    wh: int | Sequence[int | None] = 100,
    step_min: int = 30,
    q: Sequence[int] | None = None,
    zone_name: str = "Europe/Moscow",
) -> None:
    """A day of values: the same `wh` in every slot, or one by one with None for a gap."""
    slots = slots_of_day(on, zone_name, step_min)
    values = [wh] * slots if isinstance(wh, int) else list(wh)
    array = np.array([MISSING if v is None else v for v in values], np.int64)
    quality = None if q is None else np.array(q, np.uint8)
    row = encode_day(epoch_day(on), step_min, array, quality)
    if session.get_bind().dialect.name == "postgresql":
        ensure_partitions(session.connection(), [row.day])
    session.add(ProfileDay(series_id=of.id, **row._asdict()))
    session.flush()


def readings(session: Session, of: MeteringPoint, zone: str, values: Iterable[tuple[datetime, int]], **more: object):
    """Register readings of A+: (instant, Wh)."""
    for at, wh in values:
        session.add(MeterReading(point_id=of.id, channel="A+", zone=zone, read_at=at, register_wh=wh, **more))
    session.flush()


def tariff(
    session: Session,
    of: Supplier,
    periods: Iterable[tuple[int, int, str]] = TWO_ZONES,
    prices: Iterable[tuple[str, date, str]] = (),
) -> Tariff:
    """A tariff with its zones and prices (zone, first day, RUB per kWh)."""
    made = _kept(session, Tariff(supplier_id=of.id, code="2Z", name="Двухзонный, население"))
    for start, end, zone in periods:
        session.add(TariffZonePeriod(tariff_id=made.id, start_minute=start, end_minute=end, zone=zone))
    for zone, since, rub in prices:
        session.add(TariffPrice(tariff_id=made.id, zone=zone, valid_from=since, price_rub_per_kwh=Decimal(rub)))
    session.flush()
    return made


def bill(session: Session, of: Contract, month: date, *amounts: str, due_on: date | None = None) -> Bill:
    """A bill for a month, issued on the 3rd and due on the 15th of the next, a line for each amount."""
    total, after = sum(map(Decimal, amounts), Decimal(0)), add_months(month, 1)
    known = {"number": f"{month:%m/%Y}", "issued_on": after.replace(day=3), "due_on": due_on or after.replace(day=15)}
    made = _kept(session, Bill(contract_id=of.id, month=month, amount_rub=total, created_at=NOW, **known))
    for line, amount in enumerate(amounts, 1):
        session.add(Charge(bill_id=made.id, line=line, title=f"Строка {line}", amount_rub=Decimal(amount)))
    session.flush()
    return made


def payment(session: Session, of: Contract, on: date, amount: str) -> Payment:
    """A payment; its document is its day."""
    row = Payment(contract_id=of.id, number=f"{on}", paid_on=on, amount_rub=Decimal(amount), created_at=NOW)
    return _kept(session, row)


@dataclass(frozen=True)
class Cast:
    """Анна with a linked flat and its point; Борис with nothing; staff: Григорий (her supplier), Дарья (another)."""

    anna: Subject
    boris: Subject
    grigory: Subject
    darya: Subject
    supplier: Supplier
    contract: Contract
    link: ContractLink
    point: MeteringPoint

    def within(self, session: Session) -> Cast:
        """The same people with rows of another session on the same database, as they were made."""
        rows = ("supplier", "contract", "link", "point")
        return replace(self, **{name: session.merge(getattr(self, name), load=False) for name in rows})


@pytest.fixture
def cast(session: Session, contract_hash: str) -> Cast:
    """The people and Анна's flat."""
    return play(session, contract_hash)


def play(session: Session, contract_hash: str) -> Cast:
    """Make the people and Анна's flat."""
    nekta = supplier(session)
    flat = contract(session, nekta, password_hash=contract_hash)
    anna = person(session, "anna@example.org", "Соколова Анна Викторовна")
    boris = person(session, "boris@example.org", "Чужой Борис Борисович")
    linked = link(session, anna, flat)
    grigory = staff(session, "grigory@example.org", "Громов Григорий", nekta)
    darya = staff(session, "darya@example.org", "Дальняя Дарья", supplier(session, "FAR", "Дальний поставщик"))
    return Cast(anna, boris, grigory, darya, nekta, flat, linked, point(session, flat))


def _kept(session: Session, row):
    session.add(row)
    session.flush()
    return row

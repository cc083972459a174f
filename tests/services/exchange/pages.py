"""Answers of a supplier for tests of the services that store them."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlmodel import Session, select

from energo_cabinet.auth.access import Subject
from energo_cabinet.gateways.supplier_protocol import (
    BillData,
    BillLine,
    Change,
    ChangePage,
    Installation,
    MeterData,
    PaymentData,
    PointData,
    ProfileDayData,
    ReadingData,
    TariffData,
    ZonePeriod,
    ZonePrice,
)
from energo_cabinet.models import Contract, GatewayKind, Supplier, SyncCursor, SyncRefusal
from energo_cabinet.services.exchange.answer import FEEDS, Answer
from energo_cabinet.services.exchange.sync import SyncTask, store_answer
from energo_cabinet.services.supplier.sync_due import begin_sync
from tests import cast as make

FLAT, NIGHT = "ЛС-061-01", ZonePeriod(zone="T2", start_minute=0, end_minute=420)
TARIFF = TariffData(
    code="2Z",
    name="Двухзонный",
    zones=(NIGHT, ZonePeriod(zone="T1", start_minute=420, end_minute=1440)),
    prices=(ZonePrice(zone="T1", valid_from=date(2026, 1, 1), price_rub_per_kwh="6.73"),),
)
POINT = PointData(number=FLAT, name="Квартира 42, ввод", tariff=TARIFF)
METER = MeterData(
    serial_number="41907352",
    model="Меркурий 204",
    installations=(Installation(point=FLAT, installed_on=date(2020, 12, 1)),),
)


def remote(session: Session, subject: Subject, supplier: Supplier, contract: Contract, ref: str = "c-1") -> None:
    """The supplier is behind the protocol from now on, and the contract has just been linked."""
    supplier.gateway, contract.supplier_ref = GatewayKind.HTTP, ref
    session.add_all([supplier, contract])
    begin_sync(session, subject, contract)


def take(
    session: Session, subject: Subject, contract: Contract, resource: str, *items: object, more: bool = False
) -> bool:
    """One answer of the supplier's, stored; a page after the other."""
    row = session.get_one(SyncCursor, (contract.id, resource))
    task = SyncTask(
        contract.supplier_id,
        contract.id,
        contract.supplier_ref,
        resource,
        row.cursor,
        row.etag,
        row.due_at or subject.at,
    )
    place = f"{len(row.cursor) + 1}".rjust(len(row.cursor) + 1, "x")
    whole = (items,) if items or resource in ("points", "meters") else ()
    answer = Answer(items, place, has_more=more) if resource in FEEDS else Answer(whole, etag=place)
    return store_answer(session, subject, task, answer)


def refused(session: Session) -> set[tuple[str, str, str]]:
    """(resource, row, reason) of what was turned down."""
    return {(row.resource, row.row, row.reason) for row in session.exec(select(SyncRefusal))}


def bill(number: str = "10/2026", amount: str = "100.00", **fields: object) -> BillData:
    """A bill for October with one line."""
    known = {"month": date(2026, 10, 1), "issued_on": date(2026, 11, 3), "lines": (line(amount),)} | fields
    return BillData(number=number, amount_rub=amount, **known)


def line(amount: str) -> BillLine:
    """A line of a bill."""
    return BillLine(title="Электроэнергия", amount_rub=amount)


def payment(number: str = "p1", amount: str = "50.00", **fields: object) -> PaymentData:
    """A payment in November."""
    return PaymentData(number=number, paid_on=date(2026, 11, 10), amount_rub=amount, **fields)


def reading(wh: int, days_ago: int = 1, point: str = FLAT) -> ReadingData:
    """A reading of the total register."""
    at = make.NOW - timedelta(days=days_ago)
    return ReadingData(point=point, channel="A+", zone="T0", read_at=at, register_wh=wh)


def profile_day(on: date, wh: int = 100, slots: int = 48, point: str = FLAT) -> ProfileDayData:
    """A day of half-hours."""
    return ProfileDayData(point=point, channel="A+", day=on, step_min=30, values_wh=(wh,) * slots)


def changes(*named: tuple[str, str], cursor: str = "c1", as_of: datetime = make.NOW) -> ChangePage:
    """A page of changes: (contract, resource)."""
    items = tuple(Change(contract=ref, resource=name) for ref, name in named)
    return ChangePage(items=items, next_cursor=cursor, has_more=False, data_as_of=as_of)

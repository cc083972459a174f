"""What the demo's people have been notified of: by suppliers, of a gap that closed, of verifications to come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session, select

from energo_cabinet.auth.access import Subject
from energo_cabinet.demo.places import ANNA, BORIS, FLAT
from energo_cabinet.models import Contract, MeteringPoint, Notification, NotificationKind, User
from energo_cabinet.services.reminders.debt import remind_of_debt
from energo_cabinet.services.reminders.meter import remind_of_verification


@dataclass(frozen=True)
class Told:
    """A supplier's notification; `{day}` in the text is `in_days` after it was told."""

    email: str
    contract: str
    days_ago: int
    kind: NotificationKind
    title: str
    text: str
    in_days: int = 0
    is_read: bool = False


TOLD = (
    Told(
        ANNA, "7638-294-061", 1, NotificationKind.PLANNED_WORKS, "Уведомление о плановых работах",
        "{day} с 10:00 до 14:00 отключат дом 18 по ул. Лесной: замена вводного кабеля.\n"
        "Лифты и насосы дома в это время не работают. Дежурный диспетчер: 8 800 555-00-61.", in_days=6,
    ),
    Told(
        ANNA, "7638-294-061", 13, NotificationKind.MESSAGE, "Изменение срока оплаты счетов",
        "Счёт за этот месяц нужно оплатить до {day}.", in_days=27, is_read=True,
    ),
    Told(
        ANNA, "1204-Ю", 27, NotificationKind.PLANNED_WORKS, "Уведомление о плановых работах",
        "{day} с 02:00 до 04:00 возможны кратковременные отключения ввода 2.", in_days=3, is_read=True,
    ),
    Told(
        BORIS, "1204-Ю", 27, NotificationKind.PLANNED_WORKS, "Уведомление о плановых работах",
        "{day} с 02:00 до 04:00 возможны кратковременные отключения ввода 2.", in_days=3, is_read=True,
    ),
)  # fmt: skip

GAP_DAYS_AGO, GAP_BEGINS = 9, time(10, 0)
"""The gap of the flat in values.FAULTS."""

DEBT_TOLD = timedelta(days=4)
"""Ago: of the newest overdue bill of the dacha."""


def load(session: Session, now: datetime) -> None:
    """Add them for the people and contracts of demo.data."""
    users = {user.email: user.id for user in session.exec(select(User))}
    contracts = {contract.number: contract.id for contract in session.exec(select(Contract))}
    for told in TOLD:
        session.add(_row(told, users[told.email], contracts[told.contract], now))
    session.add(_gap(session, users[ANNA], now))
    session.flush()
    remind_of_verification(session, Subject("system", now))
    remind_of_debt(session, Subject("system", now - DEBT_TOLD))


def _row(told: Told, user_id: int, contract_id: int, now: datetime) -> Notification:
    at = now - timedelta(days=told.days_ago)
    day = at + timedelta(days=told.in_days)
    return Notification(
        user_id=user_id,
        contract_id=contract_id,
        kind=told.kind,
        title=told.title,
        text=told.text.format(day=f"{day:%d.%m.%Y}"),
        created_at=at,
        read_at=at + timedelta(hours=2) if told.is_read else None,
    )


def _gap(session: Session, user_id: int, now: datetime) -> Notification:
    point = session.exec(select(MeteringPoint).where(MeteringPoint.number == FLAT.number)).one()
    zone = ZoneInfo(point.zone_name)
    day = now.astimezone(zone).date() - timedelta(days=GAP_DAYS_AGO)
    since = datetime.combine(day, GAP_BEGINS, zone)
    return Notification(
        user_id=user_id,
        contract_id=point.contract_id,
        point_id=point.id,
        kind=NotificationKind.DATA_MISSING,
        facts={"serial": FLAT.serial, "point": FLAT.name, "since": f"{since:%d.%m.%Y, %H:%M}"},
        created_at=since + timedelta(hours=6),
        read_at=since + timedelta(hours=9),
    )

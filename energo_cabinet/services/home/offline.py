"""What a phone keeps for the time without a network: the last of the home page, the points and their charts (F-21)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlmodel import Session

from energo_cabinet.auth.access import Subject, service
from energo_cabinet.domain.time.period import Period
from energo_cabinet.errors import PermissionDenied
from energo_cabinet.models import Channel
from energo_cabinet.services.bill.balance import contract_balance
from energo_cabinet.services.contract.contract import ContractCard, list_contracts
from energo_cabinet.services.energy.consumption import consumption
from energo_cabinet.services.energy.load_profile import load_profile
from energo_cabinet.services.notice.notification import list_notifications
from energo_cabinet.services.phone.device import is_phone
from energo_cabinet.services.point.point import PointCard, list_points
from energo_cabinet.services.reading.meter import MeterToRead, meters_to_read
from energo_cabinet.services.sign_in.account import current_user

MOST_POINTS, MOST_NOTICES = 12, 5


@dataclass(frozen=True, slots=True)
class KeptContract:
    """A contract on the home page; `balance_rub` below zero: to be paid; None where the supplier keeps no bills."""

    id: int
    title: str
    supplier: str
    number: str
    balance_rub: Decimal | None


@dataclass(frozen=True, slots=True)
class KeptDay:
    """A day of the month shown; None: nothing known."""

    day: date
    kwh: Decimal | None


@dataclass(frozen=True, slots=True)
class KeptRegister:
    """A register, kWh."""

    zone: str
    value_kwh: Decimal | None


@dataclass(frozen=True, slots=True)
class KeptPoint:
    """A point with its charts: days of its newest month, half-hours of its newest day."""

    id: int
    contract_id: int | None
    name: str
    number: str
    meter: str
    readings: tuple[KeptRegister, ...]
    read_at: datetime | None
    days: tuple[KeptDay, ...]
    profile_on: date | None
    profile_start: datetime | None
    step_min: int
    kwh: tuple[float | None, ...]
    is_due: bool
    due_on: date | None


@dataclass(frozen=True, slots=True)
class KeptNotice:
    """A notification; "" where its kind says it all."""

    title: str
    text: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All of it, as of `at`."""

    user_id: int
    name: str
    at: datetime
    contracts: tuple[KeptContract, ...]
    points: tuple[KeptPoint, ...]
    notices: tuple[KeptNotice, ...]


@service("customer", "home.offline_snapshot")
def snapshot(session: Session, subject: Subject) -> Snapshot:
    """What this phone may keep. PermissionDenied("not_a_phone"): other browsers keep nothing."""
    if not is_phone(session, subject):
        raise PermissionDenied("not_a_phone")
    user = current_user(session, subject)
    due = {meter.point_id: meter for meter in meters_to_read(session, subject)}
    cards = list_points(session, subject)[:MOST_POINTS]
    notices = list_notifications(session, subject, limit=MOST_NOTICES).items
    return Snapshot(
        user_id=user.id,
        name=user.full_name,
        at=subject.at,
        contracts=tuple(_contract(session, subject, card) for card in list_contracts(session, subject)),
        points=tuple(_point(session, subject, card, due.get(card.id)) for card in cards),
        notices=tuple(KeptNotice(item.title, item.text, item.created_at) for item in notices if item.title),
    )


def _contract(session: Session, subject: Subject, card: ContractCard) -> KeptContract:
    balance = contract_balance(session, subject, card.contract_id)
    amount = balance.amount_rub if balance else None
    return KeptContract(card.contract_id, card.title, card.supplier_name, card.number, amount)


def _point(session: Session, subject: Subject, card: PointCard, meter: MeterToRead | None) -> KeptPoint:
    last = card.last_interval_on or (card.last_read_at.date() if card.last_read_at else None)
    buckets = consumption(session, subject, card.id, "days", Period(last.replace(day=1), last)).buckets if last else ()
    newest = card.last_interval_on if Channel.A_PLUS in card.channels else None
    profile = load_profile(session, subject, card.id, Period(newest, newest)) if newest else None
    zones = meter.zones if meter else ()
    shown = tuple(KeptRegister(z.zone, z.last_kwh) for z in zones)
    return KeptPoint(
        id=card.id,
        contract_id=card.contract_id,
        name=card.name,
        number=card.number,
        meter=f"{card.meter_model} {card.serial_number}".strip(),
        readings=shown or tuple(KeptRegister(r.zone, r.value_kwh) for r in card.last_readings),
        read_at=card.last_read_at,
        days=tuple(KeptDay(bucket.first, bucket.total_kwh) for bucket in buckets),
        profile_on=newest,
        profile_start=profile.start if profile else None,
        step_min=profile.step_min if profile else 0,
        kwh=profile.kwh if profile else (),
        is_due=bool(meter and meter.is_due),
        due_on=meter.window.last if meter and meter.is_due else None,
    )

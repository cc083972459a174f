"""«Главная»: everything the first page says about a contract, read at once (Н-37…Н-48)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from energo_cabinet.auth.access import Subject, service, visible_contract
from energo_cabinet.domain.energy.month_so_far import MonthSoFar
from energo_cabinet.domain.time.local_day import local_day
from energo_cabinet.models import ConsumerClass, Contract, ContractLink, Supplier
from energo_cabinet.services.bill.balance import ContractBalance, contract_balance
from energo_cabinet.services.energy.month_so_far import month_answer
from energo_cabinet.services.notice.notification import NotificationItem, list_notifications
from energo_cabinet.services.point.point import PointCard, list_points
from energo_cabinet.services.reading.meter import MeterToRead, meter_to_read
from energo_cabinet.services.ticket.thread import TicketCard, latest_tickets
from energo_cabinet.settings import get_settings

METERS_SHOWN = 6
LATEST = 4
"""Notifications and tickets shown."""


@dataclass(frozen=True, slots=True)
class ContractInfo:
    """The contract in view and how to reach its supplier (Н-42); "" for what nobody told."""

    title: str
    number: str
    customer_name: str
    address: str
    consumer_class: ConsumerClass
    supplier_name: str
    supplier_email: str
    supplier_phone: str
    supplier_website: str
    supplier_address: str


@dataclass(frozen=True, slots=True)
class Overview:
    """What the page shows; `contract` None for somebody without contracts, `today` is the supplier's day.

    `to_read`: point → its meter, for the first points whose meters do not report by themselves.
    """

    today: date
    contract: ContractInfo | None
    month: MonthSoFar | None
    points: tuple[PointCard, ...]
    notifications: tuple[NotificationItem, ...]
    balance: ContractBalance | None = None
    tickets: tuple[TicketCard, ...] = ()
    to_read: Mapping[int, MeterToRead] = field(default_factory=dict)


@service("customer", "home.overview")
def overview(session: Session, subject: Subject, contract_id: int | None = None) -> Overview:
    """The caller's contract at a glance. NotFound: not the caller's."""
    latest = list_notifications(session, subject, limit=LATEST).items
    if contract_id is None:
        return Overview(local_day(subject.at, get_settings().default_zone), None, None, (), latest)
    contract = visible_contract(session, subject, contract_id)
    supplier = session.get_one(Supplier, contract.supplier_id)
    points = tuple(list_points(session, subject, contract_id))
    return Overview(
        today=local_day(subject.at, supplier.zone_name),
        contract=_info(session, subject, contract, supplier),
        month=month_answer(session, subject, contract_id),
        points=points,
        notifications=latest,
        balance=contract_balance(session, subject, contract_id),
        tickets=tuple(latest_tickets(session, subject, contract_id)) if subject.user_id is not None else (),
        to_read=_to_read(session, subject, points[:METERS_SHOWN]),
    )


def _to_read(session: Session, subject: Subject, points: Sequence[PointCard]) -> dict[int, MeterToRead]:
    plain = [point.id for point in points if point.serial_number and not point.is_smart]
    found = {key: meter_to_read(session, subject, key) for key in plain}
    return {key: meter for key, meter in found.items() if meter is not None}


def _info(session: Session, subject: Subject, contract: Contract, supplier: Supplier) -> ContractInfo:
    title = session.scalar(_TITLE, {"user": subject.user_id, "contract": contract.id})
    return ContractInfo(
        title=title or contract.number,
        number=contract.number,
        customer_name=contract.customer_name,
        address=contract.address,
        consumer_class=contract.consumer_class,
        supplier_name=supplier.name,
        supplier_email=supplier.email,
        supplier_phone=supplier.phone,
        supplier_website=supplier.website,
        supplier_address=supplier.address,
    )


_TITLE = select(ContractLink.title).where(
    ContractLink.user_id == bindparam("user"),
    ContractLink.contract_id == bindparam("contract"),
    col(ContractLink.unlinked_at).is_(None),
)

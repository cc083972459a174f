"""Broadcasts as the staff read them: the history, one of them with its numbers, and what its reader will see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, func, select

from energo_cabinet.auth.access import Subject, service
from energo_cabinet.auth.audit import audit_note
from energo_cabinet.auth.supplier_access import of_supplier, own_supplier
from energo_cabinet.domain.broadcast.words import field_moment
from energo_cabinet.domain.time.local_day import local_day
from energo_cabinet.models import (
    Broadcast,
    BroadcastStatus,
    Contract,
    ContractLink,
    NotificationKind,
    OutboxLetter,
    Supplier,
)
from energo_cabinet.services.broadcast.broadcast import own_broadcast
from energo_cabinet.services.broadcast.delivery import selection_of
from energo_cabinet.services.broadcast.form import unfinished
from energo_cabinet.services.broadcast.selection import Audience, Selection, count_audience, matching
from energo_cabinet.services.broadcast.words import Reader, Writer

PAGE, LONGEST_PAGE = 20, 200


@dataclass(frozen=True, slots=True)
class BroadcastCard:
    """A line of the history; moments are local to the supplier and aware. `zone_name`: where that is.

    `told`: dealt with so far, of `queued`; in the cabinet, by letter, neither (their choice), not possible.
    """

    id: int
    status: BroadcastStatus
    kind: NotificationKind
    title: str
    author: str
    selection: Selection
    zone_name: str
    created_at: datetime
    send_at: datetime | None
    finished_at: datetime | None
    queued: int
    told: int
    in_cabinet: int
    by_email: int
    switched_off: int
    failed: int


@dataclass(frozen=True, slots=True)
class BroadcastPage:
    """A page, newest first; `next` goes on after it, None at the end."""

    items: tuple[BroadcastCard, ...]
    next: int | None


@dataclass(frozen=True, slots=True)
class BroadcastReport:
    """One broadcast; `values`: its form as it was typed. `audience`: whom it would reach now, while it has not left.

    `letters_sent`: handed to the mail server; `lacks`: field → code of what a draft needs before it may leave.
    """

    card: BroadcastCard
    values: Mapping[str, str]
    audience: Audience | None
    letters_sent: int
    lacks: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Preview:
    """What one of its readers will read; `number` "" when it is for nobody yet. `letter_text` ends with the link."""

    number: str
    title: str
    text: str
    works: tuple[datetime, datetime, str] | None
    at: datetime
    supplier_name: str
    letter_subject: str
    letter_text: str


@service("staff:notices", "broadcast.list", audited=False)
def list_broadcasts(
    session: Session,
    subject: Subject,
    show: str = "",
    before_broadcast_id: int | None = None,
    limit: int = PAGE,
) -> BroadcastPage:
    """A page of the supplier's broadcasts after that one; `show`: of one status, all for anything unknown."""
    size = min(max(limit, 1), LONGEST_PAGE)
    query = select(Broadcast, Supplier.zone_name).join(Supplier).where(of_supplier(subject, Broadcast.supplier_id))
    if before_broadcast_id is not None:
        query = query.where(col(Broadcast.id) < own_broadcast(session, subject, before_broadcast_id).id)
    if show in set(BroadcastStatus):
        query = query.where(Broadcast.status == show)
    found = session.exec(query.order_by(col(Broadcast.id).desc()).limit(size + 1)).all()
    cards = tuple(_card(row, zone) for row, zone in found)
    return BroadcastPage(cards[:size], cards[size - 1].id if len(cards) > size else None)


@service("staff:notices", "broadcast.report", audited=False)
def broadcast_report(session: Session, subject: Subject, broadcast_id: int) -> BroadcastReport:
    """One broadcast with its numbers."""
    row = own_broadcast(session, subject, broadcast_id)
    zone = session.get_one(Supplier, row.supplier_id).zone_name
    waits = row.status in (BroadcastStatus.DRAFT, BroadcastStatus.SCHEDULED)
    today = local_day(subject.at, zone)
    sent = select(func.count()).where(OutboxLetter.broadcast_id == row.id, col(OutboxLetter.sent_at).is_not(None))
    return BroadcastReport(
        _card(row, zone),
        _values(row, zone),
        count_audience(session, row.supplier_id, selection_of(row), today) if waits else None,
        session.exec(sent).one(),
        unfinished(row, subject.at) if row.status == BroadcastStatus.DRAFT else {},
    )


@service("staff:notices", "broadcast.preview")
def broadcast_preview(session: Session, subject: Subject, broadcast_id: int, language: str = "ru") -> Preview:
    """What the first of those it would reach will read; the journal says whose data were looked at."""
    row = own_broadcast(session, subject, broadcast_id)
    supplier = own_supplier(session, subject, row.supplier_id)
    people = matching(row.supplier_id, selection_of(row), local_day(subject.at, supplier.zone_name)).subquery()
    first = (
        select(Contract)
        .join(ContractLink, col(ContractLink.contract_id) == Contract.id)
        .where(col(ContractLink.id).in_(select(people.c.link_id).order_by(people.c.user_id).limit(1)))
    )
    contract = session.exec(first).first()
    reader = Reader(0, "", "", language)
    if contract is not None:
        audit_note(session, contract_id=contract.id)
        reader = Reader(contract.id, contract.number, contract.customer_name, language)
    words = Writer(session, subject, row, [reader.contract_id]).words(reader)
    letter, zone = words.letter(""), ZoneInfo(supplier.zone_name)
    works = (row.works_start, row.works_end) if row.works_start and row.works_end else None
    return Preview(
        reader.number,
        words.title,
        words.text,
        (works[0].astimezone(zone), works[1].astimezone(zone), row.works_address) if works else None,
        (row.send_at or subject.at).astimezone(zone),
        supplier.name,
        letter["subject"],
        letter["text"],
    )


def _card(row: Broadcast, zone_name: str) -> BroadcastCard:
    zone = ZoneInfo(zone_name)
    same = ("status", "kind", "title", "author", "queued", "in_cabinet", "by_email", "switched_off", "failed")
    return BroadcastCard(
        id=row.id,
        **{name: getattr(row, name) for name in same},
        selection=selection_of(row),
        zone_name=zone_name,
        created_at=row.created_at.astimezone(zone),
        send_at=row.send_at.astimezone(zone) if row.send_at else None,
        finished_at=row.finished_at.astimezone(zone) if row.finished_at else None,
        told=row.handled,
    )


def _values(row: Broadcast, zone_name: str) -> dict[str, str]:
    same = ("kind", "title", "text", "title_en", "text_en", "works_address", "locality", "address_part", "feeder")
    moments = {name: field_moment(getattr(row, name), zone_name) for name in ("works_start", "works_end")}
    chosen = {"consumer_class": row.consumer_class or "", "debt_from": _plain(row.debt_from_rub)}
    return {name: str(getattr(row, name)) for name in same} | moments | chosen


def _plain(amount: Decimal | None) -> str:
    """«1000» or «1000,5»: PostgreSQL gives six decimals."""
    if amount is None:
        return ""
    shown = f"{amount:f}"
    return shown.rstrip("0").rstrip(".").replace(".", ",") if "." in shown else shown

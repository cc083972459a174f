"""Tickets as their author sees them: list, the newest ones, the thread (Н-143…Н-147). Colleagues on the same contract
see their own tickets only: a ticket carries a person's phone, address and words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam
from sqlmodel import Session, col, func, select
from sqlmodel.sql.expression import SelectOfScalar

from energo_cabinet.auth.access import Subject, service, visible_contract, visible_contracts
from energo_cabinet.domain.typed import is_id
from energo_cabinet.errors import NotFound
from energo_cabinet.models import (
    Contract,
    MeteringPoint,
    Supplier,
    Ticket,
    TicketAuthor,
    TicketCategory,
    TicketMessage,
    TicketStatus,
    User,
)
from energo_cabinet.services.supplier.delivery_state import waiting_tickets
from energo_cabinet.services.ticket.lines import Merged, TicketLine, lines_of
from energo_cabinet.settings import get_settings

TOPIC = "tickets"
"""Of the live events that say: a user's tickets have changed."""

PAGE, LONGEST_PAGE = 20, 200


@dataclass(frozen=True, slots=True)
class TicketCard:
    """A ticket in a list. `answer`: the supplier's newest words; `created_at` is local to the supplier and aware.

    `is_waiting`: something of it has not reached the supplier yet.
    """

    id: int
    number: int
    theme: str
    status: TicketStatus
    created_at: datetime
    is_unread: bool
    answer: str = ""
    answer_due_on: date | None = None
    is_overdue: bool = False
    is_waiting: bool = False


@dataclass(frozen=True, slots=True)
class TicketPage:
    """A page, newest first; `next` goes on after it as `before_number`, None at the end. `supplier_email`: Э-73."""

    items: tuple[TicketCard, ...]
    next: int | None
    supplier_email: str = ""


@dataclass(frozen=True, slots=True)
class TicketThread:
    """A ticket with everything said in it, oldest first; `supplier_email`: where one may write as well (Э-73)."""

    card: TicketCard
    category: TicketCategory
    email: str
    phone: str
    contract_id: int
    contract_number: str
    supplier_name: str
    supplier_email: str
    point_name: str
    rating: int | None
    rating_note: str
    reply_key: str
    lines: tuple[TicketLine, ...]
    merged_into: Merged | None = None


@service("customer", "ticket.latest")
def latest_tickets(session: Session, subject: Subject, contract_id: int, limit: int = 3) -> list[TicketCard]:
    """The caller's newest tickets about a contract (Н-143)."""
    contract = visible_contract(session, subject, contract_id)
    size = min(max(limit, 1), LONGEST_PAGE)
    found = session.scalars(_LATEST, {"contract": contract.id, "user": subject.user, "limit": size}).all()
    answers = _answers(session, [ticket.id for ticket in found])
    zone = zone_of(session, contract)
    return [_card(ticket, subject, zone, answers.get(ticket.id, "")) for ticket in found]


@service("customer", "ticket.list")
def list_tickets(
    session: Session,
    subject: Subject,
    contract_id: int,
    status: str = "",
    text: str = "",
    before_number: int | None = None,
    limit: int = PAGE,
) -> TicketPage:
    """A page of the caller's tickets about a contract; an unknown `status` means any, `text` is looked for in all."""
    contract = visible_contract(session, subject, contract_id)
    size = min(max(limit, 1), LONGEST_PAGE)
    query = own_tickets(subject).where(Ticket.contract_id == contract.id)
    if status in set(TicketStatus):
        query = query.where(Ticket.status == TicketStatus(status))
    for word in text.casefold().split()[:8]:
        query = query.where(col(Ticket.searched).contains(word, autoescape=True))
    if is_id(before_number):
        query = query.where(col(Ticket.number) < before_number)
    found = session.exec(query.order_by(col(Ticket.number).desc()).limit(size + 1)).all()
    answers = _answers(session, [ticket.id for ticket in found])
    zone = zone_of(session, contract)
    supplier = session.get_one(Supplier, contract.supplier_id)
    waiting = waiting_tickets(session, contract_id, [ticket.id for ticket in found])
    cards = tuple(
        replace(_card(ticket, subject, zone, answers.get(ticket.id, "")), is_waiting=ticket.id in waiting)
        for ticket in found
    )
    return TicketPage(cards[:size], cards[size - 1].number if len(cards) > size else None, address_of(supplier))


@service("customer", "ticket.thread")
def ticket_thread(session: Session, subject: Subject, ticket_id: int) -> TicketThread:
    """One ticket with its thread; reading does not mark it read (`services.ticket.ticket.see`)."""
    return thread_of(session, subject, own_ticket(session, subject, ticket_id))


def own_tickets(subject: Subject) -> SelectOfScalar[Ticket]:
    """The caller's tickets about contracts that are still in the cabinet."""
    contracts = visible_contracts(subject).with_only_columns(col(Contract.id))
    query = select(Ticket).where(col(Ticket.contract_id).in_(contracts))
    return query if subject.kind == "system" else query.where(Ticket.user_id == subject.user)


def own_ticket(session: Session, subject: Subject, ticket_id: int) -> Ticket:
    """One of them, or NotFound."""
    ticket = session.exec(own_tickets(subject).where(Ticket.id == ticket_id)).first()
    if ticket is None:
        raise NotFound
    return ticket


def zone_of(session: Session, contract: Contract) -> ZoneInfo:
    """The time zone in which a contract's supplier lives."""
    supplier = session.get_one(Supplier, contract.supplier_id)
    return ZoneInfo(supplier.zone_name or get_settings().default_zone)


def address_of(supplier: Supplier) -> str:
    """Where one may write instead (Э-73)."""
    return supplier.email or get_settings().support_email


def thread_of(session: Session, subject: Subject, ticket: Ticket) -> TicketThread:
    """The ticket as its author sees it; the caller has been let in already."""
    contract = session.get_one(Contract, ticket.contract_id)
    supplier = session.get_one(Supplier, contract.supplier_id)
    point = session.get(MeteringPoint, ticket.point_id) if ticket.point_id else None
    zone, name = zone_of(session, contract), session.get_one(User, ticket.user_id).full_name
    merged = session.get(Ticket, ticket.merged_into_id) if ticket.merged_into_id else None
    return TicketThread(
        card=_card(ticket, subject, zone, ""),
        category=ticket.category,
        email=ticket.email,
        phone=ticket.phone,
        contract_id=ticket.contract_id,
        contract_number=contract.number,
        supplier_name=supplier.name,
        supplier_email=address_of(supplier),
        point_name=point.name if point else "",
        rating=ticket.rating,
        rating_note=ticket.rating_note,
        reply_key=f"{ticket.id}-{_sent(session, ticket)}",
        lines=lines_of(session, ticket, zone, name, supplier.name),
        merged_into=Merged(merged.id, merged.number) if merged else None,
    )


def _card(ticket: Ticket, subject: Subject, zone: ZoneInfo, answer: str) -> TicketCard:
    due = ticket.answer_due_on
    return TicketCard(
        id=ticket.id,
        number=ticket.number,
        theme=ticket.theme,
        status=ticket.status,
        created_at=ticket.created_at.astimezone(zone),
        is_unread=ticket.is_unread,
        answer=answer,
        answer_due_on=due,
        is_overdue=due is not None and due < subject.at.astimezone(zone).date(),
    )


def _sent(session: Session, ticket: Ticket) -> int:
    mine = (TicketMessage.ticket_id == ticket.id, TicketMessage.author == TicketAuthor.CUSTOMER)
    return session.exec(select(func.count()).select_from(TicketMessage).where(*mine)).one()


def _answers(session: Session, ticket_ids: list[int]) -> dict[int, str]:
    """Ticket id → the supplier's newest words."""
    return {row[0]: row[1] for row in session.execute(_ANSWERS, {"ids": ticket_ids})} if ticket_ids else {}


# Built once: «Главная» asks at every visit.
_LATEST = (
    select(Ticket)
    .where(Ticket.contract_id == bindparam("contract"), Ticket.user_id == bindparam("user"))
    .order_by(col(Ticket.number).desc())
    .limit(bindparam("limit"))  # type: ignore[arg-type]
)
_ANSWERS = (
    select(TicketMessage.ticket_id, TicketMessage.text)
    .where(
        col(TicketMessage.ticket_id).in_(bindparam("ids", expanding=True)),
        TicketMessage.author == TicketAuthor.SUPPLIER,
        TicketMessage.text != "",
    )
    .order_by(col(TicketMessage.id))
)

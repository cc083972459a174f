"""A ticket as the supplier's staff see it: the thread with internal notes, the customer, prepared answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, func, select

from energo_cabinet.auth.access import Subject, service
from energo_cabinet.auth.supplier_access import visible_supplier_ticket
from energo_cabinet.domain.desk.answer_fields import address_words, filled
from energo_cabinet.domain.time.working_days import working_days_between
from energo_cabinet.models import (
    AnswerTemplate,
    GatewayKind,
    NoteKind,
    Supplier,
    Ticket,
    TicketCategory,
    TicketDraft,
    TicketMessage,
    TicketNote,
    TicketStatus,
    User,
)
from energo_cabinet.services.desk.colleagues import Colleague, colleagues_of
from energo_cabinet.services.desk.customer import DeskCustomer, customer_of
from energo_cabinet.services.desk.presence import present_now
from energo_cabinet.services.ticket.lines import Merged, TicketLine, lines_of
from energo_cabinet.services.ticket.term import own_days
from energo_cabinet.settings import get_settings


@dataclass(frozen=True, slots=True)
class DeskNote:
    """An internal line; `facts` say who has it now or where it went."""

    id: int
    kind: NoteKind
    by: str
    text: str
    facts: dict[str, str]
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Prepared:
    """A prepared answer with everything filled in that is known of the ticket."""

    id: int
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class OtherTicket:
    """Another ticket of the same person about the same contract."""

    id: int
    number: int
    theme: str
    status: TicketStatus


@dataclass(frozen=True, slots=True)
class DeskClock:
    """The deadline in working days of the supplier: left (negative when over) and given; None without one."""

    due_on: date | None = None
    days_left: int | None = None
    days_given: int = 0


@dataclass(frozen=True, slots=True)
class DeskThread:
    """Everything the person at the desk needs. `version` goes back with every change; `is_foreign`: the supplier
    answers in a system of its own, nothing can be written here."""

    id: int
    number: int
    theme: str
    category: TicketCategory
    status: TicketStatus
    version: int
    created_at: datetime
    clock: DeskClock
    assignee_id: int | None
    assignee: str
    is_mine: bool
    customer: DeskCustomer
    rating: int | None
    rating_note: str
    merged_into: Merged | None
    is_foreign: bool
    draft: str
    draft_key: str
    lines: tuple[TicketLine, ...]
    notes: tuple[DeskNote, ...]
    prepared: tuple[Prepared, ...]
    others: tuple[OtherTicket, ...]
    colleagues: tuple[Colleague, ...]
    present: tuple[str, ...]


@service("staff:desk", "desk.thread")
def desk_ticket(session: Session, subject: Subject, ticket_id: int) -> DeskThread:
    """A ticket is opened: whose data were read is in the audit journal."""
    return desk_thread_of(session, subject, visible_supplier_ticket(session, subject, ticket_id))


@service("staff:desk", "desk.thread_again", audited=False)
def desk_ticket_again(session: Session, subject: Subject, ticket_id: int) -> DeskThread:
    """The ticket that is open already, after it has changed."""
    return desk_thread_of(session, subject, visible_supplier_ticket(session, subject, ticket_id))


def desk_thread_of(session: Session, subject: Subject, ticket: Ticket) -> DeskThread:
    """The whole view; the caller has been let in already."""
    supplier = session.get_one(Supplier, ticket.supplier_id)
    zone = ZoneInfo(supplier.zone_name or get_settings().default_zone)
    customer = customer_of(session, subject, ticket, zone)
    operator = session.get(User, ticket.assignee_id) if ticket.assignee_id else None
    merged = session.get(Ticket, ticket.merged_into_id) if ticket.merged_into_id else None
    return DeskThread(
        id=ticket.id,
        number=ticket.number,
        theme=ticket.theme,
        category=ticket.category,
        status=ticket.status,
        version=ticket.version,
        created_at=ticket.created_at.astimezone(zone),
        clock=_clock(session, subject, ticket, zone),
        assignee_id=ticket.assignee_id,
        assignee=operator.full_name if operator else "",
        is_mine=ticket.assignee_id is not None and ticket.assignee_id == subject.user_id,
        customer=customer,
        rating=ticket.rating,
        rating_note=ticket.rating_note,
        merged_into=Merged(merged.id, merged.number) if merged else None,
        is_foreign=supplier.gateway != GatewayKind.LOCAL,
        **_typed(session, subject, ticket),
        lines=lines_of(session, ticket, zone, customer.name, supplier.name),
        notes=_notes(session, ticket, zone),
        prepared=_prepared(session, ticket, _facts(subject, ticket, customer, supplier, zone)),
        others=_others(session, ticket),
        colleagues=colleagues_of(session, ticket.supplier_id),
        present=tuple(present_now(session, subject, ticket.id)),
    )


def _clock(session: Session, subject: Subject, ticket: Ticket, zone: ZoneInfo) -> DeskClock:
    due, asked = ticket.answer_due_on, ticket.asked_on
    if due is None:
        return DeskClock()
    own, today = own_days(session, ticket.supplier_id), subject.at.astimezone(zone).date()
    given = working_days_between(asked, due, own) if asked else 0
    return DeskClock(due, working_days_between(today, due, own), given)


def _facts(
    subject: Subject, ticket: Ticket, customer: DeskCustomer, supplier: Supplier, zone: ZoneInfo
) -> dict[str, str]:
    """What fills the fields of prepared answers."""
    due = ticket.answer_due_on
    return {
        "name": address_words(customer.name),
        "number": str(ticket.number),
        "theme": ticket.theme,
        "contract": customer.contract,
        "address": customer.address,
        "point": customer.point,
        "meter": customer.meter,
        "due": f"{due:%d.%m.%Y}" if due else "",
        "today": f"{subject.at.astimezone(zone):%d.%m.%Y}",
        "operator": "" if subject.staff is None else address_words(subject.staff.name),
        "supplier": supplier.name,
    }


def place_of_answer(ticket_id: int) -> str:
    """Where a draft of an answer lies."""
    return f"answer-{ticket_id}"


def draft_key_of(session: Session, subject: Subject, ticket: Ticket) -> str:
    """Another one after every answer of the caller's."""
    name = "" if subject.staff is None else address_words(subject.staff.name)
    mine = (TicketMessage.ticket_id == ticket.id, TicketMessage.signature == name, TicketMessage.text != "")
    return f"{ticket.id}-{session.exec(select(func.count()).select_from(TicketMessage).where(*mine)).one()}"


def _typed(session: Session, subject: Subject, ticket: Ticket) -> dict[str, str]:
    kept = session.get(TicketDraft, (subject.user_id or 0, place_of_answer(ticket.id)))
    return {"draft": kept.fields.get("text", "") if kept else "", "draft_key": draft_key_of(session, subject, ticket)}


def _notes(session: Session, ticket: Ticket, zone: ZoneInfo) -> tuple[DeskNote, ...]:
    query = select(TicketNote).where(TicketNote.ticket_id == ticket.id).order_by(col(TicketNote.id))
    return tuple(
        DeskNote(row.id, row.kind, row.author, row.text, dict(row.facts), row.created_at.astimezone(zone))
        for row in session.exec(query)
    )


def _prepared(session: Session, ticket: Ticket, facts: dict[str, str]) -> tuple[Prepared, ...]:
    """Those of the ticket's category first, then the general ones."""
    query = select(AnswerTemplate).where(AnswerTemplate.supplier_id == ticket.supplier_id)
    rows = session.exec(query.order_by(col(AnswerTemplate.category).is_(None), col(AnswerTemplate.title))).all()
    fitting = [row for row in rows if row.category in (None, ticket.category)]
    return tuple(Prepared(row.id, row.title, filled(row.text, facts)) for row in fitting[:40])


def _others(session: Session, ticket: Ticket) -> tuple[OtherTicket, ...]:
    same = (Ticket.contract_id == ticket.contract_id, Ticket.user_id == ticket.user_id, Ticket.id != ticket.id)
    query = select(Ticket).where(*same, col(Ticket.merged_into_id).is_(None)).order_by(col(Ticket.number).desc())
    return tuple(OtherTicket(row.id, row.number, row.theme, row.status) for row in session.exec(query.limit(20)))

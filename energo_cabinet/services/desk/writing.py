"""What the supplier's staff do with a ticket. Every change carries the version that was seen: of two operators the
second is refused and shown what has changed, and nothing of either is lost."""

from __future__ import annotations

from collections.abc import Collection

from sqlmodel import Session, col, update

from energo_cabinet.auth.access import Subject, service
from energo_cabinet.auth.audit import audit_note
from energo_cabinet.auth.supplier_access import visible_supplier_ticket
from energo_cabinet.domain.desk.answer_fields import address_words, unfilled
from energo_cabinet.domain.form_text import paragraphs
from energo_cabinet.domain.ticket.flow import Step
from energo_cabinet.errors import CabinetError, Conflict
from energo_cabinet.models import (
    AttachmentPurpose,
    GatewayKind,
    NoteKind,
    Supplier,
    Ticket,
    TicketAuthor,
    TicketCategory,
    TicketNote,
    TicketStatus,
)
from energo_cabinet.services.attachment import attach
from energo_cabinet.services.desk.colleagues import colleagues_of
from energo_cabinet.services.desk.thread import DeskThread, desk_thread_of, place_of_answer
from energo_cabinet.services.ticket.draft import forget
from energo_cabinet.services.ticket.form import check_text, refuse
from energo_cabinet.services.ticket.lines import record_of
from energo_cabinet.services.ticket.term import due_on
from energo_cabinet.services.ticket.writing import (
    changed,
    expect_answer,
    move,
    say,
    say_answer,
    tell_desk,
    turn,
)


@service("staff:desk", "ticket.answer")
def answer(
    session: Session,
    subject: Subject,
    ticket_id: int,
    version: int,
    text: str,
    files: Collection[int] = (),
    then: str = "",
) -> DeskThread:
    """Answer the customer, who sees it at once. `then`: "ask" (he has to reply), "close", or nothing.

    InvalidInput: text (also with fields of a template left); Conflict(desk_changed), Conflict(ticket_closed).
    """
    check_text(text)
    left = unfilled(text)
    if left:
        raise CabinetError("desk_unfilled", "text", fields=", ".join(left))
    ticket = claimed(session, subject, ticket_id, version)
    if ticket.assignee_id is None:
        ticket.assignee_id = subject.user_id
    step: Step = "close" if then == "close" else "ask" if then == "ask" else "answer"
    line = say_answer(session, subject, ticket, step, text, _signature(subject))
    attach(session, subject, files, None, record_of(line.id), AttachmentPurpose.TICKET)
    forget(session, subject, place_of_answer(ticket.id))
    return desk_thread_of(session, subject, ticket)


@service("staff:desk", "ticket.set_status")
def set_status(session: Session, subject: Subject, ticket_id: int, version: int, status: str) -> DeskThread:
    """«В РАБОТЕ», «ОЖИДАЕТ ОТВЕТА», «ЗАКРЫТО» without another word. CabinetError(desk_status), Conflict."""
    steps: dict[str, Step] = {TicketStatus.AWAITING: "ask", TicketStatus.CLOSED: "close"}
    if status != TicketStatus.IN_WORK and status not in steps:
        raise CabinetError("desk_status", "status")
    ticket = claimed(session, subject, ticket_id, version)
    if status in steps:
        turn(session, subject, ticket, steps[status])
        return desk_thread_of(session, subject, ticket)
    into_work: dict[TicketStatus, Step] = {TicketStatus.NEW: "take", TicketStatus.CLOSED: "reopen"}
    becomes = move(ticket, into_work.get(ticket.status, "answer"))
    _not_merged(ticket)
    expect_answer(session, subject, ticket)
    say(session, subject, ticket, TicketAuthor.SUPPLIER, becomes=becomes)
    return desk_thread_of(session, subject, ticket)


@service("staff:desk", "ticket.take")
def take(session: Session, subject: Subject, ticket_id: int, version: int) -> DeskThread:
    """«Взять себе». Conflict(desk_changed); CabinetError(desk_assignee) for whoever answers no tickets here."""
    return assign(session, subject, ticket_id, version, subject.user)


@service("staff:desk", "ticket.assign")
def assign(
    session: Session, subject: Subject, ticket_id: int, version: int, assignee_id: int | None = None
) -> DeskThread:
    """Take a ticket, give it to a colleague, or release it (None). CabinetError(desk_assignee), Conflict."""
    ticket = claimed(session, subject, ticket_id, version)
    name = _named(session, ticket, assignee_id)
    ticket.assignee_id = assignee_id
    if assignee_id == subject.user_id and ticket.status == TicketStatus.NEW:
        turn(session, subject, ticket, "take")
    add_note(session, subject, ticket, NoteKind.ASSIGN, facts={"to": name})
    changed(session, subject, ticket)
    return desk_thread_of(session, subject, ticket)


@service("staff:desk", "ticket.note")
def note(session: Session, subject: Subject, ticket_id: int, text: str) -> DeskThread:
    """A word to the colleagues; the customer never sees it. InvalidInput: text."""
    check_text(text)
    ticket = visible_supplier_ticket(session, subject, ticket_id)
    add_note(session, subject, ticket, NoteKind.NOTE, paragraphs(text))
    tell_desk(session, subject, ticket)
    return desk_thread_of(session, subject, ticket)


@service("staff:desk", "ticket.transfer")
def transfer(
    session: Session,
    subject: Subject,
    ticket_id: int,
    version: int,
    category: str,
    text: str,
    assignee_id: int | None = None,
) -> DeskThread:
    """Hand a ticket on: another category (its own term counts from the first day), another colleague, and why.

    InvalidInput: category, text; CabinetError(desk_assignee), Conflict.
    """
    check_text(text)
    refuse({"category": "" if category in set(TicketCategory) else "ticket_category"})
    ticket = claimed(session, subject, ticket_id, version)
    name = _named(session, ticket, assignee_id)
    ticket.category, ticket.assignee_id = TicketCategory(category), assignee_id
    if ticket.answer_due_on is not None and ticket.asked_on is not None:
        ticket.answer_due_on = due_on(session, ticket.supplier_id, ticket.category, ticket.asked_on)
    session.add(ticket)
    add_note(session, subject, ticket, NoteKind.TRANSFER, paragraphs(text), {"to": name, "category": category})
    changed(session, subject, ticket)
    return desk_thread_of(session, subject, ticket)


@service("staff:desk", "ticket.merge")
def merge(session: Session, subject: Subject, ticket_id: int, version: int, into_id: int) -> DeskThread:
    """Close a duplicate in favour of another ticket of the same person about the same contract; the other's view.

    CabinetError(desk_merge), Conflict(desk_changed), Conflict(ticket_closed).
    """
    ticket, into = claimed(session, subject, ticket_id, version), visible_supplier_ticket(session, subject, into_id)
    same = (ticket.user_id, ticket.contract_id) == (into.user_id, into.contract_id)
    if not same or ticket.id == into.id or into.merged_into_id is not None:
        raise CabinetError("desk_merge", "into")
    if into.status == TicketStatus.CLOSED:
        raise CabinetError("desk_merge_closed", "into")
    becomes = move(ticket, "close")
    session.exec(update(Ticket).where(col(Ticket.merged_into_id) == ticket.id).values(merged_into_id=into.id))
    due = min((day for day in (ticket.answer_due_on, into.answer_due_on) if day), default=None)
    into.asked_on, into.answer_due_on = (ticket.asked_on, due) if due != into.answer_due_on else (into.asked_on, due)
    ticket.merged_into_id, ticket.answer_due_on, ticket.asked_on = into.id, None, None
    say(session, subject, ticket, TicketAuthor.SUPPLIER, becomes=becomes, about_id=into.id)
    say(session, subject, into, TicketAuthor.SUPPLIER, about_id=ticket.id)
    return desk_thread_of(session, subject, into)


def claimed(session: Session, subject: Subject, ticket_id: int, version: int) -> Ticket:
    """The ticket, locked and counted on, if nobody has changed it since `version`; Conflict(desk_changed) otherwise."""
    ticket = visible_supplier_ticket(session, subject, ticket_id)
    if session.get_one(Supplier, ticket.supplier_id).gateway != GatewayKind.LOCAL:
        raise Conflict("desk_foreign")
    mine = update(Ticket).where(col(Ticket.id) == ticket.id, col(Ticket.version) == version)
    if session.exec(mine.values(version=col(Ticket.version) + 1)).rowcount != 1:
        raise Conflict("desk_changed")
    session.refresh(ticket)
    audit_note(session, status_before=ticket.status.value, assignee_before=ticket.assignee_id)
    return ticket


def add_note(
    session: Session,
    subject: Subject,
    ticket: Ticket,
    kind: NoteKind,
    text: str = "",
    facts: dict[str, str] | None = None,
) -> None:
    """A line that only the supplier's staff see."""
    row = TicketNote(
        ticket_id=ticket.id,
        author_id=subject.user_id,
        author="" if subject.staff is None else subject.staff.name,
        kind=kind,
        text=text,
        facts=facts or {},
        created_at=subject.at,
    )
    session.add(row)
    session.flush()


def _named(session: Session, ticket: Ticket, assignee_id: int | None) -> str:
    """The name of a colleague of this supplier; CabinetError(desk_assignee) for anybody else."""
    if assignee_id is None:
        return ""
    names = {one.id: one.name for one in colleagues_of(session, ticket.supplier_id)}
    if assignee_id not in names:
        raise CabinetError("desk_assignee", "assignee")
    return names[assignee_id]


def _not_merged(ticket: Ticket) -> None:
    if ticket.merged_into_id is not None:
        raise Conflict("ticket_merged")


def _signature(subject: Subject) -> str:
    return "" if subject.staff is None else address_words(subject.staff.name)

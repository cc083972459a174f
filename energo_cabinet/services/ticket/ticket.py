"""Обращения of the customer: open, reply, close, reopen, rate (Н-4, Н-138…Н-142, F-16)."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import text as sql
from sqlmodel import Session, col, select, update

from energo_cabinet.auth.access import Subject, service, visible_contract, visible_point
from energo_cabinet.domain.form_text import paragraphs, paragraphs_problem
from energo_cabinet.domain.phone_number import normal_phone
from energo_cabinet.domain.ticket.flow import Step
from energo_cabinet.errors import Conflict
from energo_cabinet.models import (
    AttachmentPurpose,
    Contract,
    LiveEvent,
    Notification,
    Ticket,
    TicketAuthor,
    TicketCategory,
    TicketMessage,
    TicketStatus,
)
from energo_cabinet.services.attachment import attach
from energo_cabinet.services.notice import notification
from energo_cabinet.services.ticket import draft
from energo_cabinet.services.ticket.delivery import send_line
from energo_cabinet.services.ticket.form import (
    LONGEST_NOTE,
    TicketForm,
    author_words,
    check_form,
    check_text,
    digest,
    refuse,
    take_limit,
)
from energo_cabinet.services.ticket.lines import TicketLine, record_of
from energo_cabinet.services.ticket.thread import (
    TicketCard,
    TicketPage,
    TicketThread,
    latest_tickets,
    list_tickets,
    own_ticket,
    thread_of,
    ticket_thread,
)
from energo_cabinet.services.ticket.writing import changed, expect_answer, move, say

__all__ = [
    "TicketCard",
    "TicketCategory",
    "TicketForm",
    "TicketLine",
    "TicketPage",
    "TicketStatus",
    "TicketThread",
    "latest_tickets",
    "list_tickets",
    "ticket_thread",
]

_LOCK = sql(
    "INSERT INTO ticket_counter (contract_id, newest) VALUES (:contract, 0) "
    "ON CONFLICT (contract_id) DO UPDATE SET newest = ticket_counter.newest"
)
_COUNT = sql("UPDATE ticket_counter SET newest = newest + 1 WHERE contract_id = :contract RETURNING newest")


@service("customer", "ticket.open")
def open_ticket(
    session: Session, subject: Subject, contract_id: int, form: TicketForm, point_id: int | None = None
) -> TicketThread:
    """«СОЗДАТЬ ОБРАЩЕНИЕ»: the ticket gets its contract's next number. The same form sent twice makes one.

    InvalidInput: category, theme, text, email, phone; TooManyAttempts.
    """
    contract = visible_contract(session, subject, contract_id)
    check_form(form)
    session.execute(_LOCK, {"contract": contract.id})  # of two clicks the second waits here for the first
    key = digest(form.key, form.category, form.theme, form.text) if form.key else ""
    before = _sent_before(session, subject, key)
    if before is not None:
        return thread_of(session, subject, before)
    take_limit(subject)
    is_drafted = form.key == draft.key_of_new(session, subject, contract_id)
    number = session.execute(_COUNT, {"contract": contract.id}).scalar_one()
    ticket = Ticket(
        supplier_id=contract.supplier_id,
        contract_id=contract.id,
        user_id=subject.user,
        point_id=_point_of(session, subject, contract, point_id),
        number=number,
        category=TicketCategory(form.category),
        theme=form.theme.strip(),
        email=form.email.strip(),
        phone=normal_phone(form.phone) or "",
        searched=f"{number} №{number} {form.theme.strip()}".casefold(),
        author=author_words(session, subject.user, contract),
        request_key=key or digest(str(contract.id), str(number)),
        created_at=subject.at,
    )
    expect_answer(session, subject, ticket)
    session.add(ticket)
    session.flush()
    line = say(session, subject, ticket, TicketAuthor.CUSTOMER, paragraphs(form.text))
    _hand_in(session, subject, ticket, line, form.attachment_ids)
    if is_drafted:
        draft.forget(session, subject, draft.place_of_new(ticket.contract_id))
    return thread_of(session, subject, ticket)


@service("customer", "ticket.reply")
def reply(
    session: Session, subject: Subject, ticket_id: int, text: str, key: str = "", files: Collection[int] = ()
) -> TicketThread:
    """Write into the thread; a ticket that waited for the customer goes on. `key`: `TicketThread.reply_key`.

    InvalidInput: text; Conflict(ticket_closed); TooManyAttempts.
    """
    return _add(session, subject, ticket_id, "reply", text, key, files)


@service("customer", "ticket.reopen")
def reopen(
    session: Session, subject: Subject, ticket_id: int, text: str, key: str = "", files: Collection[int] = ()
) -> TicketThread:
    """Open a closed ticket again, saying what is still amiss. InvalidInput: text; Conflict(ticket_moved)."""
    return _add(session, subject, ticket_id, "reopen", text, key, files)


@service("customer", "ticket.close")
def close(session: Session, subject: Subject, ticket_id: int) -> TicketThread:
    """«Закрыть обращение»: the question is settled. Conflict(ticket_closed)."""
    ticket = _locked(session, own_ticket(session, subject, ticket_id))
    becomes = move(ticket, "close")
    ticket.answer_due_on = None
    _hand_in(session, subject, ticket, say(session, subject, ticket, TicketAuthor.CUSTOMER, becomes=becomes))
    return thread_of(session, subject, ticket)


@service("customer", "ticket.rate")
def rate(session: Session, subject: Subject, ticket_id: int, rating: int, note: str = "") -> TicketThread:
    """Rate a closed ticket from 1 to 5, with a word if the customer likes. InvalidInput: rating, note."""
    ticket = own_ticket(session, subject, ticket_id)
    is_rating = type(rating) is int and 1 <= rating <= 5
    problem = paragraphs_problem(note, LONGEST_NOTE) if note else ""
    refuse({"rating": "" if is_rating else "ticket_rating", "note": "" if problem == "required" else problem})
    if ticket.status != TicketStatus.CLOSED or ticket.merged_into_id is not None:
        raise Conflict("ticket_not_closed")
    ticket.rating, ticket.rating_note = rating, paragraphs(note)
    session.add(ticket)
    changed(session, subject, ticket)
    return thread_of(session, subject, ticket)


@service("customer", "ticket.see")
def see(session: Session, subject: Subject, ticket_id: int) -> None:
    """The newest answer has been seen: the ticket and its notifications count as read, in every tab."""
    ticket = own_ticket(session, subject, ticket_id)
    if ticket.is_unread:
        ticket.is_unread = False
        session.add(ticket)
        changed(session, subject, ticket)
    told = update(Notification).where(
        col(Notification.user_id) == subject.user,
        col(Notification.once).like(f"ticket {ticket.id} %"),
        col(Notification.read_at).is_(None),
    )
    if session.exec(told.values(read_at=subject.at)).rowcount:
        session.add(LiveEvent(user_id=subject.user, topic=notification.TOPIC, created_at=subject.at))


def _add(
    session: Session, subject: Subject, ticket_id: int, step: Step, text: str, key: str, files: Collection[int]
) -> TicketThread:
    ticket = own_ticket(session, subject, ticket_id)
    check_text(text)
    _locked(session, ticket)
    done = digest(key, text) if key else None
    if done is not None and _is_said(session, ticket, done):
        return thread_of(session, subject, ticket)
    take_limit(subject)
    if ticket.merged_into_id is not None:
        raise Conflict("ticket_merged")
    becomes = move(ticket, step)
    if step == "reopen":
        ticket.rating, ticket.rating_note = None, ""
    expect_answer(session, subject, ticket)
    words = paragraphs(text)
    line = say(session, subject, ticket, TicketAuthor.CUSTOMER, words, becomes=becomes, request_key=done)
    _hand_in(session, subject, ticket, line, files)
    draft.forget(session, subject, draft.place_of_reply(ticket.id))
    return thread_of(session, subject, ticket)


def _point_of(session: Session, subject: Subject, contract: Contract, point_id: int | None) -> int | None:
    """A point of the contract the ticket is about; NotFound for one that is not the caller's."""
    point = visible_point(session, subject, point_id) if point_id is not None else None
    return point.id if point and point.contract_id == contract.id else None


def _sent_before(session: Session, subject: Subject, key: str) -> Ticket | None:
    known = select(Ticket).where(Ticket.user_id == subject.user, Ticket.request_key == key)
    return session.exec(known).first() if key else None


def _locked(session: Session, ticket: Ticket) -> Ticket:
    """Of two who write at once the second waits here for the first; who writes has read."""
    session.exec(update(Ticket).where(col(Ticket.id) == ticket.id).values(is_unread=False))
    session.refresh(ticket)
    return ticket


def _hand_in(
    session: Session, subject: Subject, ticket: Ticket, line: TicketMessage, files: Collection[int] = ()
) -> None:
    """The files belong to the line (without a contract only their sender sees them); the supplier gets both."""
    attach(session, subject, files, None, record_of(line.id), AttachmentPurpose.TICKET)
    send_line(session, subject, ticket, line)


def _is_said(session: Session, ticket: Ticket, key: str) -> bool:
    said = select(TicketMessage.id).where(TicketMessage.ticket_id == ticket.id, TicketMessage.request_key == key)
    return session.exec(said).first() is not None

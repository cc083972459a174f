"""Steps that several use cases of tickets share: a new line in the thread, the words to search in, the live event."""

from __future__ import annotations

from sqlmodel import Session, col

from energo_cabinet.auth.access import Subject
from energo_cabinet.domain.form_text import paragraphs
from energo_cabinet.domain.ticket.flow import Step, status_after
from energo_cabinet.errors import Conflict
from energo_cabinet.models import (
    Contract,
    LiveEvent,
    NotificationKind,
    Ticket,
    TicketAuthor,
    TicketMessage,
    TicketStatus,
)
from energo_cabinet.services.notice.sending import Message, readers_of, tell
from energo_cabinet.services.notice.staff_live import tell_staff
from energo_cabinet.services.ticket.term import due_on
from energo_cabinet.services.ticket.thread import TOPIC, zone_of

SHOWN_ANSWER = 300
"""So much of an answer stands in the notification."""
DESK = "desk"
"""Topic of the live events that say to the supplier's staff: a ticket has changed."""


def move(ticket: Ticket, step: Step) -> TicketStatus | None:
    """Take a step; the status when it changed. Conflict(ticket_closed or ticket_moved) where it cannot be taken."""
    after = status_after(ticket.status, step)
    if after is None:
        raise Conflict("ticket_closed" if ticket.status == TicketStatus.CLOSED else "ticket_moved")
    changed = after if after != ticket.status else None
    ticket.status = after
    return changed


def say(
    session: Session,
    subject: Subject,
    ticket: Ticket,
    author: TicketAuthor,
    text: str = "",
    *,
    becomes: TicketStatus | None = None,
    signature: str = "",
    request_key: str | None = None,
    about_id: int | None = None,
) -> TicketMessage:
    """Add a line to the thread and tell whoever has it open."""
    line = TicketMessage(
        ticket_id=ticket.id,
        author=author,
        signature=signature,
        text=text,
        becomes=becomes,
        request_key=request_key,
        about_id=about_id,
        created_at=subject.at,
    )
    ticket.searched = f"{ticket.searched} {text.casefold()}" if text else ticket.searched
    ticket.version = col(Ticket.version) + 1  # type: ignore[assignment]  # counted by the database: nobody's is lost
    session.add_all([line, ticket])
    changed(session, subject, ticket)
    session.flush()
    return line


def turn(session: Session, subject: Subject, ticket: Ticket, step: Step) -> None:
    """The supplier takes, asks or closes without another word. Conflict as `move`."""
    becomes = move(ticket, step)
    if step != "take":
        _settle(ticket)
    say(session, subject, ticket, TicketAuthor.SUPPLIER, becomes=becomes)


def say_answer(
    session: Session, subject: Subject, ticket: Ticket, step: Step, text: str, signature: str
) -> TicketMessage:
    """The supplier answers, and the author is told as he chose. Conflict as `move`."""
    becomes, words = move(ticket, step), paragraphs(text)
    _settle(ticket)
    line = say(session, subject, ticket, TicketAuthor.SUPPLIER, words, becomes=becomes, signature=signature)
    notify_author(session, subject, ticket, words, f"ticket {ticket.id} {line.id}")
    return line


def notify_author(session: Session, subject: Subject, ticket: Ticket, words: str, once: str) -> None:
    """Tell the author, unless the contract has left his cabinet."""
    author = [user for user in readers_of(session, ticket.contract_id) if user.id == ticket.user_id]
    shown = words if len(words) <= SHOWN_ANSWER else words[: SHOWN_ANSWER - 1].rstrip() + "…"
    facts = {"ticket": str(ticket.id), "number": str(ticket.number), "theme": ticket.theme, "answer": shown}
    kind = NotificationKind.TICKET_ANSWERED
    tell(session, subject, author, Message(kind, contract_id=ticket.contract_id, facts=facts, once=once))


def changed(session: Session, subject: Subject, ticket: Ticket) -> None:
    """Tell the open tabs of the ticket's author and of the supplier's staff, and nobody else's."""
    session.add(LiveEvent(user_id=ticket.user_id, topic=TOPIC, created_at=subject.at))
    tell_desk(session, subject, ticket)


def tell_desk(session: Session, subject: Subject, ticket: Ticket) -> None:
    """Tell the open tabs of the supplier's staff."""
    tell_staff(session, subject, ticket.supplier_id, "desk", DESK)


def expect_answer(session: Session, subject: Subject, ticket: Ticket) -> None:
    """From now on the supplier owes an answer; an earlier day stays."""
    if ticket.answer_due_on is None:
        contract = session.get_one(Contract, ticket.contract_id)
        ticket.asked_on = subject.at.astimezone(zone_of(session, contract)).date()
        ticket.answer_due_on = due_on(session, contract.supplier_id, ticket.category, ticket.asked_on)


def _settle(ticket: Ticket) -> None:
    """No answer is owed from now on, and the author has something new to see."""
    ticket.answer_due_on, ticket.asked_on, ticket.is_unread = None, None, True

"""Steps that several use cases of tickets share: a new line in the thread, the words to search in, the live event."""

from __future__ import annotations

from sqlmodel import Session

from energo_cabinet.auth.access import Subject
from energo_cabinet.domain.ticket_flow import Step, status_after
from energo_cabinet.domain.working_days import working_days_after
from energo_cabinet.errors import Conflict
from energo_cabinet.models import (
    Contract,
    LiveEvent,
    Ticket,
    TicketAuthor,
    TicketCategory,
    TicketMessage,
    TicketStatus,
)
from energo_cabinet.services.ticket_reading import TOPIC, zone_of
from energo_cabinet.settings import get_settings


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
) -> TicketMessage:
    """Add a line to the thread and tell the author's open tabs."""
    line = TicketMessage(
        ticket_id=ticket.id or 0,
        author=author,
        signature=signature,
        text=text,
        becomes=becomes,
        request_key=request_key,
        created_at=subject.at,
    )
    ticket.searched = f"{ticket.searched} {text.casefold()}" if text else ticket.searched
    session.add_all([line, ticket])
    changed(session, subject, ticket)
    session.flush()
    return line


def changed(session: Session, subject: Subject, ticket: Ticket) -> None:
    """Tell the open tabs of the ticket's author, and nobody else's."""
    session.add(LiveEvent(user_id=ticket.user_id, topic=TOPIC, created_at=subject.at))


def expect_answer(session: Session, subject: Subject, ticket: Ticket) -> None:
    """From now on the supplier owes an answer; an earlier day stays."""
    if ticket.answer_due_on is None:
        contract = session.get_one(Contract, ticket.contract_id)
        today = subject.at.astimezone(zone_of(session, contract)).date()
        ticket.answer_due_on = working_days_after(today, days_to_answer(ticket.category))


def days_to_answer(category: TicketCategory) -> int:
    """Working days the supplier has for an answer."""
    settings = get_settings()
    return settings.ticket_charges_days if category == TicketCategory.CHARGES else settings.ticket_days

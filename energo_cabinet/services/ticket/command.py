"""The supplier's side of tickets, until it has its own pages: list, take, answer, close (the command line uses it)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session, col, select

from energo_cabinet.auth.access import Subject, service
from energo_cabinet.domain.form_text import has_forbidden, paragraphs
from energo_cabinet.errors import NotFound
from energo_cabinet.models import Contract, NotificationKind, Supplier, Ticket, TicketAuthor, TicketStatus
from energo_cabinet.services.notice.sending import Message, readers_of, tell
from energo_cabinet.services.ticket.form import check_text, refuse
from energo_cabinet.services.ticket.writing import move, say

LONGEST_SIGNATURE = 100
SHOWN_ANSWER = 300
"""So much of an answer stands in the notification."""


@dataclass(frozen=True, slots=True)
class DeskTicket:
    """A ticket as the supplier's staff see it in a list."""

    id: int
    supplier: str
    contract: str
    number: int
    status: TicketStatus
    theme: str
    email: str
    phone: str
    answer_due_on: date | None


@service("system", "ticket.list_by_command")
def desk_tickets(session: Session, subject: Subject, supplier: str = "", status: str = "") -> list[DeskTicket]:
    """Tickets of a supplier (of all without a code), those to be answered first on top."""
    query = _desk()
    if supplier:
        query = query.where(Supplier.code == supplier)
    if status:
        query = query.where(Ticket.status == TicketStatus(status))
    rows = session.execute(query.order_by(col(Ticket.answer_due_on).is_(None), col(Ticket.answer_due_on), Ticket.id))
    return [_seen(*row) for row in rows]


@service("system", "ticket.take_by_command")
def take_ticket(session: Session, subject: Subject, ticket_id: int) -> DeskTicket:
    """«В РАБОТЕ»: somebody has begun with it."""
    ticket = _ticket(session, ticket_id)
    becomes = move(ticket, "take")
    say(session, subject, ticket, TicketAuthor.SUPPLIER, becomes=becomes)
    return _card(session, ticket)


@service("system", "ticket.answer_by_command")
def answer_ticket(
    session: Session,
    subject: Subject,
    ticket_id: int,
    text: str,
    signature: str = "",
    asks: bool = False,
    closes: bool = False,
) -> DeskTicket:
    """Answer the customer, who is notified as he chose; `asks`: he has to reply, `closes`: the matter is settled."""
    ticket = _ticket(session, ticket_id)
    check_text(text)
    too_long = len(signature) > LONGEST_SIGNATURE or has_forbidden(signature)
    refuse({"signature": "invalid_characters" if too_long else ""})
    becomes = move(ticket, "close" if closes else "ask" if asks else "answer")
    ticket.answer_due_on, ticket.asked_on, ticket.is_unread = None, None, True
    words = paragraphs(text)
    said = {"becomes": becomes, "signature": signature.strip()}
    line = say(session, subject, ticket, TicketAuthor.SUPPLIER, words, **said)  # type: ignore[arg-type]
    notify_author(session, subject, ticket, words, f"ticket {ticket.id} {line.id}")
    return _card(session, ticket)


@service("system", "ticket.close_by_command")
def close_ticket(session: Session, subject: Subject, ticket_id: int) -> DeskTicket:
    """«ЗАКРЫТО» without another word."""
    ticket = _ticket(session, ticket_id)
    becomes = move(ticket, "close")
    ticket.answer_due_on, ticket.asked_on, ticket.is_unread = None, None, True
    say(session, subject, ticket, TicketAuthor.SUPPLIER, becomes=becomes)
    return _card(session, ticket)


def notify_author(session: Session, subject: Subject, ticket: Ticket, words: str, once: str) -> None:
    """Tell the author, unless the contract has left his cabinet."""
    author = [user for user in readers_of(session, ticket.contract_id) if user.id == ticket.user_id]
    shown = words if len(words) <= SHOWN_ANSWER else words[: SHOWN_ANSWER - 1].rstrip() + "…"
    facts = {"ticket": str(ticket.id), "number": str(ticket.number), "theme": ticket.theme, "answer": shown}
    kind = NotificationKind.TICKET_ANSWERED
    tell(session, subject, author, Message(kind, contract_id=ticket.contract_id, facts=facts, once=once))


def _desk() -> Any:
    joined = select(Ticket, Supplier.code, Contract.number).join(Contract, col(Contract.id) == Ticket.contract_id)
    return joined.join(Supplier, col(Supplier.id) == Contract.supplier_id)


def _ticket(session: Session, ticket_id: int) -> Ticket:
    ticket = session.exec(select(Ticket).where(Ticket.id == ticket_id).with_for_update()).first()
    if ticket is None:
        raise NotFound
    return ticket


def _card(session: Session, ticket: Ticket) -> DeskTicket:
    return _seen(*session.execute(_desk().where(Ticket.id == ticket.id)).one())


def _seen(ticket: Ticket, supplier: str, contract: str) -> DeskTicket:
    return DeskTicket(
        id=ticket.id,
        supplier=supplier,
        contract=contract,
        number=ticket.number,
        status=ticket.status,
        theme=ticket.theme,
        email=ticket.email,
        phone=ticket.phone,
        answer_due_on=ticket.answer_due_on,
    )

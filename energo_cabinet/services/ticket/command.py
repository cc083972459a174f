"""Tickets for the command line: list, take, answer, close, by the steps of the desk's own use cases."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session, col, select

from energo_cabinet.auth.access import Subject, service
from energo_cabinet.domain.form_text import has_forbidden
from energo_cabinet.domain.ticket.flow import Step
from energo_cabinet.errors import NotFound
from energo_cabinet.models import Contract, Supplier, Ticket, TicketStatus
from energo_cabinet.services.ticket.form import check_text, refuse
from energo_cabinet.services.ticket.writing import say_answer, turn

LONGEST_SIGNATURE = 100


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
    turn(session, subject, ticket, "take")
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
    step: Step = "close" if closes else "ask" if asks else "answer"
    say_answer(session, subject, ticket, step, text, signature.strip())
    return _card(session, ticket)


@service("system", "ticket.close_by_command")
def close_ticket(session: Session, subject: Subject, ticket_id: int) -> DeskTicket:
    """«ЗАКРЫТО» without another word."""
    ticket = _ticket(session, ticket_id)
    turn(session, subject, ticket, "close")
    return _card(session, ticket)


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

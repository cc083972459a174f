"""Who has a ticket open: two operators see each other before they write the same answer."""

from __future__ import annotations

from datetime import timedelta

from sqlmodel import Session, col, delete, select

from energo_cabinet.auth.access import Subject, service
from energo_cabinet.auth.supplier_access import visible_supplier_ticket
from energo_cabinet.models import TicketPresence
from energo_cabinet.services.ticket.writing import tell_desk

GOOD_FOR = timedelta(seconds=100)
"""The open tab says so again every 40 seconds (assets/js/beat.js)."""


@service("staff:desk", "desk.enter_ticket", audited=False)
def be_present(session: Session, subject: Subject, ticket_id: int) -> list[str]:
    """«Сейчас открыта у…»: the colleagues who have the ticket open too. Who comes anew is told to them."""
    ticket = visible_supplier_ticket(session, subject, ticket_id)
    rows = session.exec(select(TicketPresence).where(TicketPresence.ticket_id == ticket.id)).all()
    known = any(row.operator_id == subject.user and row.expires_at > subject.at for row in rows)
    until, name = subject.at + GOOD_FOR, subject.member.name
    session.merge(TicketPresence(ticket_id=ticket.id, operator_id=subject.user, name=name, expires_at=until))
    if not known:
        tell_desk(session, subject, ticket)
    return sorted(row.name for row in rows if row.operator_id != subject.user and row.expires_at > subject.at)


@service("staff:desk", "desk.leave_ticket", audited=False)
def be_absent(session: Session, subject: Subject, ticket_id: int) -> None:
    """The ticket has been left; the colleagues who still have it open are told."""
    ticket = visible_supplier_ticket(session, subject, ticket_id)
    mine = (col(TicketPresence.ticket_id) == ticket.id, col(TicketPresence.operator_id) == subject.user)
    if session.exec(delete(TicketPresence).where(*mine)).rowcount:
        tell_desk(session, subject, ticket)


def present_now(session: Session, subject: Subject, ticket_id: int) -> list[str]:
    """The colleagues who have a ticket open; the caller has been let in already."""
    others = (TicketPresence.ticket_id == ticket_id, TicketPresence.operator_id != subject.user)
    live = col(TicketPresence.expires_at) > subject.at
    return sorted(session.exec(select(TicketPresence.name).where(*others, live)))

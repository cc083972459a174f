"""Tickets opened by Анна, and the version an operator has seen."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from sqlmodel import select

from energo_cabinet.models import Ticket
from energo_cabinet.services.ticket.ticket import TicketForm, open_ticket
from tests import cast as make


def opened(session, cast, theme="Счётчик", category="meter", days=0, now=make.NOW, **more) -> int:
    """A ticket of Анна's, `days` old; a page that reads the real clock needs it at its own `now`."""
    form = TicketForm(category, theme, more.pop("text", "Погас экран"), "anna@example.org", **more)
    late = replace(cast.anna, at=now - timedelta(days=days))
    return open_ticket(session, late, cast.contract.id, form).card.id


def version(session, ticket_id):
    return session.exec(select(Ticket.version).where(Ticket.id == ticket_id)).one()

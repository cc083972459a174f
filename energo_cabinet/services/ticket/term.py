"""By when a ticket is answered: a supplier's working days for a category, counted in its own calendar."""

from __future__ import annotations

from datetime import date

from sqlmodel import Session, col, select

from energo_cabinet.domain.time.working_days import OwnDays, working_days_after
from energo_cabinet.models import CalendarDay, TicketCategory, TicketTerm
from energo_cabinet.settings import get_settings


def due_on(session: Session, supplier_id: int, category: TicketCategory, asked_on: date) -> date:
    """The last day of the supplier's answer to what was asked on a day."""
    term = session.get(TicketTerm, (supplier_id, category))
    return working_days_after(asked_on, term.days if term else usual_days(category), own_days(session, supplier_id))


def own_days(session: Session, supplier_id: int) -> OwnDays:
    """Where the supplier's calendar differs from the country's."""
    rows = session.exec(select(CalendarDay).where(col(CalendarDay.supplier_id) == supplier_id)).all()
    off = frozenset(row.day for row in rows if not row.is_working)
    return OwnDays(off, frozenset(row.day for row in rows if row.is_working))


def usual_days(category: TicketCategory) -> int:
    """Working days for an answer where the supplier has set none [K]."""
    settings = get_settings()
    return settings.ticket_charges_days if category == TicketCategory.CHARGES else settings.ticket_days

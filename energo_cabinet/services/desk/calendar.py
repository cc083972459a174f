"""The supplier's terms of answers by category and its own days off: what changes them counts every deadline anew."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlmodel import Session, col, select, update

from energo_cabinet.auth.access import Subject, service
from energo_cabinet.auth.audit import audit_note
from energo_cabinet.auth.supplier_access import own_supplier
from energo_cabinet.domain.form_text import has_forbidden, text_problem
from energo_cabinet.domain.time.working_days import is_working_day
from energo_cabinet.errors import CabinetError, InvalidInput
from energo_cabinet.models import CalendarDay, LiveEvent, Ticket, TicketCategory, TicketTerm
from energo_cabinet.services.notice.staff_live import tell_staff
from energo_cabinet.services.ticket.form import refuse
from energo_cabinet.services.ticket.term import due_on, usual_days
from energo_cabinet.services.ticket.thread import TOPIC
from energo_cabinet.services.ticket.writing import DESK

LONGEST_TERM, LONGEST_SOURCE, LONGEST_NOTE, FAR = 365, 300, 100, timedelta(days=1100)


@dataclass(frozen=True, slots=True)
class TermRow:
    """Working days for a category; `is_own`: the supplier has set them, with the source it names."""

    category: TicketCategory
    days: int
    source: str
    is_own: bool


@dataclass(frozen=True, slots=True)
class DayRow:
    """A day that differs from the country's calendar."""

    day: date
    is_working: bool
    note: str


@dataclass(frozen=True, slots=True)
class DeskRules:
    """The terms and the own days from last year on."""

    terms: tuple[TermRow, ...]
    days: tuple[DayRow, ...]


@service("staff:desk", "desk.rules", audited=False)
def desk_rules(session: Session, subject: Subject) -> DeskRules:
    """Of the caller's supplier."""
    supplier = own_supplier(session, subject)
    own = {row.category: row for row in session.exec(select(TicketTerm).where(TicketTerm.supplier_id == supplier.id))}
    query = select(CalendarDay).where(CalendarDay.supplier_id == supplier.id)
    recent = query.where(col(CalendarDay.day) > subject.at.date() - timedelta(days=366)).order_by(col(CalendarDay.day))
    return DeskRules(
        tuple(_term(category, own.get(category)) for category in TicketCategory),
        tuple(DayRow(row.day, row.is_working, row.note) for row in session.exec(recent)),
    )


@service("staff:admin", "desk.set_term")
def set_term(session: Session, subject: Subject, category: str, days: int, source: str) -> int:
    """So many working days for a category, and by which act [K]; how many open tickets got another deadline.

    InvalidInput: category, days, source.
    """
    supplier = own_supplier(session, subject)
    is_term = type(days) is int and 1 <= days <= LONGEST_TERM
    known = category in set(TicketCategory)
    problem = text_problem(source, LONGEST_SOURCE)
    refuse({"category": "" if known else "ticket_category", "days": "" if is_term else "desk_term", "source": problem})
    kind = TicketCategory(category)
    before = session.get(TicketTerm, (supplier.id, kind))
    audit_note(session, category=category, before=before.days if before else usual_days(kind), after=days)
    session.merge(TicketTerm(supplier_id=supplier.id, category=kind, days=days, source=source.strip()))
    return count_anew(session, subject, supplier.id)


@service("staff:admin", "calendar.set_day")
def set_calendar_day(session: Session, subject: Subject, day: date, is_working: bool, reason: str = "") -> int:
    """A day off, or a day on which people work, against the country's calendar; how many deadlines moved.

    InvalidInput: day, reason; CabinetError(desk_day_same) where the calendar says so anyway.
    """
    supplier = own_supplier(session, subject)
    is_near = isinstance(day, date) and abs(day - subject.at.date()) < FAR
    wrong = len(reason) > LONGEST_NOTE or has_forbidden(reason)
    refuse({"day": "" if is_near else "desk_day", "reason": "invalid_characters" if wrong else ""})
    if is_working_day(day) == bool(is_working):
        raise CabinetError("desk_day_same", "day")
    audit_note(session, day=f"{day}", is_working=bool(is_working))
    row = CalendarDay(supplier_id=supplier.id, day=day, is_working=bool(is_working), note=reason.strip())
    session.merge(row)
    return count_anew(session, subject, supplier.id)


@service("staff:admin", "calendar.remove_day")
def remove_calendar_day(session: Session, subject: Subject, day: date) -> int:
    """The country's calendar again; how many deadlines moved. InvalidInput: day."""
    supplier = own_supplier(session, subject)
    row = session.get(CalendarDay, (supplier.id, day)) if isinstance(day, date) else None
    if row is None:
        raise InvalidInput({"day": "desk_day"})
    audit_note(session, day=f"{day}")
    session.delete(row)
    return count_anew(session, subject, supplier.id)


def count_anew(session: Session, subject: Subject, supplier_id: int) -> int:
    """Every deadline that is open, by the terms and the calendar of now: one statement a day and category."""
    session.flush()
    owed = (col(Ticket.supplier_id) == supplier_id, col(Ticket.answer_due_on).is_not(None))
    groups: Any = session.execute(select(Ticket.asked_on, Ticket.category).where(*owed).distinct()).all()  # type: ignore[type-var]
    moved, authors = 0, set[int]()
    for asked_on, category in groups:
        if asked_on is None:
            continue
        due = due_on(session, supplier_id, category, asked_on)
        others = (col(Ticket.asked_on) == asked_on, col(Ticket.category) == category, col(Ticket.answer_due_on) != due)
        authors |= set(session.exec(select(Ticket.user_id).where(*owed, *others)))
        moved += session.exec(update(Ticket).where(*owed, *others).values(answer_due_on=due)).rowcount
    session.add_all([LiveEvent(user_id=user, topic=TOPIC, created_at=subject.at) for user in authors])
    if moved:
        tell_staff(session, subject, supplier_id, "desk", DESK)
    return moved


def _term(category: TicketCategory, row: TicketTerm | None) -> TermRow:
    if row is None:
        return TermRow(category, usual_days(category), "", is_own=False)
    return TermRow(category, row.days, row.source, is_own=True)

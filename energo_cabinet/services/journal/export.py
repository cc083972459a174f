"""A journal as a file: its rows in parts, so that a million of them never stands in memory."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session

from energo_cabinet.auth.access import Subject, service
from energo_cabinet.domain.journal.filter import EventFilter
from energo_cabinet.errors import InvalidInput
from energo_cabinet.services.journal.point import MAX_JOURNAL_DAYS, place_of, zone_of
from energo_cabinet.services.journal.query import JournalQuery
from energo_cabinet.services.journal.row import EventRow
from energo_cabinet.services.period import check_period


@dataclass(frozen=True, slots=True)
class EventPart:
    """Rows, newest first; `next` goes on after them as `before`, "" at the end."""

    rows: tuple[EventRow, ...]
    next: str


@service("customer", "journal.export_part")
def event_part(session: Session, subject: Subject, point_id: int, asked: EventFilter, before: str = "") -> EventPart:
    """A part of what matches, every repeat by itself. Errors as `list_events`."""
    if asked.problems:
        raise InvalidInput(asked.problems)
    check_period(asked.period, MAX_JOURNAL_DAYS)
    query = JournalQuery(session, point_id, zone_of(session, subject, point_id), asked)
    return EventPart(*query.part(place_of(before)))

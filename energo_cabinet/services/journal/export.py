"""A journal as a file: its rows in parts, so that a million of them never stands in memory."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session

from energo_cabinet.auth.access import Subject, service
from energo_cabinet.domain.journal.codes import number_of
from energo_cabinet.domain.journal.filter import EventFilter
from energo_cabinet.errors import InvalidInput
from energo_cabinet.services.journal.point import MAX_JOURNAL_DAYS, place_of, zone_of
from energo_cabinet.services.journal.query import JournalQuery
from energo_cabinet.services.journal.row import EventRow
from energo_cabinet.services.period import check_period
from energo_cabinet.services.table import Label, Row

_TIMES, _WORDS = ("at", "offset", "ended_at", "lasted"), ("event", "severity", "phase")
_CLOCK, _SENT = ("meter_at", "shift", "doubt"), ("code", "sent")
COLUMNS = tuple(Label(f"event_{name}") for name in (*_TIMES, *_WORDS, *_CLOCK, *_SENT))


@dataclass(frozen=True, slots=True)
class EventPart:
    """Rows under COLUMNS, newest first; `next` goes on after them as `before`, "" at the end."""

    rows: tuple[Row, ...]
    next: str


@service("customer", "journal.export_part")
def event_part(session: Session, subject: Subject, point_id: int, asked: EventFilter, before: str = "") -> EventPart:
    """A part of what matches, every repeat by itself. Errors as `list_events`."""
    if asked.problems:
        raise InvalidInput(asked.problems)
    check_period(asked.period, MAX_JOURNAL_DAYS)
    query = JournalQuery(session, point_id, zone_of(session, subject, point_id), asked)
    rows, following = query.part(place_of(before))
    return EventPart(tuple(_cells(row, subject.language) for row in rows), following)


def _cells(row: EventRow, language: str) -> Row:
    unknown = Label("unknown", catalogue="events", facts=(("number", number_of(row.code)),))
    return (
        f"{row.at:%Y-%m-%d %H:%M:%S}",
        f"UTC{row.at:%z}",
        f"{row.ended_at:%Y-%m-%d %H:%M:%S}" if row.ended_at else None,
        row.lasted_s,
        row.kind.words[language].name if row.kind else unknown,
        Label(f"severity_of.{row.severity}", catalogue="events"),
        row.phase or None,
        f"{row.meter_at:%Y-%m-%d %H:%M:%S}" if row.meter_at else None,
        row.shift_s,
        Label("doubt_short", catalogue="events") if row.doubt else None,
        row.code,
        row.raw,
    )

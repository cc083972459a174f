"""The journal of a point: pages of events, what each means, what it has (Н-103…Н-113, F-4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlmodel import Session, col

from energo_cabinet.auth.access import Subject, prepare_point, service, visible_point, visible_point_rows
from energo_cabinet.domain.journal.filter import PAGE, Cursor, EventFilter, cursor_of
from energo_cabinet.errors import InvalidInput, NotFound
from energo_cabinet.models import MeteringPoint
from energo_cabinet.services.journal.query import JournalQuery, codes_of
from energo_cabinet.services.journal.row import COLUMNS, EVENT, EventRow, local
from energo_cabinet.services.period import check_period

MAX_JOURNAL_DAYS = 3660
RECENT_DAYS = 30

_ZONE = prepare_point(col(MeteringPoint.zone_name))


@dataclass(frozen=True, slots=True)
class EventPage:
    """Up to 50 events, newest first; `newer`, `older`: cursors of the neighbouring pages, "" for none."""

    rows: tuple[EventRow, ...]
    newer: str
    older: str
    zone_name: str


@dataclass(frozen=True, slots=True)
class Journal:
    """What a point's journal has: its newest local day (None: nothing) and the codes that occur."""

    newest_on: date | None
    codes: tuple[str, ...]
    zone_name: str


@dataclass(frozen=True, slots=True)
class EventDetails:
    """One event and how often the like of it happened in the 30 days up to it, itself included."""

    row: EventRow
    recent_count: int
    recent_lasted_s: int


@service("customer", "journal.of_point")
def journal(session: Session, subject: Subject, point_id: int) -> Journal:
    """What there is to choose from. NotFound: not the caller's point."""
    point = visible_point(session, subject, point_id)
    newest = session.connection().execute(select(func.max(EVENT.started_s)).where(EVENT.point_id == point.id)).scalar()
    day = None if newest is None else local(newest, ZoneInfo(point.zone_name)).date()
    return Journal(day, tuple(codes_of(session, point.id)), point.zone_name)


@service("customer", "journal.events")
def list_events(
    session: Session, subject: Subject, point_id: int, asked: EventFilter, before: str = "", after: str = ""
) -> EventPage:
    """A page of the journal: the newest, or the one `before` (older than) or `after` (newer than) a cursor.

    InvalidInput: first, last, kind, severity, phase, text, cursor. NotFound: not the caller's point.
    """
    if asked.problems:
        raise InvalidInput(asked.problems)
    check_period(asked.period, MAX_JOURNAL_DAYS)
    older_than, newer_than = place_of(before), place_of(after)
    zone_name = zone_of(session, subject, point_id)
    return turned(JournalQuery(session, point_id, zone_name, asked), older_than, newer_than, zone_name)


def turned(query: JournalQuery, older_than: Cursor | None, newer_than: Cursor | None, zone_name: str) -> EventPage:
    """The page of a question that begins at a cursor, with the cursors of its neighbours."""
    rows = query.page(older_than, newer_than)
    if newer_than and len(rows) <= PAGE:  # the top is nearer than a page
        rows, newer_than = query.page(None, None), None
    more = len(rows) > PAGE
    shown = tuple(rows[1:] if newer_than and more else rows[:PAGE])
    has_newer = more if newer_than else older_than is not None
    has_older = newer_than is not None or more
    return EventPage(
        rows=shown,
        newer=shown[0].key if shown and has_newer else "",
        older=shown[-1].key if shown and has_older else "",
        zone_name=zone_name,
    )


@service("customer", "journal.event")
def event_details(session: Session, subject: Subject, point_id: int, key: str) -> EventDetails:
    """An event by its key. NotFound: not the caller's point, or no such event."""
    point, place = visible_point(session, subject, point_id), cursor_of(key)
    if place is None:
        raise NotFound
    of_code, started = (EVENT.point_id == point.id, EVENT.code == place.code), EVENT.started_s
    connection = session.connection()
    found = connection.execute(select(*COLUMNS).where(*of_code, started == place.started)).first()
    if found is None:
        raise NotFound
    like = (*of_code, started > place.started - RECENT_DAYS * 86400, started <= place.started)
    count, seconds = connection.execute(select(func.count(), func.sum(EVENT.ended_s - started)).where(*like)).one()
    return EventDetails(EventRow(found, ZoneInfo(point.zone_name)), count, int(seconds or 0))


def zone_of(session: Session, subject: Subject, point_id: int) -> str:
    """The zone of a visible point, or NotFound."""
    return str(visible_point_rows(session, subject, _ZONE, point_id)[0][0])


def place_of(text: str) -> Cursor | None:
    """A cursor of an address; InvalidInput for what is none."""
    found = cursor_of(text)
    if text and found is None:
        raise InvalidInput({"cursor": "event_cursor_invalid"})
    return found

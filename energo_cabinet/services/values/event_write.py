"""Journal events of a file into the database: by sets, ends joined to beginnings that came before (F-9, Н-109)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import fields
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import delete
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, select

from energo_cabinet.domain.journal.codes import Mark, Severity, kind_of
from energo_cabinet.domain.journal.records import LoggedEvent, closed, ends_of, is_open, pair_key
from energo_cabinet.domain.values.profile_day import Change
from energo_cabinet.models import MeterEvent
from energo_cabinet.models.values.meter_event import LONGEST_RAW

NIGHT_ENDS = 6
"""Local hour before which an event belongs to the night."""

_KEY = ("point_id", "started_s", "code")
_CHUNK = 5_000
_SCALARS = {"started_s": "started", "ended_s": "ended"}
_SCALARS |= {"meter_started_s": "meter_started", "meter_ended_s": "meter_ended"}


def store_events(
    session: Session, events: Mapping[int, Sequence[LoggedEvent]], zones: Mapping[int, str], file_id: int | None
) -> Change:
    """Store each point's events in the caller's transaction; `zones`: point → zone its days are in."""
    done = Change()
    for point_id, sent in events.items():
        for at in range(0, len(sent), _CHUNK):
            done = done.plus(_store(session, point_id, sent[at : at + _CHUNK], zones[point_id], file_id))
    return done


def row_of(point_id: int, event: LoggedEvent, zone_name: str, file_id: int | None) -> dict[str, Any]:
    """The row of an event, with what filters and folding need."""
    kind = kind_of(event.code)
    local = datetime.fromtimestamp(event.started, UTC).astimezone(ZoneInfo(zone_name))
    return {
        "point_id": point_id,
        "started_s": event.started,
        "code": event.code,
        "mark": str(event.mark),
        "ended_s": event.ended,
        "meter_started_s": event.meter_started,
        "meter_ended_s": event.meter_ended,
        "meter_offset_min": event.meter_offset_min,
        "severity": int(kind.severity if kind else Severity.INFO),
        "area": kind.area if kind else "unknown",
        "phase": kind.phase if kind else 0,
        "stated_s": event.stated_s,
        "shift_s": event.shift_s,
        "doubt": event.doubt,
        "night": local.year * 12 + local.month - 1 if local.hour < NIGHT_ENDS else None,
        "raw": event.raw[:LONGEST_RAW],
        "file_id": file_id,
    }


def logged(row: MeterEvent) -> LoggedEvent:
    """A stored row as the event it tells."""
    names = {name: name for name in (field.name for field in fields(LoggedEvent))}
    names |= {ours: theirs for theirs, ours in _SCALARS.items()}
    values = {ours: getattr(row, theirs) for ours, theirs in names.items()}
    return LoggedEvent(**{**values, "mark": Mark(row.mark)})


def _store(session: Session, point_id: int, sent: Sequence[LoggedEvent], zone_name: str, file_id: int | None) -> Change:
    ends = [event for event in sent if event.mark == Mark.END]
    rest = {(event.started, event.code): event for event in sent if event.mark != Mark.END}
    before = _existing(session, point_id, rest.values())
    rest = {key: _richer(event, before.get(key)) for key, event in rest.items()}
    changed = [event for key, event in rest.items() if before.get(key) != event]
    _upsert(session, [row_of(point_id, event, zone_name, file_id) for event in changed])
    replaced = sum((event.started, event.code) in before for event in changed)
    done = Change(len(changed) - replaced, replaced, len(rest) - len(changed))
    journal = _Journal(session, point_id, zone_name, file_id)
    for end in ends:
        done = done.plus(journal.take_end(end))
    for event in rest.values():
        if is_open(event):
            journal.look_for_end(event)
    return done


class _Journal:
    """Lone beginnings and ends of a point meet what other files brought."""

    def __init__(self, session: Session, point_id: int, zone_name: str, file_id: int | None) -> None:
        self.session, self.point_id, self.zone_name, self.file_id = session, point_id, zone_name, file_id

    def take_end(self, end: LoggedEvent) -> Change:
        """Close the last beginning before it, or keep it alone."""
        prior = self._neighbour(end, is_before=True)
        if prior is not None and (prior == end or prior.ended == end.started):
            return Change(unchanged=1)
        if prior is not None and is_open(prior):
            self._write(closed(prior, end))
            return Change(replaced=1)
        self._write(end)
        return Change(stored=1)

    def look_for_end(self, event: LoggedEvent) -> None:
        """An end that came before its beginning is joined to it."""
        following = self._neighbour(event, is_before=False)
        if following is not None and following.mark == Mark.END:
            self.session.connection().execute(delete(MeterEvent).where(*self._is(following)))
            self._write(closed(event, following))

    def _neighbour(self, event: LoggedEvent, is_before: bool) -> LoggedEvent | None:
        key = pair_key(event.code)
        query = select(MeterEvent).where(
            MeterEvent.point_id == self.point_id, col(MeterEvent.code).in_({key, *ends_of(key)})
        )
        at = col(MeterEvent.started_s)
        if is_before:
            query = query.where(at <= event.started).order_by(at.desc())
        else:
            query = query.where(at > event.started).order_by(at)
        row = self.session.exec(query.limit(1)).first()
        return logged(row) if row else None

    def _is(self, event: LoggedEvent) -> tuple[Any, ...]:
        mine = MeterEvent.point_id == self.point_id
        return mine, MeterEvent.started_s == event.started, MeterEvent.code == event.code

    def _write(self, event: LoggedEvent) -> None:
        _upsert(self.session, [row_of(self.point_id, event, self.zone_name, self.file_id)])


def _richer(event: LoggedEvent, stored: LoggedEvent | None) -> LoggedEvent:
    """A record sent again without the end that is known already stays closed."""
    if stored is not None and is_open(event) and stored.ended is not None:
        return stored
    return event


def _existing(session: Session, point_id: int, sent: Collection[LoggedEvent]) -> dict[tuple[int, str], LoggedEvent]:
    """What is stored between the first and the last event sent."""
    times = [event.started for event in sent]
    if not times:
        return {}
    query = select(MeterEvent).where(
        MeterEvent.point_id == point_id, col(MeterEvent.started_s).between(min(times), max(times))
    )
    return {(row.started_s, row.code): logged(row) for row in session.exec(query)}


def _upsert(session: Session, values: list[dict[str, Any]]) -> None:
    if not values:
        return
    dialect = sqlite if session.connection().dialect.name == "sqlite" else postgresql
    statement = dialect.insert(MeterEvent)
    updated = {name: statement.excluded[name] for name in values[0] if name not in _KEY}
    session.connection().execute(statement.on_conflict_do_update(index_elements=_KEY, set_=updated), values)
    session.expire_all()

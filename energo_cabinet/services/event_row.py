"""Rows of a journal as services hand them out."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from energo_cabinet.domain.event_codes import EventKind, Mark, kind_of
from energo_cabinet.models import MeterEvent

EVENT: Any = MeterEvent.__table__.c  # type: ignore[attr-defined]
"""The table's columns: pages are read without objects of the mapper."""

COLUMNS = (
    EVENT.started_s,
    EVENT.code,
    EVENT.mark,
    EVENT.ended_s,
    EVENT.meter_started_s,
    EVENT.meter_ended_s,
    EVENT.meter_offset_min,
    EVENT.severity,
    EVENT.phase,
    EVENT.stated_s,
    EVENT.shift_s,
    EVENT.doubt,
    EVENT.raw,
)
_LASTING = frozenset({Mark.SPAN, Mark.START})


class Fold(NamedTuple):
    """Night repeats of a month in one line; `first_at` local; shifts in seconds where a clock was set."""

    repeats: int
    first_at: datetime
    shortest_shift_s: int | None
    longest_shift_s: int | None
    lasted_s: int | None
    doubtful: int


class EventRow(NamedTuple):
    """An event. `at`, `ended_at` are local and aware, meter times naive, by the meter's own clock.

    `is_open`: it lasts and its end is not known. `kind` None: no dictionary has `code`.
    """

    key: str
    code: str
    kind: EventKind | None
    at: datetime
    ended_at: datetime | None
    meter_at: datetime | None
    meter_ended_at: datetime | None
    meter_offset_min: int | None
    mark: str
    severity: int
    phase: int
    is_open: bool
    stated_s: int | None
    shift_s: int | None
    doubt: str
    raw: str
    fold: Fold | None = None

    @property
    def lasted_s(self) -> int | None:
        """Seconds it lasted; None where no end is known."""
        return int((self.ended_at - self.at).total_seconds()) if self.ended_at else None


def row_of(found: Any, zone: ZoneInfo) -> EventRow:
    """A result of selecting COLUMNS."""
    started, code, mark, ended, meter, meter_end, offset, severity, phase, stated, shift, doubt, raw = found
    return EventRow(
        f"{started}~{code}",
        code,
        kind_of(code),
        datetime.fromtimestamp(started, zone),
        None if ended is None else datetime.fromtimestamp(ended, zone),
        None if meter is None else _wall(meter),
        None if meter_end is None else _wall(meter_end),
        offset,
        mark,
        severity,
        phase,
        ended is None and mark in _LASTING,
        stated,
        shift,
        doubt,
        raw,
    )


def local(seconds: int, zone: ZoneInfo) -> datetime:
    """An instant in a zone."""
    return datetime.fromtimestamp(seconds, zone)


def _wall(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None)

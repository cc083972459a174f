"""Rows of a journal as services hand them out."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from energo_cabinet.domain.journal.codes import EventKind, Mark, kind_of
from energo_cabinet.domain.journal.filter import Cursor
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
    """An event: its columns, told in local time and plain words only where it is looked at."""

    columns: Any
    zone: ZoneInfo
    fold: Fold | None = None
    point_id: int = 0
    """In a journal of several points the one it happened at."""

    @property
    def key(self) -> str:
        """What `event_details` finds it by; also the cursor of a page."""
        return str(Cursor(self.columns.started_s, self.columns.code, self.point_id))

    @property
    def code(self) -> str:
        """As in `domain.journal.codes`."""
        return str(self.columns.code)

    @property
    def kind(self) -> EventKind | None:
        """What the code means; None when no dictionary has it."""
        return kind_of(self.columns.code)

    @property
    def at(self) -> datetime:
        """When it began: local to the point and aware."""
        return local(self.columns.started_s, self.zone)

    @property
    def ended_at(self) -> datetime | None:
        """When it ended, as `at`; None where that is not known or nothing lasts."""
        return None if self.columns.ended_s is None else local(self.columns.ended_s, self.zone)

    @property
    def lasted_s(self) -> int | None:
        """Seconds it lasted; None where no end is known."""
        return None if self.columns.ended_s is None else int(self.columns.ended_s - self.columns.started_s)

    @property
    def is_open(self) -> bool:
        """Whether it lasts and its end is not known."""
        return self.columns.ended_s is None and self.columns.mark in _LASTING

    @property
    def meter_at(self) -> datetime | None:
        """When it began by the meter's own clock: naive, as the meter wrote it (Н-110)."""
        return _wall(self.columns.meter_started_s)

    @property
    def meter_ended_at(self) -> datetime | None:
        """When it ended by the meter's own clock; what the clock was set to, where it was set."""
        return _wall(self.columns.meter_ended_s)

    @property
    def meter_offset_min(self) -> int | None:
        """UTC offset of the meter's clock."""
        offset: int | None = self.columns.meter_offset_min
        return offset

    @property
    def mark(self) -> Mark:
        """What the record says: an instant, both ends or one."""
        return Mark(self.columns.mark)

    @property
    def severity(self) -> int:
        """1…3, as stored."""
        return int(self.columns.severity)

    @property
    def phase(self) -> int:
        """1…3, or 0 for none in particular."""
        return int(self.columns.phase)

    @property
    def stated_s(self) -> int | None:
        """The span or correction the meter stated."""
        stated: int | None = self.columns.stated_s
        return stated

    @property
    def shift_s(self) -> int | None:
        """By how much a clock was set."""
        shift: int | None = self.columns.shift_s
        return shift

    @property
    def doubt(self) -> str:
        """Why the record is doubted; "" when it is not."""
        return str(self.columns.doubt)

    @property
    def raw(self) -> str:
        """What was sent, unchanged."""
        return str(self.columns.raw)


def local(seconds: int, zone: ZoneInfo) -> datetime:
    """An instant in a zone."""
    return datetime.fromtimestamp(seconds, zone)


def _wall(seconds: int | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None)

"""The load profile: energy and average power by 60, 30 or 15 minutes (Н-100…Н-102, R-5)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cached_property
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from energo_cabinet.domain.energy.consumption import percent
from energo_cabinet.models import Channel, ReadingQuality


def usual_channel(channels: Sequence[str]) -> str:
    """The channel to begin with: consumption, or the first there is."""
    return Channel.A_PLUS if Channel.A_PLUS in channels or not channels else channels[0]


@dataclass(frozen=True, slots=True)
class DayCompleteness:
    """Values of one local day as the meter sends them: `present` of `expected`, `step_min` each."""

    day: date
    present: int
    expected: int
    step_min: int


@dataclass(frozen=True, slots=True, eq=False)
class ProfileValues:
    """What was measured in a span, after the ratio.

    Slot i covers [start + i·step_min, +step_min); `energy[i]` is kWh (kvarh for R±), NaN a gap; `marks[i]` a
    ReadingQuality, MISSING for a gap. `total_kwh`: Σ of all values that came; `maximum_kwh` and `maximum_at`: the
    greatest slot (first of equals) and its local beginning; `average_kw`: over the time for which values came.
    `count_days()`: per local day values present, values expected, minutes between them.
    """

    step_min: int
    start: datetime
    energy: NDArray[np.float64]
    marks: NDArray[np.uint8]
    total_kwh: Decimal | None
    maximum_kwh: Decimal | None
    maximum_at: datetime | None
    average_kw: Decimal | None
    count_days: Callable[[], NDArray[np.int64]] = field(repr=False)


@dataclass(frozen=True, eq=False)
class LoadProfile:
    """Values of one channel in the local days `first`…`last`.

    An hour of which a half is missing is a gap, but its half is in `total_kwh`. `step_min` may be coarser than
    `asked_step_min`, when the meter stores no finer values (`is_coarser`). `ratio_applied`: the cabinet multiplied.
    """

    point_id: int
    channel: str
    channels: tuple[str, ...]
    first: date
    last: date
    zone_name: str
    asked_step_min: int
    values: ProfileValues
    ratio: Decimal
    ratio_applied: bool

    @property
    def step_min(self) -> int:
        """Minutes of a slot."""
        return self.values.step_min

    @property
    def start(self) -> datetime:
        """Beginning of the first slot, aware, in the point's zone."""
        return self.values.start

    @cached_property
    def kwh(self) -> tuple[float | None, ...]:
        """Energy of each slot, None for a gap."""
        return _with_gaps(self.values.energy)

    @cached_property
    def kw(self) -> tuple[float | None, ...]:
        """Average power of each slot, kW (kvar), None for a gap."""
        return _with_gaps(self.values.energy * (60 / self.step_min))

    @cached_property
    def quality(self) -> tuple[int, ...]:
        """ReadingQuality of each slot."""
        return tuple(self.values.marks.tolist())

    @property
    def is_coarser(self) -> bool:
        """The values are coarser than what was asked for."""
        return self.step_min > self.asked_step_min

    @property
    def is_reactive(self) -> bool:
        """Channel of reactive energy: kvarh and kvar."""
        return self.channel.startswith("R")

    @property
    def total_kwh(self) -> Decimal | None:
        """Σ of all values that came; None without any."""
        return self.values.total_kwh

    @property
    def maximum_kwh(self) -> Decimal | None:
        """Energy of the greatest slot."""
        return self.values.maximum_kwh

    @property
    def maximum_at(self) -> datetime | None:
        """Local beginning of the greatest slot, the first of equal ones."""
        return self.values.maximum_at

    @property
    def average_kw(self) -> Decimal | None:
        """Mean power over the time for which values came."""
        return self.values.average_kw

    @property
    def maximum_kw(self) -> Decimal | None:
        """Average power of the greatest slot."""
        return None if self.maximum_kwh is None else self.maximum_kwh * 60 / self.step_min

    @cached_property
    def _day_counts(self) -> NDArray[np.int64]:
        return self.values.count_days()

    @cached_property
    def days(self) -> tuple[DayCompleteness, ...]:
        """Completeness of each local day."""
        return tuple(
            DayCompleteness(self.first + timedelta(days=i), *counts)
            for i, counts in enumerate(self._day_counts.tolist())
        )

    @property
    def present(self) -> int:
        """Values that came, as the meter sends them."""
        return int(self._day_counts[:, 0].sum())

    @property
    def expected(self) -> int:
        """Values expected by now."""
        return int(self._day_counts[:, 1].sum())

    @property
    def completeness_percent(self) -> Decimal:
        """present / expected in %, rounded down to one decimal."""
        return percent(self.present, self.expected)

    @property
    def estimated(self) -> int:
        """Slots with an estimated value."""
        return int((self.values.marks == ReadingQuality.ESTIMATED).sum())

    @property
    def non_commercial(self) -> int:
        """Slots with a non-commercial value."""
        return int((self.values.marks == ReadingQuality.NON_COMMERCIAL).sum())

    def at(self, slot: int) -> datetime:
        """Local start (aware) of a slot; `slot` = len(energy) is the end of the span."""
        begin = self.start.astimezone(UTC) + timedelta(minutes=self.step_min * slot)
        return begin.astimezone(ZoneInfo(self.zone_name))

    def starts(self) -> list[datetime]:
        """Local starts of all slots."""
        return [self.at(i) for i in range(len(self.values.energy))]

    @property
    def has_clock_change(self) -> bool:
        """The clock changes within the span: label its slots with the UTC offset."""
        return self.start.utcoffset() != self.at(len(self.values.energy)).utcoffset()


def _with_gaps(values: NDArray[np.float64]) -> tuple[float | None, ...]:
    found: list[float | None] = values.tolist()
    for i in np.flatnonzero(np.isnan(values)).tolist():
        found[i] = None
    return tuple(found)

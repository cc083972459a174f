"""The load profile: energy and average power by 60, 30 or 15 minutes (Н-100…Н-102, R-5)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from energo_cabinet.domain.consumption import percent
from energo_cabinet.models import ReadingQuality


@dataclass(frozen=True, slots=True)
class DayCompleteness:
    """Values of one local day as the meter sends them: `present` of `expected`, `step_min` each."""

    day: date
    present: int
    expected: int
    step_min: int


@dataclass(frozen=True, slots=True)
class LoadProfile:
    """Values of one channel in the local days `first`…`last`.

    Slot i covers [start + i·step_min, +step_min); `start` is aware, in the point's zone (add minutes in UTC: `at(i)`).
    `kwh[i]` (kvarh for R±) and `quality[i]` (ReadingQuality); None / MISSING is a gap. An hour of which a half is
    missing is a gap too, but its half is in `total_kwh`. `step_min` may be coarser than `asked_step_min`, when the
    meter stores no finer values (`is_coarser`).
    """

    point_id: int
    channel: str
    channels: tuple[str, ...]
    first: date
    last: date
    zone_name: str
    asked_step_min: int
    step_min: int
    start: datetime
    kwh: tuple[float | None, ...]
    quality: tuple[int, ...]
    total_kwh: Decimal | None
    maximum_kwh: Decimal | None
    maximum_at: datetime | None
    average_kw: Decimal | None
    days: tuple[DayCompleteness, ...]
    ratio: Decimal
    ratio_applied: bool

    @property
    def is_coarser(self) -> bool:
        """The values are coarser than what was asked for."""
        return self.step_min > self.asked_step_min

    @property
    def is_reactive(self) -> bool:
        """Channel of reactive energy: kvarh and kvar."""
        return self.channel.startswith("R")

    @property
    def kw(self) -> tuple[float | None, ...]:
        """Average power of each slot, kW (kvar)."""
        return tuple(None if v is None else v * 60 / self.step_min for v in self.kwh)

    @property
    def maximum_kw(self) -> Decimal | None:
        """Average power of the greatest slot."""
        return None if self.maximum_kwh is None else self.maximum_kwh * 60 / self.step_min

    @property
    def present(self) -> int:
        """Values that came, as the meter sends them."""
        return sum(d.present for d in self.days)

    @property
    def expected(self) -> int:
        """Values expected by now."""
        return sum(d.expected for d in self.days)

    @property
    def completeness_percent(self) -> Decimal:
        """present / expected in %, rounded down to one decimal."""
        return percent(self.present, self.expected)

    @property
    def estimated(self) -> int:
        """Slots with an estimated value."""
        return self.quality.count(ReadingQuality.ESTIMATED)

    @property
    def non_commercial(self) -> int:
        """Slots with a non-commercial value."""
        return self.quality.count(ReadingQuality.NON_COMMERCIAL)

    def at(self, slot: int) -> datetime:
        """Local start (aware) of a slot; `slot` = len(kwh) is the end of the span."""
        zone = ZoneInfo(self.zone_name)
        return (self.start.astimezone(UTC) + timedelta(minutes=self.step_min * slot)).astimezone(zone)

    def starts(self) -> Iterator[datetime]:
        """Local starts of all slots."""
        return (self.at(i) for i in range(len(self.kwh)))

    @property
    def has_clock_change(self) -> bool:
        """The clock changes within the span: label its slots with the UTC offset."""
        return self.start.utcoffset() != self.at(len(self.kwh)).utcoffset()

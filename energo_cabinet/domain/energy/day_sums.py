"""Energy of each local day of a span by tariff zone, from day rows: numpy passes, no loop over values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from energo_cabinet.domain.tariff.zones import Schedule
from energo_cabinet.domain.time.local_day import DAY_MINUTES, midnights
from energo_cabinet.domain.values.day_columns import Counts, DayColumns, columns, expected_values, spread
from energo_cabinet.domain.values.profile_day import MISSING, DayRow
from energo_cabinet.models import ReadingQuality

Marks = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class DayEnergy:
    """Arrays over the days `first`…: `wh` days × zones; a day without a row has `present` 0.

    What only a table shows is worked out when it is looked at.
    """

    first: date
    zones: tuple[str, ...]
    wh: Counts
    present: Counts
    steps: Counts
    begins: Counts
    found: DayColumns
    at: datetime

    @cached_property
    def expected(self) -> Counts:
        """Values that each day should have by now."""
        return expected_values(self.steps, self.begins, self.present, self.at)

    @cached_property
    def estimated(self) -> Marks:
        """Days with an estimated value."""
        return _marked(self.found, len(self.present), ReadingQuality.ESTIMATED)

    @cached_property
    def non_commercial(self) -> Marks:
        """Days with a non-commercial value."""
        return _marked(self.found, len(self.present), ReadingQuality.NON_COMMERCIAL)


def day_energy(
    rows: Sequence[DayRow], first: date, last: date, zone_name: str, schedule: Schedule, at: datetime
) -> DayEnergy:
    """Daily sums in Wh. With a single zone the stored totals are taken and `vals` may be None."""
    begins = midnights(first, last, zone_name)
    found, days, zones = columns(rows, first), len(begins) - 1, schedule.zones
    wh = np.zeros((days, len(zones)), np.int64)
    if len(zones) == 1:
        wh[found.place, 0] = found.total
    else:
        _split(wh, found, first, np.diff(begins), zone_name, schedule)
    present, steps = spread(found, days)
    return DayEnergy(first, zones, wh, present, steps, begins, found, at)


def _split(wh: Counts, found: DayColumns, first: date, minutes: Counts, zone_name: str, schedule: Schedule) -> None:
    """Add up the values of each day by zone: usual days of one step together, others one by one."""
    lengths = np.array(list(map(len, found.vals)), np.int64)
    usual = (minutes[found.place] == DAY_MINUTES) & (lengths * found.step_min == 4 * DAY_MINUTES)
    for step in np.unique(found.step_min[usual]).tolist():
        chosen = usual & (found.step_min == step)
        own = found if chosen.all() else found.where(chosen)
        some_day = first + timedelta(days=int(own.place[0]))
        values = np.frombuffer(b"".join(own.vals), "<i4").reshape(len(own.vals), -1)
        if values.min() == MISSING:
            values = np.where(values == MISSING, 0, values)
        slots = schedule.slot_zones(some_day, zone_name, step)
        for zone in range(len(schedule.zones)):
            wh[own.place, zone] = values[:, slots == zone].sum(axis=1, dtype=np.int64)
    for i in np.flatnonzero(~usual).tolist():
        slots = schedule.slot_zones(first + timedelta(days=int(found.place[i])), zone_name, int(found.step_min[i]))
        wh[found.place[i]] = _zone_sums(found.vals[i], slots, len(schedule.zones))


def _zone_sums(vals: bytes, own: NDArray[np.int8], zones: int) -> Counts:
    values = np.frombuffer(vals, "<i4")[: len(own)]
    present = values != MISSING
    sums = np.bincount(own[: len(values)][present], weights=values[present], minlength=zones)
    return sums.astype(np.int64)  # exact: a day's Wh is far below 2**53


def _marked(found: DayColumns, days: int, quality: ReadingQuality) -> Marks:
    """Days that hold a value of this quality."""
    marked = np.zeros(days, np.bool_)
    if found.is_marked:
        marked[found.place] = [q is not None and quality in q for q in found.q]
    return marked

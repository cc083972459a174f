"""Energy of each local day of a span by tariff zone, from day rows: one numpy pass, no loop over values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np
from numpy.typing import NDArray

from energo_cabinet.domain.clock import DAY_MINUTES, epoch_day, from_epoch_day, midnights
from energo_cabinet.domain.profile_day import MISSING, DayRow
from energo_cabinet.domain.tariff_zones import Schedule
from energo_cabinet.models import ReadingQuality

Counts = NDArray[np.int64]
Marks = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class DayEnergy:
    """Arrays over the days `first`…: `wh` days × zones; a day without a row has `present` 0."""

    first: date
    zones: tuple[str, ...]
    wh: Counts
    present: Counts
    expected: Counts
    estimated: Marks
    non_commercial: Marks


def day_energy(
    rows: Sequence[DayRow], first: date, last: date, zone_name: str, schedule: Schedule, at: datetime
) -> DayEnergy:
    """Daily sums in Wh. With a single zone the stored totals are taken and `vals` may be empty."""
    begins = midnights(first, last, zone_name)
    days, zones = len(begins) - 1, schedule.zones
    index = np.array([row[0] for row in rows], np.int64) - epoch_day(first)
    present = np.zeros(days, np.int64)
    present[index] = [row[2] for row in rows]
    wh = np.zeros((days, len(zones)), np.int64)
    if len(zones) == 1:
        wh[index, 0] = [row[3] for row in rows]
    elif rows:
        _split(wh, rows, index, np.diff(begins), zone_name, schedule)
    return DayEnergy(
        first=first,
        zones=zones,
        wh=wh,
        present=present,
        expected=expected_values(rows, index, begins, present, at),
        estimated=_marked(rows, index, days, ReadingQuality.ESTIMATED),
        non_commercial=_marked(rows, index, days, ReadingQuality.NON_COMMERCIAL),
    )


def steps_of_days(rows: Sequence[DayRow], index: Counts, days: int) -> Counts:
    """Minutes between values, for each day; a day without a row takes the finest step of the others, else 30."""
    steps = np.full(days, min((row[1] for row in rows), default=30), np.int64)
    steps[index] = [row[1] for row in rows]
    return steps


def expected_values(rows: Sequence[DayRow], index: Counts, begins: Counts, present: Counts, at: datetime) -> Counts:
    """Values that each day should have by now: intervals not yet over are not expected, unless they came."""
    steps = steps_of_days(rows, index, len(begins) - 1)
    passed = np.clip(int(at.timestamp()) // 60 - begins[:-1], 0, np.diff(begins))
    whole = passed == np.diff(begins)
    return np.maximum(np.where(whole, -(-passed // steps), passed // steps), present)


def _split(
    wh: Counts, rows: Sequence[DayRow], index: Counts, minutes: Counts, zone_name: str, schedule: Schedule
) -> None:
    """Add up the values of each day by zone: usual days of one step together, others one by one."""
    usual: dict[int, list[int]] = {}
    for i, row in enumerate(rows):
        if minutes[index[i]] == DAY_MINUTES and len(row[4]) * row[1] == 4 * DAY_MINUTES:
            usual.setdefault(row[1], []).append(i)
        else:
            own = schedule.slot_zones(from_epoch_day(row[0]), zone_name, row[1])
            wh[index[i]] = _zone_sums(row[4], own, len(schedule.zones))
    for step, places in usual.items():
        some_day = from_epoch_day(rows[places[0]][0])
        own = schedule.slot_zones(some_day, zone_name, step)
        values = np.frombuffer(b"".join([rows[i][4] for i in places]), "<i4").reshape(len(places), -1)
        if values.min() == MISSING:
            values = np.where(values == MISSING, 0, values)
        for zone in range(len(schedule.zones)):
            wh[index[places], zone] = values[:, own == zone].sum(axis=1, dtype=np.int64)


def _zone_sums(vals: bytes, own: NDArray[np.int8], zones: int) -> Counts:
    values = np.frombuffer(vals, "<i4")[: len(own)]
    present = values != MISSING
    sums = np.bincount(own[: len(values)][present], weights=values[present], minlength=zones)
    return sums.astype(np.int64)  # exact: a day's Wh is far below 2**53


def _marked(rows: Sequence[DayRow], index: Counts, days: int, quality: ReadingQuality) -> Marks:
    """Days that hold a value of this quality."""
    marked = np.zeros(days, np.bool_)
    for i, row in enumerate(rows):
        if row[5] is not None and quality in row[5]:
            marked[index[i]] = True
    return marked

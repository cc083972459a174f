"""Measured values of many series by half-hour…year, added up by group; each group has one unit (Э-56, Э-62)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Literal, get_args
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from energo_cabinet.domain.energy.profile_grid import grid
from energo_cabinet.domain.time.local_day import Span, epoch_day, midnights, span_edges
from energo_cabinet.domain.values.day_columns import columns, expected_values, spread
from energo_cabinet.domain.values.profile_day import MISSING, DayRow
from energo_cabinet.models import Channel, Resource

DataBy = Literal["half_hours", "hours", "days", "weeks", "months", "years"]
DATA_BYS: tuple[DataBy, ...] = get_args(DataBy)
SLOT_MINUTES: dict[str, int] = {"half_hours": 30, "hours": 60}
ACTIVE, REACTIVE = (Channel.A_PLUS, Channel.A_MINUS), (Channel.R_PLUS, Channel.R_MINUS)

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Unit:
    """`key`: of i18n; `decimals`: how many of it the stored integer has."""

    key: str
    decimals: int


_UNITS = {Resource.HEAT: Unit("gcal", 6), Resource.GAS: Unit("m3", 3)}
_UNITS |= {Resource.COLD_WATER: Unit("m3", 3), Resource.HOT_WATER: Unit("m3", 3)}


def unit_of(resource: Resource, channel: str) -> Unit:
    """kWh or kvarh of electricity; Gcal of heat (stored kcal); m³ of water and gas (stored litres)."""
    if resource == Resource.ELECTRICITY:
        return Unit("kvarh" if channel.startswith("R") else "kwh", 3)
    return _UNITS[resource]


@dataclass(frozen=True, slots=True)
class SeriesRows:
    """A series with its days: `scale` turns stored integers into the unit, the ratio included."""

    zone_name: str
    scale: float
    rows: Sequence[DayRow]


@dataclass(frozen=True, eq=False)
class Sums:
    """One group by bucket: `values` in the unit, NaN where nothing came; values that came and that should have."""

    values: Floats
    present: Counts
    expected: Counts

    @property
    def total(self) -> float | None:
        """Σ of what came; None without any."""
        return None if np.isnan(self.values).all() else float(np.nansum(self.values))

    def plus(self, other: Sums) -> Sums:
        """Both together, bucket by bucket; a gap of one leaves the other."""
        table = np.stack([self.values, other.values])
        values = np.where(np.isnan(table).all(axis=0), np.nan, np.nansum(table, axis=0))
        return Sums(values, self.present + other.present, self.expected + other.expected)


def buckets_of(by: DataBy, first: date, last: date) -> list[Span]:
    """Days, weeks, months or years that the period touches, cut to it."""
    firsts, lasts = edges(by, first, last)
    start = epoch_day(first)
    return [
        Span(first + timedelta(days=int(a) - start), first + timedelta(days=int(b) - start))
        for a, b in zip(firsts, lasts, strict=True)
    ]


def edges(by: DataBy, first: date, last: date) -> tuple[Counts, Counts]:
    """First and last epoch day of each bucket."""
    if by == "years":
        inner = [epoch_day(date(year, 1, 1)) for year in range(first.year + 1, last.year + 1)]
        inside = np.array(inner, np.int64)
        return np.concatenate([[epoch_day(first)], inside]), np.concatenate([inside - 1, [epoch_day(last)]])
    return span_edges(first, last, "days" if by in SLOT_MINUTES else by)


def slot_times(by: DataBy, first: date, last: date, zone_name: str) -> list[datetime]:
    """Local and aware beginnings of half-hours or hours: 46 to 52 half-hours a day."""
    begins = midnights(first, last, zone_name)
    step, zone = SLOT_MINUTES[by], ZoneInfo(zone_name)
    return [datetime.fromtimestamp(m * 60, UTC).astimezone(zone) for m in range(int(begins[0]), int(begins[-1]), step)]


def sums_by_days(series: Sequence[SeriesRows], by: DataBy, first: date, last: date, at: datetime) -> Sums:
    """Stored day totals by bucket; a day is local to its point. The blobs stay closed."""
    firsts, _ = edges(by, first, last)
    days = epoch_day(last) - epoch_day(first) + 1
    total, present, expected = np.zeros(days), np.zeros(days, np.int64), np.zeros(days, np.int64)
    for one in series:
        found, begins = columns(one.rows, first), midnights(first, last, one.zone_name)
        came, steps = spread(found, days)
        np.add.at(total, found.place, found.total * one.scale)
        present += came
        expected += expected_values(steps, begins, came, at)
    starts = firsts - epoch_day(first)
    values, came = np.add.reduceat(total, starts), np.add.reduceat(present, starts)
    return Sums(np.where(came > 0, values, np.nan), came, np.add.reduceat(expected, starts))


def sums_by_slots(
    series: Sequence[SeriesRows], by: DataBy, first: date, last: date, zone_name: str, at: datetime
) -> Sums:
    """Half-hours or hours by instant, on the days of `zone_name`; a meter that is coarser gives nothing finer."""
    begins, step = midnights(first, last, zone_name), SLOT_MINUTES[by]
    slots = -(-int(begins[-1] - begins[0]) // step)
    total, present = np.zeros(slots), np.zeros(slots, np.int64)
    for one in series:
        wh = _on_grid(one, first, last, int(begins[0]), slots, step)
        came = wh != MISSING
        total[came] += wh[came] * one.scale
        present += came
    elapsed = np.arange(1, slots + 1) * step + int(begins[0]) <= int(at.timestamp()) // 60
    expected = np.where(elapsed, len(series), present)
    return Sums(np.where(present > 0, total, np.nan), present, np.maximum(expected, present))


def _on_grid(one: SeriesRows, first: date, last: date, begin: int, slots: int, step: int) -> Counts:
    """Values of a series from minute `begin` on; its own days may begin earlier or later."""
    full = np.full(slots, MISSING, np.int64)
    wide_first, wide_last = first - timedelta(days=1), last + timedelta(days=1)
    fine = [row for row in one.rows if row.step_min <= step]
    if not fine:
        return full
    own = midnights(wide_first, wide_last, one.zone_name)
    values, _ = grid(columns(fine, wide_first), own, step)
    offset = (begin - int(own[0])) // step
    part = values[offset : offset + slots]
    full[: len(part)] = part
    return full

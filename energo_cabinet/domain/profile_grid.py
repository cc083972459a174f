"""Interval values of a span on one even grid of instants: joined, brought to a coarser step, gaps kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from energo_cabinet.domain.clock import epoch_day, midnight, midnights
from energo_cabinet.domain.day_energy import expected_values, steps_of_days
from energo_cabinet.domain.load_profile import ProfileValues
from energo_cabinet.domain.profile_day import MISSING, DayRow
from energo_cabinet.models import ReadingQuality

Values = NDArray[np.int64]
Qualities = NDArray[np.uint8]

# by rank, the worst of several values decides the quality of their sum
_BY_RANK = np.array(
    [
        ReadingQuality.VALID,
        ReadingQuality.MANUAL,
        ReadingQuality.ESTIMATED,
        ReadingQuality.NON_COMMERCIAL,
        ReadingQuality.MISSING,
    ],
    np.uint8,
)
_RANK = np.argsort(_BY_RANK).astype(np.uint8)


def grid(rows: Sequence[DayRow], first: date, last: date, zone_name: str, step_min: int) -> tuple[Values, Qualities]:
    """Wh and quality of every interval of `step_min` from the first local midnight to the last.

    `step_min` is a multiple of the steps of all rows. An interval of which a part is missing is MISSING.
    """
    begins = midnights(first, last, zone_name)
    slots = -(-int(begins[-1] - begins[0]) // step_min)
    values, quality = np.full(slots, MISSING, np.int64), np.full(slots, ReadingQuality.MISSING, np.uint8)
    for step in {row[1] for row in rows}:
        own = [row for row in rows if row[1] == step]
        fine, marks = _laid_out(own, begins, epoch_day(first), step)
        coarse, coarse_marks = _coarser(fine, marks, step_min // step, slots)
        present = coarse != MISSING
        values[present], quality[present] = coarse[present], coarse_marks[present]
    return values, quality


def _laid_out(rows: Sequence[DayRow], begins: Values, origin: int, step: int) -> tuple[Values, Qualities]:
    """Values of one step at their places between the first midnight and the last."""
    places = (begins - begins[0]) // step
    values = np.full(int(places[-1]), MISSING, np.int64)
    for row in rows:
        day = row[0] - origin
        start, end = places[day], places[day + 1]
        found = np.frombuffer(row[4], "<i4")[: end - start]
        values[start : start + len(found)] = found
    quality = np.where(values == MISSING, ReadingQuality.MISSING, ReadingQuality.VALID).astype(np.uint8)
    _mark(quality, ((places[row[0] - origin], row[5]) for row in rows if row[5] is not None))
    return values, quality


def _mark(quality: Qualities, stored: Iterable[tuple[int, bytes]]) -> None:
    """Write stored qualities over the present values; unknown codes count as non-commercial."""
    for start, q in stored:
        own = quality[start : start + len(q)]
        marks = np.frombuffer(q, np.uint8)[: len(own)]
        known = np.where(marks < len(_BY_RANK), marks, ReadingQuality.NON_COMMERCIAL)
        own[own != ReadingQuality.MISSING] = known[own != ReadingQuality.MISSING]


def _coarser(values: Values, quality: Qualities, factor: int, slots: int) -> tuple[Values, Qualities]:
    """Sums of `factor` neighbours and their worst quality."""
    if factor == 1:
        return values, quality
    short = slots * factor - len(values)
    values = np.pad(values, (0, short), constant_values=MISSING).reshape(-1, factor)
    quality = np.pad(quality, (0, short), constant_values=ReadingQuality.MISSING).reshape(-1, factor)
    gaps = (values == MISSING).any(axis=1)
    worst = _BY_RANK[_RANK[quality].max(axis=1)]
    return np.where(gaps, MISSING, values.sum(axis=1)), np.where(gaps, np.uint8(ReadingQuality.MISSING), worst)


def measure(
    rows: Sequence[DayRow], first: date, last: date, zone_name: str, step_min: int, ratio: Decimal, at: datetime
) -> ProfileValues:
    """Values of a span by `step_min`, or by the coarsest step stored in it, times `ratio`."""
    step = max([step_min, *{row[1] for row in rows}])
    wh, marks = grid(rows, first, last, zone_name, step)
    start = midnight(first, zone_name)
    minutes = sum(row[2] * row[1] for row in rows)
    total = (sum(row[3] for row in rows) * ratio).scaleb(-3) if minutes else None
    top = int(wh.argmax()) if (wh != MISSING).any() else None
    top_at = None if top is None else start + timedelta(minutes=step * top)
    return ProfileValues(
        step_min=step,
        start=start.astimezone(ZoneInfo(zone_name)),
        energy=np.where(wh == MISSING, np.nan, wh * float(ratio) / 1000),
        marks=marks,
        total_kwh=total,
        maximum_kwh=None if top is None else (int(wh[top]) * ratio).scaleb(-3),
        maximum_at=top_at and top_at.astimezone(ZoneInfo(zone_name)),
        average_kw=None if total is None else total * 60 / minutes,
        day_counts=_counts_by_day(rows, first, last, zone_name, at),
    )


def _counts_by_day(rows: Sequence[DayRow], first: date, last: date, zone_name: str, at: datetime) -> Values:
    """Per local day: values present, values expected by `at`, minutes between them."""
    begins = midnights(first, last, zone_name)
    index = np.array([row[0] for row in rows], np.int64) - epoch_day(first)
    present = np.zeros(len(begins) - 1, np.int64)
    present[index] = [row[2] for row in rows]
    expected = expected_values(rows, index, begins, present, at)
    return np.stack([present, expected, steps_of_days(rows, index, len(present))], axis=1)

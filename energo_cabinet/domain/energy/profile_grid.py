"""Interval values of a span on one even grid of instants: joined, brought to a coarser step, gaps kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from energo_cabinet.domain.energy.load_profile import ProfileValues
from energo_cabinet.domain.time.local_day import midnight, midnights
from energo_cabinet.domain.values.day_columns import DayColumns, columns, expected_values, spread
from energo_cabinet.domain.values.profile_day import MISSING, DayRow
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


def grid(found: DayColumns, begins: Values, step_min: int) -> tuple[Values, Qualities]:
    """Wh and quality of every interval of `step_min` from the first local midnight to the last.

    `step_min` is a multiple of the steps of all rows. An interval of which a part is missing is MISSING.
    """
    steps = set(found.step_min.tolist())
    if steps == {step_min}:
        return _laid_out(found, begins, step_min)
    slots = -(-int(begins[-1] - begins[0]) // step_min)
    values, quality = np.full(slots, MISSING, np.int64), np.full(slots, ReadingQuality.MISSING, np.uint8)
    for step in steps:
        fine, marks = _laid_out(found.where(found.step_min == step), begins, step)
        coarse, coarse_marks = _coarser(fine, marks, step_min // step, slots)
        present = coarse != MISSING
        values[present], quality[present] = coarse[present], coarse_marks[present]
    return values, quality


def _laid_out(found: DayColumns, begins: Values, step: int) -> tuple[Values, Qualities]:
    """Values of one step at their places between the first midnight and the last."""
    places = -(-(begins - begins[0]) // step)
    lengths = np.array(list(map(len, found.vals)), np.int64) // 4
    if len(lengths) == len(begins) - 1 and np.array_equal(lengths, np.diff(places)):
        values = np.frombuffer(b"".join(found.vals), "<i4").astype(np.int64)
    else:
        values = np.full(int(places[-1]), MISSING, np.int64)
        for vals, start, end in zip(found.vals, places[found.place], places[found.place + 1], strict=True):
            own = np.frombuffer(vals, "<i4")[: end - start]
            values[start : start + len(own)] = own
    quality = (values == MISSING).astype(np.uint8) * np.uint8(ReadingQuality.MISSING)
    if found.is_marked:
        _mark(quality, zip(places[found.place], found.q, strict=True))
    return values, quality


def _mark(quality: Qualities, stored: Iterable[tuple[int, bytes | None]]) -> None:
    """Write stored qualities over the present values; unknown codes count as non-commercial."""
    for start, q in stored:
        if q is None:
            continue
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
    begins, found = midnights(first, last, zone_name), columns(rows, first)
    step = max(step_min, int(found.step_min.max(initial=0)))
    wh, marks = grid(found, begins, step)
    gaps = marks == ReadingQuality.MISSING
    minutes = int((found.n * found.step_min).sum())
    total = (int(found.total.sum()) * ratio).scaleb(-3) if minutes else None
    top = int(wh.argmax()) if not gaps.all() else None
    start = midnight(first, zone_name)
    top_at = None if top is None else start + timedelta(minutes=step * top)
    return ProfileValues(
        step_min=step,
        start=start.astimezone(ZoneInfo(zone_name)),
        energy=np.where(gaps, np.nan, (wh if ratio == 1 else wh * float(ratio)) / 1000),
        marks=marks,
        total_kwh=total,
        maximum_kwh=None if top is None else (int(wh[top]) * ratio).scaleb(-3),
        maximum_at=top_at and top_at.astimezone(ZoneInfo(zone_name)),
        average_kw=None if total is None else total * 60 / minutes,
        count_days=partial(_counts_by_day, found, begins, at),
    )


def _counts_by_day(found: DayColumns, begins: Values, at: datetime) -> Values:
    """Per local day: values present, values expected by `at`, minutes between them."""
    present, steps = spread(found, len(begins) - 1)
    return np.stack([present, expected_values(steps, begins, present, at), steps], axis=1)

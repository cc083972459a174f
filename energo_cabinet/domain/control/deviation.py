"""Limits against measured days, many days at once: rows are days, columns intervals of Wh, MISSING for a gap.

Bounds are columns with a value per row; 0 is "not set". Minutes count from local midnight as time passes.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from energo_cabinet.domain.control.plan_fact import Verdict, verdicts
from energo_cabinet.domain.values.hour_values import HOUR_MIN
from energo_cabinet.domain.values.profile_day import LARGEST_WH, MISSING
from energo_cabinet.models import LimitKind as LimitKind

Wh = NDArray[np.int64]
Mask = NDArray[np.bool_]


class Breach(NamedTuple):
    """Intervals in a row outside a limit. `value` and `bound` of the worst one (Wh; of power W), at `worst_min`."""

    row: int
    kind: LimitKind
    start_min: int
    end_min: int
    direction: int
    intervals: int
    value: int
    bound: int
    worst_min: int
    excess_wh: int


class Newest(NamedTuple):
    """The last known interval of each row: its value, its bound and the minute it ends; −1 where nothing is known."""

    value: Wh
    bound: Wh
    end_min: Wh


class Standing(StrEnum):
    """How a value stands to its limit."""

    UNSET = "unset"
    UNKNOWN = "unknown"
    WITHIN = "within"
    NEAR = "near"
    OVER = "over"


def standing(kind: LimitKind, value: int, bound: int, corridor_bp: int, near_percent: int) -> Standing:
    """Within, near or over; `near_percent`: from so much of the limit (of the corridor, for a plan) on."""
    is_plan = kind is LimitKind.PLAN
    if corridor_bp <= 0 if is_plan else bound <= 0:
        return Standing.UNSET
    if value < 0:
        return Standing.UNKNOWN
    used, room = (abs(value - bound) * 10_000, bound * corridor_bp) if is_plan else (value, bound)
    if used > room:
        return Standing.OVER
    return Standing.NEAR if used * 100 >= room * near_percent and used else Standing.WITHIN


def hour_breaches(hours: Wh, bounds: Wh) -> Iterator[Breach]:
    """Hours above their limit."""
    limits = np.broadcast_to(bounds[:, None], hours.shape)
    outside = hours > np.where(bounds > 0, bounds, LARGEST_WH)[:, None]
    yield from _runs(LimitKind.HOUR, outside, hours, limits, HOUR_MIN, 1)


def power_breaches(values: Wh, step_min: int, bounds_w: Wh) -> Iterator[Breach]:
    """Intervals whose average power is above its limit."""
    most_wh = np.where(bounds_w > 0, bounds_w * step_min // HOUR_MIN, LARGEST_WH)[:, None]
    rows = np.flatnonzero((values > most_wh).any(axis=1))
    if not len(rows):
        return
    limits = np.broadcast_to(bounds_w[rows, None], (len(rows), values.shape[1]))
    for breach in _runs(
        LimitKind.POWER, values[rows] > most_wh[rows], power_of(values[rows], step_min), limits, step_min, 1
    ):
        yield breach._replace(row=int(rows[breach.row]), excess_wh=breach.excess_wh * step_min // HOUR_MIN)


def plan_breaches(hours: Wh, plan: Wh, corridor_bp: Wh) -> Iterator[Breach]:
    """Hours above the corridor of their plan, then hours below it."""
    room = np.where(corridor_bp > 0, corridor_bp, LARGEST_WH)[:, None]
    marks = verdicts(plan, hours, room)
    if (marks > Verdict.WITHIN).any():
        yield from _runs(LimitKind.PLAN, marks == Verdict.ABOVE, hours, plan, HOUR_MIN, 1)
        yield from _runs(LimitKind.PLAN, marks == Verdict.BELOW, hours, plan, HOUR_MIN, -1)


def sum_breaches(kind: LimitKind, values: Wh, step_min: int, bounds: Wh, before: Wh | None = None) -> Iterator[Breach]:
    """Days whose sum, with what was consumed `before` them, passes a limit: from the interval that does on."""
    present = values != MISSING
    parts = np.where(present, values, 0)
    begun = np.zeros(len(values), np.int64) if before is None else before
    sums = begun + parts.sum(axis=1)
    for row in np.flatnonzero((sums > bounds) & (bounds > 0) & (begun <= bounds)).tolist():
        first = int(np.argmax(begun[row] + np.cumsum(parts[row]) > bounds[row]))
        end = (int(np.flatnonzero(present[row])[-1]) + 1) * step_min
        total, bound = int(sums[row]), int(bounds[row])
        yield Breach(row, kind, first * step_min, end, 1, 1, total, bound, end - step_min, total - bound)


def newest(values: Wh, bounds: Wh, step_min: int) -> Newest:
    """The last interval of each row for which both are known; `bounds` a column or as many as values."""
    limits = np.broadcast_to(bounds[:, None] if bounds.ndim == 1 else bounds, values.shape)
    both = (values != MISSING) & (limits != MISSING)
    some = both.any(axis=1)
    whole = both[:, -1].all()
    last = np.full(len(values), values.shape[1] - 1) if whole else values.shape[1] - 1 - both[:, ::-1].argmax(axis=1)
    rows = np.arange(len(values))
    value, bound = values[rows, last], limits[rows, last]
    return Newest(
        np.where(some, value, -1), np.where(some, bound, np.where(limits[:, 0] > 0, limits[:, 0], 0)),
        np.where(some, (last + 1) * step_min, -1),
    )  # fmt: skip


def power_of(values: Wh, step_min: int) -> Wh:
    """Average power of intervals, whole W."""
    return np.where(values == MISSING, MISSING, values * HOUR_MIN // step_min)


def _runs(kind: LimitKind, outside: Mask, values: Wh, limits: Wh, step_min: int, direction: int) -> Iterator[Breach]:
    """Intervals in a row; the worst one is the one farthest outside, the first of equal ones."""
    hit = np.flatnonzero(outside.any(axis=1))
    if not len(hit):
        return
    edges = np.diff(np.pad(outside[hit].astype(np.int8), ((0, 0), (1, 1))), axis=1)
    (rows, starts), (_, ends) = np.nonzero(edges == 1), np.nonzero(edges == -1)
    for row, start, end in zip(hit[rows].tolist(), starts.tolist(), ends.tolist(), strict=True):
        off = abs(values[row, start:end] - limits[row, start:end])
        worst = start + int(off.argmax())
        yield Breach(
            row, kind, start * step_min, end * step_min, direction, end - start,
            int(values[row, worst]), int(limits[row, worst]), worst * step_min, int(off.sum()),
        )  # fmt: skip

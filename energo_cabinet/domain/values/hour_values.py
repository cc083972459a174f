"""Energy by the hour out of finer intervals: arrays of Wh, MISSING for a gap. An hour with a gap inside is a gap."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from energo_cabinet.domain.time.local_day import slot_starts, slots_of_day
from energo_cabinet.domain.values.profile_day import MISSING, DayRow, decode_values

Wh = NDArray[np.int64]

HOUR_MIN = 60


def hours_of_day(day: date, zone_name: str) -> int:
    """How many hours a local day has: 24, or 23 and 25 where the clock changes."""
    return slots_of_day(day, zone_name, HOUR_MIN)


def to_hours(values: Wh, step_min: int) -> Wh:
    """Sums over hours along the last axis; all MISSING where the step does not divide an hour."""
    factor = max(HOUR_MIN // step_min, 1)
    hours = -(-values.shape[-1] * step_min // HOUR_MIN)
    if HOUR_MIN % step_min:
        return np.full((*values.shape[:-1], hours), MISSING, np.int64)
    if factor == 1:
        return values
    short = [(0, 0)] * (values.ndim - 1) + [(0, hours * factor - values.shape[-1])]
    parts = np.pad(values, short, constant_values=MISSING).reshape(*values.shape[:-1], hours, factor)
    return np.where((parts == MISSING).any(axis=-1), MISSING, parts.sum(axis=-1))


def scaled(values: Wh, ratio: float) -> Wh:
    """Values times a transformer ratio, whole Wh; gaps stay."""
    if ratio == 1:
        return values
    return np.where(values == MISSING, MISSING, np.rint(values * ratio).astype(np.int64))


def hours_of_row(row: DayRow | None, hours: int, ratio: float = 1) -> Wh:
    """A stored day as exactly `hours` values; a day without a row is a gap."""
    if row is None:
        return np.full(hours, MISSING, np.int64)
    found = to_hours(scaled(decode_values(row.vals), ratio), row.step_min)
    if len(found) == hours:
        return found
    full = np.full(hours, MISSING, np.int64)
    full[: len(found)] = found[:hours]
    return full


def added(parts: Iterable[Wh]) -> Wh:
    """The sum over several points; an hour that one of them misses is a gap."""
    stacked = np.stack(list(parts))
    return np.where((stacked == MISSING).any(axis=0), MISSING, stacked.sum(axis=0))


def wall_hours(day: date, zone_name: str) -> list[int]:
    """What the clock on the wall shows at the beginning of each hour; one comes twice, or never, when it changes."""
    return [start.hour for start in slot_starts(day, zone_name, HOUR_MIN)]


def known(values: Wh) -> int:
    """How many are known."""
    return int((values != MISSING).sum())


def encode_hours(values: Sequence[int | None]) -> bytes:
    """Values to the blob of a plan's day; None for no value."""
    return np.array([MISSING if v is None else v for v in values], "<i4").tobytes()

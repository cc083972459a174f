"""Interval values of one series and local day as stored: `ProfileDay.vals` and `.q` from and to arrays.

Slots are counted in elapsed time from local midnight, so the hour that comes twice has slots of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from energo_cabinet.domain.time.local_day import epoch_day, from_epoch_day, local_day, midnight, slots_of_day

MISSING = -(2**31)
"""A slot without a value."""

LARGEST_WH = 2**31 - 1
"""Largest value of a slot: 2.1 GWh."""

# ReadingQuality as bytes. The parsing process must not load the tables (a second of start-up), so not from models.
QUALITY_VALID, QUALITY_NON_COMMERCIAL, QUALITY_MISSING = 0, 3, 4

Values = NDArray[np.int64]
Bytes = NDArray[np.uint8]


class DayRow(NamedTuple):
    """One local day: `n` values present, `total` their sum (Wh, varh), `vals` and `q` as in ProfileDay."""

    day: int
    step_min: int
    n: int
    total: int
    vals: bytes
    q: bytes | None


class Change(NamedTuple):
    """What a day does to the one stored before it, in values; `removed`: present before, absent now."""

    stored: int = 0
    replaced: int = 0
    unchanged: int = 0
    removed: int = 0

    def plus(self, other: Change) -> Change:
        """The sum of both."""
        return Change(*(a + b for a, b in zip(self, other, strict=True)))


def encode_day(day: int, step_min: int, values: Values, quality: Bytes | None = None) -> DayRow:
    """Values (Wh, MISSING for a gap; one per slot) to a row; ValueError beyond int32 or below zero."""
    present = values != MISSING
    kept = values[present]
    if kept.size and (kept.min() < 0 or kept.max() > LARGEST_WH):
        raise ValueError("a value does not fit")
    q = None
    if quality is not None and quality[present].any():
        q = np.where(present, quality, QUALITY_MISSING).astype(np.uint8).tobytes()
    return DayRow(day, step_min, int(present.sum()), int(kept.sum()), values.astype("<i4").tobytes(), q)


def decode_values(vals: bytes) -> Values:
    """`vals` to int64 Wh, MISSING where there is none."""
    return np.frombuffer(vals, "<i4").astype(np.int64)


def decode_quality(vals: bytes, q: bytes | None) -> Bytes:
    """Quality of every slot of a day."""
    if q is not None:
        return np.frombuffer(q, np.uint8)
    return np.where(decode_values(vals) == MISSING, QUALITY_MISSING, QUALITY_VALID).astype(np.uint8)


def rows_of(starts: Values, values: Values, quality: Bytes | None, step_min: int, zone_name: str) -> list[DayRow]:
    """Day rows of values whose intervals begin at `starts` (epoch seconds, ascending, distinct).

    ValueError when a start is no slot boundary of its local day.
    """
    rows: list[DayRow] = []
    at, step = 0, step_min * 60
    while at < len(starts):
        date_ = local_day(datetime.fromtimestamp(int(starts[at]), UTC), zone_name)
        first = int(midnight(date_, zone_name).timestamp())
        end = int(np.searchsorted(starts, int(midnight(date_ + timedelta(days=1), zone_name).timestamp())))
        slots, rest = np.divmod(starts[at:end] - first, step)
        if rest.any():
            raise ValueError(f"an interval of {date_} does not begin on a multiple of {step_min} minutes")
        full = np.full(slots_of_day(date_, zone_name, step_min), MISSING, np.int64)
        full[slots] = values[at:end]
        marks = None
        if quality is not None:
            marks = np.zeros(len(full), np.uint8)
            marks[slots] = quality[at:end]
        rows.append(encode_day(epoch_day(date_), step_min, full, marks))
        at = end
    return rows


def relocate(rows: Iterable[DayRow], from_zone: str, to_zone: str) -> list[DayRow]:
    """Day rows local to one zone as rows local to another; ValueError when their slots do not meet."""
    found: list[DayRow] = []
    for step, group in _by_step(rows):
        starts, values, quality = _instants(group, step, from_zone)
        found += rows_of(starts, values, quality, step, to_zone)
    return found


def _by_step(rows: Iterable[DayRow]) -> Iterator[tuple[int, list[DayRow]]]:
    ordered = sorted(rows)
    for step in sorted({row.step_min for row in ordered}):
        yield step, [row for row in ordered if row.step_min == step]


def _instants(rows: list[DayRow], step: int, zone_name: str) -> tuple[Values, Values, Bytes]:
    starts, values, quality = [], [], []
    for row in rows:
        vals = decode_values(row.vals)
        present = vals != MISSING
        first = int(midnight(from_epoch_day(row.day), zone_name).timestamp())
        starts.append((first + np.arange(len(vals)) * step * 60)[present])
        values.append(vals[present])
        quality.append(decode_quality(row.vals, row.q)[present])
    return np.concatenate(starts), np.concatenate(values), np.concatenate(quality)


def merge(old: DayRow, new: DayRow) -> DayRow:
    """`old` with the values that `new` has; `new` alone when their steps or lengths differ."""
    if (old.step_min, len(old.vals)) != (new.step_min, len(new.vals)):
        return new
    values = decode_values(new.vals)
    gaps = values == MISSING
    if not gaps.any():
        return new
    quality = np.where(gaps, decode_quality(old.vals, old.q), decode_quality(new.vals, new.q))
    return encode_day(new.day, new.step_min, np.where(gaps, decode_values(old.vals), values), quality)


def change(old: DayRow | None, sent: DayRow, kept: DayRow) -> Change:
    """Count what becomes of the values `sent` when `kept` takes the place of `old`."""
    if old is None:
        return Change(stored=sent.n)
    if old.vals == sent.vals and old.q == sent.q and old.step_min == sent.step_min:
        return Change(unchanged=sent.n)
    if (old.step_min, len(old.vals)) != (sent.step_min, len(sent.vals)):
        return Change(replaced=sent.n)
    before, now, after = decode_values(old.vals), decode_values(sent.vals), decode_values(kept.vals)
    present, had = now != MISSING, before != MISSING
    same = (before == now) & (decode_quality(old.vals, old.q) == decode_quality(sent.vals, sent.q))
    return Change(
        stored=int((present & ~had).sum()),
        replaced=int((present & had & ~same).sum()),
        unchanged=int((present & same).sum()),
        removed=int((had & (after == MISSING)).sum()),
    )

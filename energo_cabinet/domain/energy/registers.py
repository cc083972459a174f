"""Energy of months, weeks and days from register readings, where a meter sends no intervals.

A boundary takes the reading within an hour of it. Without one, energy is allocated linearly between the two readings
around it and marked estimated, but only between readings at most two days (days), two weeks (weeks) or 62 days
(months) apart: a flat line is not invented from monthly readings. Before the first and after the last reading nothing
is known: such a bucket counts up to that reading and is partial. A register that falls, or another meter whose first
reading comes later than a day after the old one's last, leaves a gap.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from energo_cabinet.domain.energy.bucket_sums import BucketEnergy
from energo_cabinet.domain.time.local_day import By, Span, local_day, midnight
from energo_cabinet.models import ReadingQuality

SNAP = timedelta(hours=1)
REPLACEMENT, HANDOVER = timedelta(days=1), timedelta(minutes=5)
"""Between two meters so long nothing is counted; what was read within the shorter one is exact."""

FARTHEST = {"days": timedelta(days=2), "weeks": timedelta(days=14), "months": timedelta(days=62)}


class RegisterValue(NamedTuple):
    """What a register showed at an instant (aware UTC), Wh."""

    read_at: datetime
    register_wh: int
    meter_id: int | None
    quality: int


class _Part(NamedTuple):
    """Energy of one register between two instants."""

    wh: float
    is_estimated: bool
    first: datetime
    last: datetime


def register_spans(
    readings: Mapping[str, Sequence[RegisterValue]], spans: Sequence[Span], by: By, zone_name: str, at: datetime
) -> list[BucketEnergy]:
    """Energy of each span from the registers of all zones, ordered by time; unknown in one zone is unknown."""
    zones = [_Register(readings[zone], FARTHEST[by]) for zone in sorted(readings)]
    today = local_day(at, zone_name)
    return [_bucket(zones, span, zone_name, today) for span in spans]


def _bucket(zones: Sequence[_Register], span: Span, zone_name: str, today: date) -> BucketEnergy:
    start, end = midnight(span.first, zone_name), midnight(span.last + timedelta(days=1), zone_name)
    parts = [register.between(start, end) for register in zones]
    known = [part for part in parts if part is not None]
    expected = max(0, (min(span.last, today - timedelta(days=1)) - span.first).days + 1)
    is_open = span.is_clipped or span.last >= today
    if len(known) < len(parts) or not known:
        return BucketEnergy(None, 0, expected, False, False, is_open)
    first, last = max(part.first for part in known), min(part.last for part in known)
    return BucketEnergy(
        wh=tuple(round(part.wh) for part in known),
        present=min(expected, (last - first + 2 * SNAP).days),
        expected=expected,
        is_estimated=any(part.is_estimated for part in known),
        is_non_commercial=False,
        is_partial=is_open or first > start + SNAP or last < end - SNAP,
    )


class _Register:
    """One register over time."""

    def __init__(self, values: Sequence[RegisterValue], farthest: timedelta) -> None:
        self.values, self.farthest = values, farthest
        self.times = [v.read_at for v in values]

    def between(self, start: datetime, end: datetime) -> _Part | None:
        """Energy between two instants; None where it is not known."""
        if len(self.times) < 2:
            return None
        start, end = self._snap(start), self._snap(end)
        first, last = max(start, self.times[0]), min(end, self.times[-1])
        if first >= last:
            return None
        wh, is_estimated = 0.0, False
        for i in range(max(1, bisect_left(self.times, first)), len(self.times)):
            if self.times[i - 1] >= last:
                break
            part = self._step(i, first, last)
            if part is None:
                return None
            wh, is_estimated = wh + part.wh, is_estimated or part.is_estimated
        return _Part(wh, is_estimated, first, last)

    def _step(self, i: int, first: datetime, last: datetime) -> _Part | None:
        """Energy between readings i-1 and i, as far as it lies in first…last."""
        before, after = self.values[i - 1], self.values[i]
        begin, end = max(before.read_at, first), min(after.read_at, last)
        if begin >= end:
            return _Part(0, False, begin, end)
        apart = after.read_at - before.read_at
        if before.meter_id != after.meter_id:
            return _Part(0, apart > HANDOVER, begin, end) if apart <= REPLACEMENT else None
        energy = after.register_wh - before.register_wh
        is_whole = end - begin == apart
        if energy < 0 or (not is_whole and apart > self.farthest):
            return None
        estimated = not is_whole or ReadingQuality.ESTIMATED in (before.quality, after.quality)
        return _Part(energy * ((end - begin) / apart), estimated, begin, end)

    def _snap(self, at: datetime) -> datetime:
        """The reading's instant when there is one within an hour."""
        i = bisect_left(self.times, at)
        near = [t for t in self.times[max(0, i - 1) : i + 1] if abs(t - at) <= SNAP]
        return min(near, key=lambda t: abs(t - at), default=at)

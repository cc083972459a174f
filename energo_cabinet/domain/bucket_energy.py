"""Energy of months, weeks and days from daily sums."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

import numpy as np

from energo_cabinet.domain.clock import Span, epoch_day, local_day
from energo_cabinet.domain.day_energy import Counts, DayEnergy, Marks


class BucketEnergy(NamedTuple):
    """`wh` by zone, before any ratio the cabinet applies; None: nothing is known."""

    wh: tuple[int, ...] | None
    present: int
    expected: int
    is_estimated: bool
    is_non_commercial: bool
    is_partial: bool


UNKNOWN = BucketEnergy(None, 0, 0, False, False, False)


def from_days(energy: DayEnergy, spans: Sequence[Span], zone_name: str, at: datetime) -> list[BucketEnergy]:
    """Sums over spans that lie within the days of `energy`; spans without days are UNKNOWN."""
    origin, today = epoch_day(energy.first), local_day(at, zone_name)
    firsts = np.array([epoch_day(s.first) - origin for s in spans], np.int64)
    ends = np.maximum(np.array([epoch_day(s.last) - origin + 1 for s in spans], np.int64), firsts)
    wh = zip(*(_sums(energy.wh[:, z], firsts, ends) for z in range(len(energy.zones))), strict=True)
    return [
        BucketEnergy(sums if present else None, present, expected, bool(e), bool(n), _is_partial(span, today))
        for span, sums, present, expected, e, n in zip(
            spans,
            wh,
            _sums(energy.present, firsts, ends),
            _sums(energy.expected, firsts, ends),
            _sums(energy.estimated, firsts, ends),
            _sums(energy.non_commercial, firsts, ends),
            strict=True,
        )
    ]


def _is_partial(span: Span, today: date) -> bool:
    return span.is_clipped or span.last >= today


def _sums(values: Counts | Marks, firsts: Counts, ends: Counts) -> list[int]:
    """values[first:end].sum() for each pair, by one running sum."""
    running = np.concatenate([[0], np.cumsum(values, dtype=np.int64)])
    return (running[ends] - running[firsts]).tolist()

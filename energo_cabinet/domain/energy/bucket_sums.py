"""Energy of months, weeks and days from daily sums."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from energo_cabinet.domain.energy.day_sums import DayEnergy
from energo_cabinet.domain.time.local_day import Span, epoch_day, local_day
from energo_cabinet.domain.values.day_columns import Counts


class BucketEnergy(NamedTuple):
    """`wh` by zone, before any ratio the cabinet applies; None: nothing is known."""

    wh: tuple[int, ...] | None
    present: int
    expected: int
    is_estimated: bool
    is_non_commercial: bool
    is_partial: bool


UNKNOWN = BucketEnergy(None, 0, 0, False, False, False)


@dataclass(frozen=True, eq=False)
class SpanSums:
    """Daily energy added up by bucket: `wh` buckets × zones, `present` values; `starts` and `ends` index its days."""

    days: DayEnergy
    starts: Counts
    ends: Counts
    wh: Counts
    present: Counts


def sum_spans(days: DayEnergy, firsts: Counts, lasts: Counts) -> SpanSums:
    """Sums over firsts[i]…lasts[i] (epoch days within `days`); last < first is an empty bucket."""
    origin, zones = epoch_day(days.first), len(days.zones)
    starts, ends = firsts - origin, np.maximum(lasts + 1, firsts) - origin
    if len(starts) == len(days.wh):  # a bucket is a day
        return SpanSums(days, starts, ends, days.wh, days.present)
    sums = _sums((days.wh, days.present), starts, ends)
    return SpanSums(days, starts, ends, sums[:, :zones], sums[:, zones])


def bucket_energies(sums: SpanSums, spans: Sequence[Span], zone_name: str) -> list[BucketEnergy]:
    """The sums one by one; a bucket without any value is unknown."""
    days = sums.days
    today = local_day(days.at, zone_name)
    rest = _sums((days.expected, days.estimated, days.non_commercial), sums.starts, sums.ends)
    rows = zip(spans, sums.wh.tolist(), sums.present.tolist(), rest.tolist(), strict=True)
    return [
        BucketEnergy(tuple(wh) if present else None, present, expected, e > 0, n > 0, _is_partial(span, today))
        for span, wh, present, (expected, e, n) in rows
    ]


def from_days(days: DayEnergy, spans: Sequence[Span], zone_name: str) -> list[BucketEnergy]:
    """Energies of spans that lie within `days`."""
    firsts = np.array([epoch_day(span.first) for span in spans], np.int64)
    lasts = np.array([epoch_day(span.last) for span in spans], np.int64)
    return bucket_energies(sum_spans(days, firsts, lasts), spans, zone_name)


def _is_partial(span: Span, today: date) -> bool:
    return span.is_clipped or span.last >= today


def _sums(columns: Sequence[NDArray[Any]], starts: Counts, ends: Counts) -> Counts:
    """Sums of all columns over starts[i]:ends[i], by one running sum."""
    table = np.column_stack(columns)
    running = np.zeros((len(table) + 1, table.shape[1]), np.int64)
    np.cumsum(table, axis=0, out=running[1:])
    return running[ends] - running[starts]

"""Day rows turned once into columns: loops over rows stay in C."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from energo_cabinet.domain.time.local_day import epoch_day
from energo_cabinet.domain.values.profile_day import DayRow

Counts = NDArray[np.int64]


class DayColumns(NamedTuple):
    """Columns of day rows: `place` counts days from the first one asked for; `vals` and `q` as stored."""

    place: Counts
    step_min: Counts
    n: Counts
    total: Counts
    vals: Sequence[bytes]
    q: Sequence[bytes | None]

    def where(self, chosen: NDArray[np.bool_]) -> DayColumns:
        """Some of the rows."""
        rows = np.flatnonzero(chosen).tolist()
        vals, q = [self.vals[i] for i in rows], [self.q[i] for i in rows]
        return DayColumns(self.place[rows], self.step_min[rows], self.n[rows], self.total[rows], vals, q)

    @property
    def is_marked(self) -> bool:
        """Some value is not plainly valid."""
        return self.q.count(None) < len(self.q)


def columns(rows: Sequence[DayRow], first: date) -> DayColumns:
    """Columns of rows that lie on or after `first`."""
    day, step, n, total, vals, q = zip(*rows, strict=True) if rows else ((),) * 6
    place, steps, counts, totals = (np.fromiter(column, np.int64, len(rows)) for column in (day, step, n, total))
    return DayColumns(place - epoch_day(first), steps, counts, totals, vals, q)


def spread(found: DayColumns, days: int) -> tuple[Counts, Counts]:
    """Values present and minutes between values, for each of `days` days.

    A day without a row takes the finest step of the others, else 30.
    """
    present = np.zeros(days, np.int64)
    present[found.place] = found.n
    steps = np.full(days, found.step_min.min() if len(found.place) else 30, np.int64)
    steps[found.place] = found.step_min
    return present, steps


def expected_values(steps: Counts, begins: Counts, present: Counts, at: datetime) -> Counts:
    """Values that each day should have by now: intervals not yet over are not expected, unless they came."""
    lengths = np.diff(begins)
    passed = np.clip(int(at.timestamp()) // 60 - begins[:-1], 0, lengths)
    return np.maximum(np.where(passed == lengths, -(-passed // steps), passed // steps), present)

"""A load profile cut into what is drawn: bins by local day, and unbroken runs of them.

Every local day gets the same width on a date axis. A day of 46, 50 or 52 half-hours is drawn with a step of its own and
explicit labels, the days around it with `x0`/`dx`, so that a figure carries almost nothing but values.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from energo_cabinet.components.energy.quality import MARKED
from energo_cabinet.domain.energy.load_profile import LoadProfile
from energo_cabinet.domain.time.local_day import DAY_MINUTES, slots_of_day
from energo_cabinet.formatting import day as day_text

MOST_POINTS = 1500
MONTH_DAYS, QUARTER_DAYS = 31, 92
DAY_MS = 86_400_000
Shown = Literal["kw", "kwh"]


@dataclass(slots=True)
class DayBins:
    """One local day: values, greatest slots, whether marked (estimated, non-commercial).

    Bins from `future_from` on have not come yet. `is_regular`: a day of 24 hours. `start(i)`: local start of a bin.
    """

    day: date
    values: list[float | None]
    peaks: list[float | None]
    marked: list[bool]
    start: Callable[[int], datetime]
    future_from: int
    is_regular: bool

    @property
    def dx(self) -> float:
        """Width of a bin, ms of the axis."""
        return DAY_MS / len(self.values)

    def x(self, index: int) -> datetime:
        """Left edge of a bin on the axis."""
        return datetime.combine(self.day, time()) + timedelta(milliseconds=round(self.dx * index))


@dataclass(slots=True)
class Run:
    """Bins of one width side by side; `labels` only where the axis cannot name them."""

    x0: datetime
    dx: float
    values: list[float | None] = field(default_factory=list)
    marked: list[bool] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)

    def x(self, index: int) -> datetime:
        """Left edge of a bin on the axis."""
        return self.x0 + timedelta(milliseconds=round(self.dx * index))


def bin_minutes(data: LoadProfile) -> int:
    """Minutes one drawn point stands for: the step; a multiple for months; a day beyond a quarter."""
    per_day, days = DAY_MINUTES // data.step_min, len(data.days)
    most = MOST_POINTS if days <= MONTH_DAYS else MOST_POINTS // 2 if days <= QUARTER_DAYS else days
    fitting = (n for n in (1, 2, 4, 8, 12, 24, 48, 96) if per_day * days / n <= most and per_day % n == 0)
    return data.step_min * next(fitting, per_day)


def day_bins(data: LoadProfile, shown: Shown) -> Iterator[DayBins]:
    """The days of a profile; a bin of several slots shows their mean power or their energy."""
    size = bin_minutes(data) // data.step_min
    slots, marks = (data.kw if shown == "kw" else data.kwh), np.isin(data.values.marks, MARKED)
    begin = 0
    for facts in data.days:
        count = slots_of_day(facts.day, data.zone_name, data.step_min)
        heads = range(begin, begin + count, size)
        values, peaks, marked = _binned(slots, marks, heads, begin + count, shown)
        elapsed = facts.expected * facts.step_min // data.step_min
        is_regular = count * data.step_min == DAY_MINUTES
        yield DayBins(
            facts.day,
            values,
            peaks,
            marked,
            partial(_start, data, facts.day, begin, size, is_regular),
            len(heads) if elapsed >= count else elapsed // size,
            is_regular,
        )
        begin += count


def _binned(
    slots: Sequence[float | None], marks: NDArray[np.bool_], heads: range, end: int, shown: Shown
) -> tuple[list[float | None], list[float | None], list[bool]]:
    """Values, greatest slots and marks of a day's bins."""
    if heads.step == 1:
        values = list(slots[heads.start : end])
        return values, values, marks[heads.start : end].tolist()
    parts = [slots[i : min(i + heads.step, end)] for i in heads]
    marked = [bool(marks[i : min(i + heads.step, end)].any()) for i in heads]
    return [_joined(part, shown) for part in parts], [_peak(part) for part in parts], marked


def _start(data: LoadProfile, day: date, begin: int, size: int, is_regular: bool, index: int) -> datetime:
    """Local start of a day's bin; zone arithmetic only where the clock changes."""
    if not is_regular:
        return data.at(begin + index * size)
    return datetime.combine(day, time()) + timedelta(minutes=index * size * data.step_min)


def runs_of(
    days: Sequence[DayBins], digits: int, *, only_marked: bool = False, unbroken: bool = True, of_peaks: bool = False
) -> list[Run]:
    """Stretches of bins of one width; `unbroken` ones also end at every gap. Values rounded to `digits`."""
    runs: list[Run] = []
    is_open = False
    for d in days:
        is_open = is_open and bool(runs[-1].labels) != d.is_regular and runs[-1].dx == d.dx
        if only_marked and unbroken and not any(d.marked):
            is_open = False
            continue
        row = d.peaks if of_peaks else d.values
        if d.is_regular and not only_marked and None not in row:
            if not is_open:
                runs.append(Run(d.x(0), d.dx))
                is_open = True
            runs[-1].values += [round(value, digits) for value in row]  # type: ignore[arg-type]
            runs[-1].marked += d.marked
            continue
        for i, value in enumerate(row):
            shown = value if d.marked[i] or not only_marked else None
            if shown is None and unbroken:
                is_open = False
                continue
            if not is_open:
                runs.append(Run(d.x(i), d.dx))
                is_open = True
            runs[-1].values.append(None if shown is None else round(shown, digits))
            runs[-1].marked.append(d.marked[i])
            if not d.is_regular:
                runs[-1].labels.append(_label(d.start(i)))
    return runs


def gaps_of(days: Sequence[DayBins]) -> list[tuple[datetime, datetime, int]]:
    """(left edge, right edge, bins) of what did not come, the longest first; what is still to come is no gap."""
    gaps: list[tuple[datetime, datetime, int]] = []
    for d in days:
        if None not in d.values:
            continue
        for i, value in enumerate(d.values[: d.future_from]):
            if value is not None:
                continue
            left, right = d.x(i), d.x(i + 1)
            if gaps and gaps[-1][1] == left:
                gaps[-1] = (gaps[-1][0], right, gaps[-1][2] + 1)
            else:
                gaps.append((left, right, 1))
    return sorted(gaps, key=lambda gap: -gap[2])


def _joined(values: Sequence[float | None], shown: Shown) -> float | None:
    known = [v for v in values if v is not None]
    if not known:
        return None
    return sum(known) / (len(known) if shown == "kw" else 1)


def _peak(values: Sequence[float | None]) -> float | None:
    return max((v for v in values if v is not None), default=None)


def _label(start: datetime) -> str:
    offset = f"{start:%z}"
    minutes = f":{offset[3:5]}" if offset[3:5] != "00" else ""
    return f"{day_text(start.date())}, {start:%H:%M} UTC{offset[:3]}{minutes}"

"""A load profile cut into what is drawn: bins by local day, and unbroken runs of them.

Every local day gets the same width on a date axis. A day of 46, 50 or 52 half-hours is drawn with a step of its own and
explicit labels, the days around it with `x0`/`dx`, so that a figure carries almost nothing but values.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Literal

from energo_cabinet.components.quality import MARKED
from energo_cabinet.domain.clock import DAY_MINUTES, slots_of_day
from energo_cabinet.domain.load_profile import LoadProfile
from energo_cabinet.formatting import day as day_text

MOST_POINTS = 1500
MONTH_DAYS, QUARTER_DAYS = 31, 92
DAY_MS = 86_400_000
Shown = Literal["kw", "kwh"]


@dataclass(slots=True)
class DayBins:
    """One local day: values, greatest slots, whether marked (estimated, non-commercial), local starts of its bins.

    Bins from `future_from` on have not come yet. `is_regular`: a day of 24 hours.
    """

    day: date
    values: list[float | None]
    peaks: list[float | None]
    marked: list[bool]
    starts: list[datetime]
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
    scale = 60 / data.step_min if shown == "kw" else 1.0
    begin = 0
    for facts in data.days:
        count = slots_of_day(facts.day, data.zone_name, data.step_min)
        heads = range(begin, begin + count, size)
        tails = [min(i + size, begin + count) for i in heads]
        elapsed = facts.expected * facts.step_min // data.step_min
        yield DayBins(
            facts.day,
            [_joined(data.kwh[i:j], scale, shown) for i, j in zip(heads, tails, strict=True)],
            [_peak(data.kwh[i:j], scale) for i, j in zip(heads, tails, strict=True)],
            [any(q in MARKED for q in data.quality[i:j]) for i, j in zip(heads, tails, strict=True)],
            _starts(data, facts.day, heads, count),
            len(heads) if elapsed >= count else elapsed // size,
            count * data.step_min == DAY_MINUTES,
        )
        begin += count


def _starts(data: LoadProfile, day: date, heads: range, count: int) -> list[datetime]:
    """Local starts of a day's bins; zone arithmetic only where the clock changes."""
    if count * data.step_min != DAY_MINUTES:
        return [data.at(i) for i in heads]
    return [datetime.combine(day, time()) + timedelta(minutes=(i - heads.start) * data.step_min) for i in heads]


def runs_of(
    days: Sequence[DayBins], digits: int, *, only_marked: bool = False, unbroken: bool = True, of_peaks: bool = False
) -> list[Run]:
    """Stretches of bins of one width; `unbroken` ones also end at every gap. Values rounded to `digits`."""
    runs: list[Run] = []
    is_open = False
    for d in days:
        is_open = is_open and bool(runs[-1].labels) != d.is_regular and runs[-1].dx == d.dx
        for i, value in enumerate(d.peaks if of_peaks else d.values):
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
                runs[-1].labels.append(_label(d.starts[i]))
    return runs


def gaps_of(days: Sequence[DayBins]) -> list[tuple[datetime, datetime, int]]:
    """(left edge, right edge, bins) of what did not come, the longest first; what is still to come is no gap."""
    gaps: list[tuple[datetime, datetime, int]] = []
    for d in days:
        for i, value in enumerate(d.values[: d.future_from]):
            if value is not None:
                continue
            left, right = d.x(i), d.x(i + 1)
            if gaps and gaps[-1][1] == left:
                gaps[-1] = (gaps[-1][0], right, gaps[-1][2] + 1)
            else:
                gaps.append((left, right, 1))
    return sorted(gaps, key=lambda gap: -gap[2])


def _joined(values: Sequence[float | None], scale: float, shown: Shown) -> float | None:
    known = [v for v in values if v is not None]
    if not known:
        return None
    return sum(known) * scale / (len(known) if shown == "kw" else 1)


def _peak(values: Sequence[float | None], scale: float) -> float | None:
    return max((v * scale for v in values if v is not None), default=None)


def _label(start: datetime) -> str:
    offset = f"{start:%z}"
    minutes = f":{offset[3:5]}" if offset[3:5] != "00" else ""
    return f"{day_text(start.date())}, {start:%H:%M} UTC{offset[:3]}{minutes}"

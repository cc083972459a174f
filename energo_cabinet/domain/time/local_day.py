"""Days local to a meter: how many slots a day has, when each begins, which months and weeks a span touches.

A day has 46, 48, 50 or 52 half-hours when the clock changes (SECURITY section 5), so slots are counted in UTC
between two local midnights and never assumed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

By = Literal["months", "weeks", "days"]

EPOCH = date(1970, 1, 1)
DAY_MINUTES = 1440


@dataclass(frozen=True, slots=True)
class Span:
    """Days `first`…`last`, both inside. `is_clipped`: a month or week of which the asked period cuts something off."""

    first: date
    last: date
    is_clipped: bool = False

    @property
    def days(self) -> int:
        """Number of days."""
        return (self.last - self.first).days + 1


def epoch_day(day: date) -> int:
    """Days since 1970-01-01, as `ProfileDay.day`."""
    return (day - EPOCH).days


def from_epoch_day(number: int) -> date:
    """The date of `ProfileDay.day`."""
    return EPOCH + timedelta(days=number)


@lru_cache(maxsize=65536)
def midnight(day: date, zone_name: str) -> datetime:
    """The instant (UTC) at which a local day begins; the first one where midnight comes twice."""
    return datetime.combine(day, time(), ZoneInfo(zone_name)).astimezone(UTC)


@lru_cache(maxsize=65536)
def day_minutes(day: date, zone_name: str) -> int:
    """Length of a local day: 1440, or 1380, 1500, 1560 … where the clock changes."""
    return int((midnight(day + timedelta(days=1), zone_name) - midnight(day, zone_name)).total_seconds()) // 60


def slots_of_day(day: date, zone_name: str, step_min: int) -> int:
    """Number of intervals of a local day; a rest shorter than the step counts as one."""
    return -(-day_minutes(day, zone_name) // step_min)


def slot_starts(day: date, zone_name: str, step_min: int) -> list[datetime]:
    """The instants (aware, in the zone) at which the intervals of a local day begin."""
    start, zone = midnight(day, zone_name), ZoneInfo(zone_name)
    count = slots_of_day(day, zone_name, step_min)
    return [(start + timedelta(minutes=step_min * i)).astimezone(zone) for i in range(count)]


def local_day(at: datetime, zone_name: str) -> date:
    """The local day of an instant."""
    return at.astimezone(ZoneInfo(zone_name)).date()


def spans(first: date, last: date, by: By) -> list[Span]:
    """The months, weeks (from Monday) or days that `first`…`last` touches, cut to that period."""
    found: list[Span] = []
    start = first
    while start <= last:
        whole_first, whole_last = whole_span(start, by)
        end = min(whole_last, last)
        found.append(Span(start, end, is_clipped=start != whole_first or end != whole_last))
        start = end + timedelta(days=1)
    return found


@lru_cache(maxsize=512)
def span_edges(first: date, last: date, by: By) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """First and last epoch day of each of `spans(first, last, by)`."""
    start, end = epoch_day(first), epoch_day(last)
    if by == "months":
        later = [add_months(first.replace(day=1), i) for i in range(1, _months_between(first, last) + 1)]
        inner = np.array([epoch_day(day) for day in later], np.int64)
    else:
        step = 7 if by == "weeks" else 1
        inner = np.arange(epoch_day(whole_span(first, by)[0]) + step, end + 1, step, dtype=np.int64)
    firsts = np.concatenate([[start], inner])
    return firsts, np.concatenate([inner - 1, [end]])


def _months_between(first: date, last: date) -> int:
    return (last.year - first.year) * 12 + last.month - first.month


def whole_span(day: date, by: By) -> tuple[date, date]:
    """First and last day of the month, week or day around `day`."""
    if by == "days":
        return day, day
    if by == "weeks":
        monday = day - timedelta(days=day.weekday())
        return monday, monday + timedelta(days=6)
    following = (day.replace(day=28) + timedelta(days=4)).replace(day=1)
    return day.replace(day=1), following - timedelta(days=1)


def add_months(day: date, months: int) -> date:
    """The same day `months` later; the last one of a shorter month."""
    index = day.year * 12 + day.month - 1 + months
    first = date(index // 12, index % 12 + 1, 1)
    return first.replace(day=min(day.day, whole_span(first, "months")[1].day))


@lru_cache(maxsize=512)
def midnights(first: date, last: date, zone_name: str) -> NDArray[np.int64]:
    """Minutes since 1970 (UTC) at which the days `first`…`last` begin, and the end of the last: days + 1 values."""
    years = [_year_midnights(year, zone_name) for year in range(first.year, last.year + 1)]
    start = epoch_day(first) - epoch_day(date(first.year, 1, 1))
    days = epoch_day(last) - epoch_day(first) + 1
    return np.concatenate([*(y[:-1] for y in years), years[-1][-1:]])[start : start + days + 1]


@lru_cache(maxsize=1024)
def _year_midnights(year: int, zone_name: str) -> NDArray[np.int64]:
    """Midnights of a year and the first one of the next."""
    first = date(year, 1, 1)
    days = range((date(year + 1, 1, 1) - first).days + 1)
    return np.array([midnight(first + timedelta(days=i), zone_name).timestamp() // 60 for i in days], np.int64)

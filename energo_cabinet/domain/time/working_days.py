"""Working days of Russia (ТК РФ ст. 112, with the year's transfers of days off), with a supplier's own changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from holidays import HolidayBase, country_holidays

FARTHEST = 3660
"""Days looked ahead: a calendar without working days ends nowhere."""


@dataclass(frozen=True, slots=True)
class OwnDays:
    """Where a supplier's calendar differs from the country's."""

    off: frozenset[date] = frozenset()
    working: frozenset[date] = frozenset()


NONE = OwnDays()


@lru_cache
def _calendar() -> HolidayBase:
    return country_holidays("RU")


def is_working_day(day: date, own: OwnDays = NONE) -> bool:
    """Whether people work on a day."""
    if day in own.working:
        return True
    return day not in own.off and bool(_calendar().is_working_day(day))


def working_days_after(day: date, count: int, own: OwnDays = NONE) -> date:
    """The `count`-th working day after `day` (the day itself is not counted)."""
    for _ in range(FARTHEST):
        day += timedelta(days=1)
        count -= is_working_day(day, own)
        if count <= 0:
            break
    return day


def working_days_between(day: date, until: date, own: OwnDays = NONE) -> int:
    """Working days after `day` up to and including `until`; negative when `until` lies before it."""
    if until < day:
        return -working_days_between(until, day, own)
    span = min((until - day).days, FARTHEST)
    return sum(is_working_day(day + timedelta(days=n), own) for n in range(1, span + 1))

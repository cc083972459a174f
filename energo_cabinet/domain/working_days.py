"""Working days of Russia (ТК РФ ст. 112, with the year's transfers of days off)."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from holidays import HolidayBase, country_holidays


@lru_cache
def _calendar() -> HolidayBase:
    return country_holidays("RU")


def working_days_after(day: date, count: int) -> date:
    """The `count`-th working day after `day` (the day itself is not counted)."""
    return _calendar().get_nth_working_day(day, count)

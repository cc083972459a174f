"""When a supplier takes readings: from one day of the month to another (R-17); the days are the supplier's data."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class ReadingWindow:
    """The window that is open, or the next one; both days belong to it. `days_left`: after today, 0 on the last day."""

    first: date
    last: date
    is_open: bool
    days_left: int


def window_at(today: date, first_day: int, last_day: int) -> ReadingWindow:
    """The window of a day. A month too short ends it on its last day; 25…5 goes on into the next month."""
    begin = today.replace(day=1)
    for month in (begin - timedelta(days=1), begin, begin + timedelta(days=31), begin + timedelta(days=62)):
        first = _day(month, first_day)
        last = _day(month if last_day >= first_day else month.replace(day=1) + timedelta(days=31), last_day)
        if last >= today:
            is_open = first <= today
            return ReadingWindow(first, last, is_open, (last - today).days if is_open else 0)
    raise AssertionError("a month always follows")


def _day(month: date, number: int) -> date:
    return month.replace(day=min(number, monthrange(month.year, month.month)[1]))

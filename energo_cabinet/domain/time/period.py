"""Periods a person steps through: the one to begin with, the one before, the one after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from energo_cabinet.domain.time.clock import By, add_months, whole_span

MONTHS_SHOWN, WEEKS_SHOWN, PROFILE_DAYS = 12, 12, 7


@dataclass(frozen=True, slots=True)
class Period:
    """Local days `first`…`last`, both inside."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """Number of days; below 1 when reversed."""
        return (self.last - self.first).days + 1

    @property
    def is_month(self) -> bool:
        """From the 1st on, within one month: steps go by months."""
        return self.first.day == 1 and (self.first.year, self.first.month) == (self.last.year, self.last.month)


def consumption_period(by: By, anchor: date) -> Period:
    """What «months», «weeks» or «days» shows first: a year, twelve weeks or the month up to `anchor`."""
    if by == "months":
        return Period(add_months(anchor.replace(day=1), 1 - MONTHS_SHOWN), anchor)
    if by == "weeks":
        monday = whole_span(anchor, "weeks")[0]
        return Period(monday - timedelta(weeks=WEEKS_SHOWN - 1), anchor)
    return Period(anchor.replace(day=1), anchor)


def profile_period(length: str, anchor: date) -> Period:
    """A "day", "week" (seven days) or "month" that ends with `anchor`."""
    if length == "month":
        return Period(anchor.replace(day=1), anchor)
    return Period(anchor - timedelta(days=PROFILE_DAYS - 1 if length == "week" else 0), anchor)


def data_period(by: str, anchor: date) -> Period:
    """What a table of values shows first: a week of half-hours or hours, else as `consumption_period`; five years."""
    if by == "half_hours":
        return Period(anchor, anchor)
    if by == "hours":
        return profile_period("week", anchor)
    if by == "years":
        return Period(date(max(2000, anchor.year - 4), 1, 1), anchor)
    return consumption_period(by, anchor)  # type: ignore[arg-type]


def shifted(period: Period, direction: int, by: By = "days") -> Period:
    """The neighbouring period of the same kind: `direction` −1 or 1. Months and weeks move whole."""
    first, last = period.first, period.last
    if by == "months":
        months = (last.year - first.year) * 12 + last.month - first.month + 1
        start = add_months(first.replace(day=1), direction * months)
        return Period(start, whole_span(add_months(start, months - 1), "months")[1])
    if by == "weeks":
        monday, sunday = whole_span(first, "weeks")[0], whole_span(last, "weeks")[1]
        step = timedelta(days=direction * ((sunday - monday).days + 1))
        return Period(monday + step, sunday + step)
    if period.is_month and period.days > PROFILE_DAYS:
        return Period(*whole_span(add_months(first, direction), "months"))
    step = timedelta(days=direction * period.days)
    return Period(first + step, last + step)

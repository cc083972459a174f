"""Periods a person asks for and steps through: what may be asked, the one to begin with, the one before and after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from energo_cabinet.domain.time.local_day import By, add_months, whole_span
from energo_cabinet.domain.typed import day_of

YEARS = range(2000, 2101)
"""Years people ask for, bill and plan."""
MEASURED_YEARS = range(1990, 2101)
"""Years a meter can have measured in; a clock that lost its battery tells earlier ones."""
DEVICE_YEARS = range(1950, 2101)
"""Years on a device's plate and in its passport."""

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
    def all_days(self) -> list[date]:
        """Every day of it."""
        return [self.first + timedelta(days=i) for i in range(self.days)]

    def problems(self, most_days: int) -> dict[str, str]:
        """Field → error code, unless both are days of YEARS, in order, and no more than `most_days` together."""
        given = (("first", self.first), ("last", self.last))
        wrong = {name: "date_invalid" for name, day in given if type(day) is not date or day.year not in YEARS}
        if wrong:
            return wrong
        if self.days < 1:
            return {"last": "period_reversed"}
        return {"last": "period_too_long"} if self.days > most_days else {}

    @property
    def is_month(self) -> bool:
        """From the 1st on, within one month: steps go by months."""
        return self.first.day == 1 and (self.first.year, self.first.month) == (self.last.year, self.last.month)


def typed_period(first: object, last: object) -> Period:
    """The period of an address's two texts; what is no day becomes one that `problems` refuses beside its field."""
    return Period(day_of(first) or date.min, day_of(last) or date.min)


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
        return Period(date(max(YEARS.start, anchor.year - 4), 1, 1), anchor)
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

"""Periods a person steps through."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from energo_cabinet.domain.time.period import Period, consumption_period, profile_period, shifted, typed_period

NEWEST = date(2026, 11, 20)
DAYS = st.dates(date(2001, 1, 1), date(2099, 1, 1))


def test_first_periods():
    assert consumption_period("days", NEWEST) == Period(date(2026, 11, 1), NEWEST)
    assert consumption_period("weeks", NEWEST) == Period(date(2026, 8, 31), NEWEST)
    assert consumption_period("months", NEWEST) == Period(date(2025, 12, 1), NEWEST)
    assert profile_period("week", NEWEST) == Period(date(2026, 11, 14), NEWEST)
    assert profile_period("day", NEWEST).days == 1


def test_a_month_steps_to_whole_months():
    november = Period(date(2026, 11, 1), NEWEST)
    assert shifted(november, -1) == Period(date(2026, 10, 1), date(2026, 10, 31))
    assert shifted(shifted(november, -1), 1) == Period(date(2026, 11, 1), date(2026, 11, 30))


def test_weeks_and_months_step_whole():
    assert shifted(consumption_period("weeks", NEWEST), -1, "weeks") == Period(date(2026, 6, 8), date(2026, 8, 30))
    assert shifted(consumption_period("months", NEWEST), -1, "months") == Period(date(2024, 12, 1), date(2025, 11, 30))


@given(DAYS, st.integers(1, 20), st.sampled_from([-1, 1]))
def test_days_step_by_their_own_length_without_overlap(first, length, direction):
    period = Period(first, date.fromordinal(first.toordinal() + length - 1))
    if period.is_month and length > 7:
        return
    other = shifted(period, direction)
    assert other.days == length
    assert (other.last < period.first and (period.first - other.last).days == 1) or other.first > period.last


@pytest.mark.parametrize("by", ["days", "weeks", "months"])
@given(first=DAYS)
def test_back_never_reaches_into_the_period(by, first):
    period = consumption_period(by, first)
    back = shifted(period, -1, by)
    assert back.last < period.first and (period.first - back.last).days == 1


@pytest.mark.parametrize(
    ("first", "last", "problems"),
    [
        ("2026-11-01", "2026-11-30", {}),
        ("2026-11-01", "2026-12-01", {"last": "period_too_long"}),
        ("2026-11-02", "2026-11-01", {"last": "period_reversed"}),
        ("1999-12-31", "2101-01-01", {"first": "date_invalid", "last": "date_invalid"}),
        ("2026-W48-1", "2026-11-30", {"first": "date_invalid"}),
        ("2026-11-01", None, {"last": "date_invalid"}),
    ],
)
def test_what_may_be_asked(first, last, problems):
    assert typed_period(first, last).problems(30) == problems

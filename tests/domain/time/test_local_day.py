"""Local days: the vectors of SECURITY section 5, months and weeks."""

from __future__ import annotations

from datetime import UTC, date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from energo_cabinet.domain.time.local_day import (
    Span,
    add_months,
    local_day,
    midnight,
    midnights,
    slot_starts,
    slots_of_day,
    spans,
)

VECTORS = [
    ("Europe/Moscow", date(2010, 3, 28), 46),
    ("Europe/Moscow", date(2010, 10, 31), 50),
    ("Europe/Moscow", date(2011, 3, 27), 46),
    ("Europe/Moscow", date(2014, 10, 26), 50),
    ("Europe/Samara", date(2010, 3, 28), 48),
    ("Europe/Samara", date(2010, 10, 31), 50),
    ("Europe/Samara", date(2011, 3, 27), 46),
    ("Europe/Volgograd", date(2018, 10, 28), 46),
    ("Europe/Volgograd", date(2020, 12, 27), 50),
    ("Europe/Saratov", date(2016, 12, 4), 46),
    ("Asia/Novosibirsk", date(2016, 7, 24), 46),
    ("Asia/Magadan", date(2014, 10, 26), 52),
    ("Asia/Magadan", date(2016, 4, 24), 46),
    ("Europe/Moscow", date(2026, 11, 21), 48),
]
ZONES = sorted({zone for zone, _, _ in VECTORS} | {"Asia/Kamchatka", "Asia/Yekaterinburg", "America/Havana"})
days = st.dates(date(2000, 1, 1), date(2035, 12, 31))


@pytest.mark.parametrize(("zone", "day", "half_hours"), VECTORS)
def test_half_hours_of_changed_clock_days(zone, day, half_hours):
    starts = slot_starts(day, zone, 30)
    assert slots_of_day(day, zone, 30) == len(starts) == half_hours
    assert all(local_day(start, zone) == day for start in starts)


@given(st.sampled_from(ZONES), days, st.sampled_from([15, 30, 60]))
def test_slots_follow_one_another_and_fill_the_day(zone, day, step):
    starts = [s.astimezone(UTC) for s in slot_starts(day, zone, step)]
    assert starts[0] == midnight(day, zone)
    assert {b - a for a, b in pairwise(starts)} == {timedelta(minutes=step)}
    assert starts[-1] + timedelta(minutes=step) == midnight(day + timedelta(days=1), zone)


@given(st.sampled_from(ZONES), days, st.integers(0, 800))
def test_table_of_midnights_equals_each_midnight(zone, first, length):
    last = first + timedelta(days=length)
    table = midnights(first, last, zone)
    assert len(table) == length + 2
    for i in (0, length // 2, length, length + 1):
        assert table[i] * 60 == midnight(first + timedelta(days=i), zone).timestamp()


@given(days, st.integers(0, 500), st.sampled_from(["months", "weeks", "days"]))
def test_spans_cover_the_period_once(first, length, by):
    last = first + timedelta(days=length)
    found = spans(first, last, by)
    assert found[0].first == first and found[-1].last == last
    assert all(b.first - a.last == timedelta(days=1) for a, b in pairwise(found))
    assert sum(s.days for s in found) == length + 1


def test_weeks_begin_on_monday_and_cut_ones_are_marked():
    assert spans(date(2026, 11, 4), date(2026, 11, 15), "weeks") == [
        Span(date(2026, 11, 4), date(2026, 11, 8), is_clipped=True),
        Span(date(2026, 11, 9), date(2026, 11, 15)),
    ]


def test_months_of_a_leap_year():
    assert [s.last.day for s in spans(date(2024, 1, 1), date(2024, 3, 31), "months")] == [31, 29, 31]
    assert add_months(date(2024, 3, 31), -1) == date(2024, 2, 29)


def test_last_supported_days_do_not_overflow():
    assert spans(date(2100, 12, 1), date(2100, 12, 31), "months")[0].days == 31
    assert midnight(date(2101, 1, 1), "Europe/Moscow").year == 2100

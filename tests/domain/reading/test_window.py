"""When readings are taken (R-17, Э-82)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from energo_cabinet.domain.reading.window import window_at

days = st.dates(date(2000, 1, 1), date(2090, 12, 31))
numbers = st.integers(1, 31)


@pytest.mark.parametrize(
    ("today", "first", "last", "expected"),
    [
        ("2026-11-14", 15, 25, ("2026-11-15", "2026-11-25", False, 0)),
        ("2026-11-15", 15, 25, ("2026-11-15", "2026-11-25", True, 10)),
        ("2026-11-25", 15, 25, ("2026-11-15", "2026-11-25", True, 0)),
        ("2026-11-26", 15, 25, ("2026-12-15", "2026-12-25", False, 0)),
        ("2026-12-31", 15, 26, ("2027-01-15", "2027-01-26", False, 0)),
        ("2026-02-28", 20, 31, ("2026-02-20", "2026-02-28", True, 0)),
        ("2026-12-03", 25, 5, ("2026-11-25", "2026-12-05", True, 2)),
        ("2026-01-31", 25, 5, ("2026-01-25", "2026-02-05", True, 5)),
        ("2026-11-07", 1, 31, ("2026-11-01", "2026-11-30", True, 23)),
    ],
)
def test_windows_as_suppliers_set_them(today, first, last, expected):
    found = window_at(date.fromisoformat(today), first, last)
    assert (f"{found.first}", f"{found.last}", found.is_open, found.days_left) == expected


@given(days, numbers, numbers)
def test_a_window_is_open_exactly_on_its_days_and_a_closed_one_is_to_come(today, first, last):
    found = window_at(today, first, last)
    assert found.first <= found.last
    assert found.is_open == (found.first <= today <= found.last)
    assert found.is_open or today < found.first <= today + timedelta(days=62)
    assert found.days_left == ((found.last - today).days if found.is_open else 0)

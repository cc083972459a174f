"""Numbers and dates as people of both languages read them (Н-97)."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from energo_cabinet import formatting as show


@pytest.mark.parametrize(
    ("value", "language", "shown"),
    [
        (Decimal("1234.5"), "ru", "1\u00a0234,5"),
        (1234.5, "en", "1,234.5"),
        (Decimal("-0.04"), "ru", "0,0"),
        (-12.34, "ru", "−12,3"),
        (None, "ru", "—"),
    ],
)
def test_numbers(value, language, shown):
    assert show.number(value, language) == shown


def test_unit_never_leaves_its_number():
    assert show.quantity(Decimal("3124.027"), "кВт·ч", "ru", 3) == "3\u00a0124,027\u00a0кВт·ч"


@given(st.floats(0, 1))
def test_percent_says_all_or_nothing_only_when_it_is(share):
    shown = show.percent(share, "en", 1)
    assert (shown == "100.0%") == (share == 1) and (shown == "0.0%") == (share == 0)


def test_spans_in_words():
    assert show.span_words(date(2026, 11, 1), date(2026, 11, 21), "ru") == "1–21 ноября 2026"
    assert show.span_words(date(2026, 10, 28), date(2026, 11, 3), "ru") == "28 октября – 3 ноября 2026"
    assert show.span_words(date(2025, 12, 1), date(2026, 1, 2), "en") == "1 December 2025 – 2 January 2026"
    assert show.day_short(date(2026, 11, 18), "ru", weekday=True) == "ср, 18\u00a0ноя"


def test_moments_are_local_to_the_zone_given():
    at = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
    assert show.moment(at, ZoneInfo("Europe/Moscow")) == "21.11.2026, 06:00"


@pytest.mark.parametrize(
    ("n", "shown"), [(1, "1 день"), (3, "3 дня"), (11, "11 дней"), (21, "21 день"), (25, "25 дней")]
)
def test_counted_days(n, shown):
    assert show.counted(n, "points.days", "ru") == shown


def test_place_of_a_zone():
    assert show.place_of("Europe/Moscow", "ru") == "Москва"
    assert show.place_of("Nowhere/None", "ru") == "Nowhere/None"

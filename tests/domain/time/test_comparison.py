"""What is set beside a period: equal days to equal days (mock: 1–21 beside 1–21)."""

from __future__ import annotations

from datetime import date

import pytest

from energo_cabinet.domain.time.comparison import is_known, previous_spans


def edges(first: date, last: date, by) -> tuple[date, date]:
    known = [span for span in previous_spans(first, last, by) if is_known(span)]
    return known[0].first, known[-1].last


@pytest.mark.parametrize(
    ("by", "first", "last", "beside"),
    [
        ("days", date(2026, 11, 1), date(2026, 11, 21), (date(2026, 10, 1), date(2026, 10, 21))),
        ("days", date(2026, 3, 1), date(2026, 3, 31), (date(2026, 2, 1), date(2026, 2, 28))),
        ("days", date(2026, 11, 10), date(2026, 11, 20), (date(2026, 10, 30), date(2026, 11, 9))),
        ("days", date(2026, 10, 30), date(2026, 11, 2), (date(2026, 10, 26), date(2026, 10, 29))),
        ("weeks", date(2026, 11, 2), date(2026, 11, 15), (date(2026, 10, 19), date(2026, 11, 1))),
        ("weeks", date(2026, 11, 4), date(2026, 11, 15), (date(2026, 10, 21), date(2026, 11, 1))),
        ("months", date(2026, 11, 1), date(2026, 11, 30), (date(2026, 10, 1), date(2026, 10, 31))),
        ("months", date(2026, 1, 1), date(2026, 12, 31), (date(2025, 1, 1), date(2025, 12, 31))),
        ("months", date(2026, 10, 1), date(2026, 11, 21), (date(2026, 8, 1), date(2026, 9, 21))),
    ],
)
def test_period_beside(by, first, last, beside):
    assert edges(first, last, by) == beside


def test_days_the_other_month_lacks_are_left_out_not_moved():
    spans = previous_spans(date(2026, 3, 1), date(2026, 3, 31), "days")
    assert [is_known(span) for span in spans] == [True] * 28 + [False] * 3

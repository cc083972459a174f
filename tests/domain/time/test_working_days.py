"""Working days of Russia: weekends, holidays and the year's transfers (F-16)."""

from __future__ import annotations

from datetime import date

import pytest

from energo_cabinet.domain.time.working_days import working_days_after


@pytest.mark.parametrize(
    ("day", "count", "answer"),
    [
        (date(2026, 11, 20), 1, date(2026, 11, 23)),  # Friday
        (date(2026, 11, 21), 10, date(2026, 12, 4)),  # Saturday
        (date(2026, 11, 3), 1, date(2026, 11, 5)),  # День народного единства
        (date(2025, 12, 30), 1, date(2026, 1, 12)),  # New Year with its transfers
        (date(2024, 4, 26), 1, date(2024, 4, 27)),  # a Saturday that was worked
    ],
)
def test_day_of_the_answer(day, count, answer):
    assert working_days_after(day, count) == answer

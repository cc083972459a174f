"""Periods of validity: no overlap, an open one ends where the next begins."""

from __future__ import annotations

from datetime import date

import pytest

from energo_cabinet.domain.time.validity import Validity, ended, placed

OPEN, CLOSED = Validity(date(2025, 1, 1)), Validity(date(2024, 1, 1), date(2024, 12, 31))


def test_an_open_one_ends_on_the_day_before():
    wanted = Validity(date(2026, 7, 1))
    ends, in_way = placed(wanted, [OPEN, CLOSED])
    assert (ends, in_way) == (OPEN, None)
    assert ended(OPEN, wanted).last == date(2026, 6, 30)


@pytest.mark.parametrize(
    ("wanted", "in_way"),
    [
        (Validity(date(2024, 12, 31), date(2024, 12, 31)), CLOSED),
        (Validity(date(2023, 1, 1), date(2023, 12, 31)), None),
        (Validity(date(2023, 1, 1)), CLOSED),
        (Validity(date(2025, 1, 1)), OPEN),
    ],
)
def test_what_is_in_the_way_is_told(wanted, in_way):
    assert placed(wanted, [OPEN, CLOSED]) == (None, in_way)

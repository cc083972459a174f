"""What people write: whole numbers, ids and days, and what only looks like them."""

from __future__ import annotations

from datetime import date

import pytest

from energo_cabinet.domain.typed import day_of, file_day, id_of, stored_day, whole_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        *(("0", 0), ("007", 7), ("999", 999)),
        *((text, None) for text in ("1000", "", "-1", "+1", "1_0", " 7", "٣", "²", "1.0", None, 7, True)),
    ],
)
def test_whole_numbers(text, number):
    assert whole_number(text, 3) == number


@pytest.mark.parametrize(
    ("text", "row"), [("1", 1), ("2147483647", 2**31 - 1), ("2147483648", None), ("0", None), ("00000000001", None)]
)
def test_ids(text, row):
    assert id_of(text) == row


@pytest.mark.parametrize(
    ("text", "day"),
    [
        *(("2026-11-21", date(2026, 11, 21)), ("2024-02-29", date(2024, 2, 29))),
        *(
            (text, None)
            for text in ("2026-02-29", "0000-01-01", "20261121", "2026-W47-6", "2026-11-21T00:00", "", None)
        ),
        *((text, None) for text in ("21.11.2026", "٢٠٢٦-11-21", "", None, 5)),
    ],
)
def test_days(text, day):
    assert day_of(text) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        *((text, date(2026, 11, 21)) for text in ("2026-11-21", "21.11.2026", "20261121", "46347")),
        *((text, None) for text in ("21.11.26", "2026", "46347.5", "31.02.2026", "2026-W47-6", "20261301", "x", "")),
    ],
)
def test_days_of_tables(text, day):
    assert file_day(text) == day


def test_days_of_our_own_are_never_taken_for_none():
    assert (stored_day(""), stored_day("2026-11-21")) == (None, date(2026, 11, 21))
    with pytest.raises(ValueError, match="Invalid isoformat"):
        stored_day("21.11.2026")

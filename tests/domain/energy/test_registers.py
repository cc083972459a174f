"""Energy from register readings: measured, allocated and marked, or unknown; never invented (Э-82, Н-149)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from energo_cabinet.domain.energy.registers import RegisterValue, register_spans
from energo_cabinet.domain.time.local_day import midnight, spans

ZONE = "Europe/Moscow"
AT = datetime(2026, 11, 21, 9, tzinfo=UTC)
NOV = date(2026, 11, 1)


def read(
    day: int, wh: int, hours: float = 0, meter: int | None = 1, month: int = 11, quality: int = 0
) -> RegisterValue:
    at = midnight(date(2026, 11, day), ZONE) + timedelta(hours=hours)
    return RegisterValue(at, wh, meter, quality)


def days(values: list[RegisterValue], last: int = 4, by="days"):
    return register_spans({"T1": values}, spans(NOV, date(2026, 11, last), by), by, ZONE, AT)


def test_daily_readings_give_exact_days_also_a_few_minutes_off():
    found = days([read(1, 0), read(2, 5000, 0.1), read(3, 12_000, -0.2), read(4, 12_500)], last=3)
    assert [(b.wh, b.is_estimated, b.is_partial) for b in found] == [
        ((5000,), False, False),
        ((7000,), False, False),
        ((500,), False, False),
    ]


def test_a_missed_day_is_allocated_and_marked():
    found = days([read(1, 0), read(3, 4800)], last=2)
    assert [(b.wh, b.is_estimated) for b in found] == [((2400,), True)] * 2


def test_three_missed_days_stay_unknown():
    assert [b.wh for b in days([read(1, 0), read(4, 9000)], last=3)] == [None] * 3


def test_before_the_first_and_after_the_last_reading_nothing_is_known():
    found = days([read(2, 0), read(3, 5000)])
    assert [b.wh for b in found] == [None, (5000,), None, None]


def test_month_counts_up_to_its_last_reading_and_is_partial():
    (month,) = days([read(1, 0), read(20, 190_000)], last=30, by="months")
    assert (month.wh, month.is_partial, month.present, month.expected) == ((190_000,), True, 19, 20)


def test_replaced_meter_adds_both_meters():
    """The old one is taken off at noon of the 2nd; the new one begins at its own 7 kWh."""
    old, new = [read(1, 90_000), read(2, 95_000, 12)], [read(2, 7_000, 13, meter=2), read(3, 9_000, meter=2)]
    (month,) = register_spans({"T1": old + new}, spans(NOV, date(2026, 11, 2), "months"), "months", ZONE, AT)
    assert (month.wh, month.is_estimated) == ((7_000,), True)


def test_meter_replaced_after_days_without_any_leaves_a_gap():
    values = [read(1, 90_000), read(2, 95_000), read(4, 0, meter=2), read(5, 1000, meter=2)]
    assert [b.wh for b in days(values)] == [(5000,), None, None, (1000,)]


def test_falling_register_is_a_gap_not_negative_energy():
    assert [b.wh for b in days([read(1, 9000), read(2, 100), read(3, 300)], last=2)] == [None, (200,)]


def test_estimated_reading_makes_estimated_days():
    found = days([read(1, 0), read(2, 5000, quality=1), read(3, 6000), read(4, 7000)], last=3)
    assert [b.is_estimated for b in found] == [True, True, False]


def test_one_unknown_zone_makes_the_sum_unknown():
    readings = {"T1": [read(1, 0), read(2, 10)], "T2": [read(1, 0)]}
    assert register_spans(readings, spans(NOV, NOV, "days"), "days", ZONE, AT)[0].wh is None


@pytest.mark.parametrize("values", [[], [read(1, 5)]])
def test_one_reading_is_no_consumption(values):
    assert [b.wh for b in days(values, last=1)] == [None]


def test_a_replacement_with_both_registers_told_is_exact():
    old, new = [read(1, 90_000), read(2, 95_000, 12)], [read(2, 7_000, 12.01, meter=2), read(3, 9_000, meter=2)]
    (month,) = register_spans({"T1": old + new}, spans(NOV, date(2026, 11, 2), "months"), "months", ZONE, AT)
    assert (month.wh, month.is_estimated) == ((7_000,), False)

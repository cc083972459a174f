"""Intervals against registers, month by month (issue 5, section 2)."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from energo_cabinet.errors import InvalidInput
from energo_cabinet.services.quality.imbalance import imbalances
from tests import cast as make
from tests.services.quality.scene import OCTOBER, at


def compared(session, cast, number: str, registers_wh: int, wh: int = 100):
    """October of a point: 1488 half-hours of `wh` beside a register."""
    point = make.point(session, cast.contract, number)
    meter, series = make.meter(session, point, serial_number=number), make.series(session, point)
    for n in range(31):
        make.day(session, series, OCTOBER + timedelta(days=n), wh)
    values = [(at(OCTOBER), 1_000_000), (at(date(2026, 11, 1)), 1_000_000 + registers_wh)]
    make.readings(session, point, "T1", values, meter_id=meter.id)
    return point


def test_intervals_against_registers_the_worst_first(session, cast):
    compared(session, cast, "Н-1", 148_800)
    compared(session, cast, "Н-2", 140_000)
    compared(session, cast, "Н-3", 200_000)
    found = imbalances(session, cast.grigory)
    shown = [(row.number, row.difference_kwh, row.percent, row.is_over) for row in found.rows]
    assert shown[0] == ("Н-3", Decimal("-51.2"), Decimal("-25.60"), True)
    assert shown[1] == ("Н-2", Decimal("8.8"), Decimal("6.29"), True)
    assert (found.rows[2].is_over, found.over, found.compared, found.month) == (False, 2, 3, OCTOBER)


def test_a_month_without_both_registers_is_not_compared(session, cast):
    series = make.series(session, cast.point)
    make.day(session, series, OCTOBER, 100)
    make.readings(session, cast.point, "T1", [(at(OCTOBER), 1)])
    assert imbalances(session, cast.grigory).compared == 0


@pytest.mark.parametrize("month", [date(2026, 11, 1), date(2026, 10, 2), date(2020, 1, 1)])
def test_only_whole_months_of_the_last_year(session, cast, month):
    with pytest.raises(InvalidInput):
        imbalances(session, cast.grigory, month)

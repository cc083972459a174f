"""Voltage against the standard (R-10…R-13, R-16)."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from energo_cabinet.domain.network.voltage import Case, VoltageNorm, joint_minutes, judge, nominal_of
from energo_cabinet.domain.values.profile_day import MISSING

NORM = VoltageNorm(Decimal(220))
WEEK = 1008


def test_week_with_one_bad_interval():
    """REQUIREMENTS 2.3: 1 007 inside and one at 242.1 V: 1 interval, 10 minutes, 0.099 %."""
    values = np.full(WEEK, 225_000)
    values[500] = 242_100
    found = judge(values, 10, NORM)
    assert (found.present, found.beyond, found.minutes_beyond) == (WEEK, 1, 10)
    assert found.beyond_percent == Decimal("0.099")
    assert found.cases == (Case(500, 501, 242_100, 500),) and found.worst_mv == 242_100


@pytest.mark.parametrize(
    ("nominal", "low", "high"), [("220", "198", "242"), ("230", "207", "253"), ("57.7", "51.93", "63.47")]
)
def test_bands_of_the_nominal(nominal, low, high):
    assert VoltageNorm(Decimal(nominal)).limits_v == (Decimal(low), Decimal(high))


@pytest.mark.parametrize(
    ("mv", "counts"),
    [(198_000, (0, 1, 0)), (197_999, (0, 0, 1)), (209_000, (1, 0, 0)), (208_999, (0, 1, 0)), (242_001, (0, 0, 1))],
)
def test_a_value_on_the_border_is_within(mv, counts):
    found = judge(np.array([mv]), 10, NORM)
    assert (found.normal, found.near, found.beyond) == counts


def test_gaps_count_nowhere_and_part_cases():
    values = np.array([190_000, MISSING, 190_000, 191_000, 220_000])
    found = judge(values, 10, NORM)
    assert (found.present, found.beyond) == (4, 3)
    assert [(case.start, case.end) for case in found.cases] == [(0, 1), (2, 4)]


def test_nothing_came():
    found = judge(np.full(3, MISSING), 10, NORM)
    assert (found.present, found.worst_mv, found.beyond_percent, found.cases) == (0, None, None, ())


def test_phases_at_once_are_not_counted_twice():
    phases = [judge(np.array(v), 10, NORM) for v in ([190_000, 190_000, 220_000], [220_000, 190_000, 190_000])]
    assert joint_minutes(phases) == 30


@given(st.lists(st.integers(0, 400_000), min_size=1, max_size=60))
def test_every_interval_is_in_one_class(values):
    found = judge(np.array(values), 10, NORM)
    assert found.normal + found.near + found.beyond == found.present == len(values)
    assert sum(case.end - case.start for case in found.cases) == found.beyond


@pytest.mark.parametrize(
    ("plate", "volts"),
    [
        ("3*230/400", "230"),
        ("3×230/400 В", "230"),
        ("230 В", "230"),
        ("3*57,7/100", "57.7"),
        ("3x(57.7)/100 V", "57.7"),
        ("3*100", "57.7"),
        ("220", "220"),
        ("", None),
        ("—", None),
        ("9999 В", None),
    ],
)
def test_nominal_of_a_meters_plate(plate, volts):
    assert nominal_of(plate) == (None if volts is None else Decimal(volts))


def test_worst_is_the_farthest_from_the_nominal_either_way():
    assert judge(np.array([230_000, 207_000, 232_000]), 10, NORM).worst_slot == 1
    assert [NORM.tone(v) for v in (220.0, 209.0, 208.9, 242.0, 242.1)] == ["", "", "near", "near", "beyond"]

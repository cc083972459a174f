"""Series of the network: local days of 138, 144 and 150 ten-minute slots, averages (Э-60)."""

from __future__ import annotations

from datetime import UTC, date, datetime

import numpy as np
import pytest

from energo_cabinet.domain.network.network import QUANTITIES, averages, by_day, decode, encode, joined, of_group
from energo_cabinet.domain.time.local_day import epoch_day, midnight, midnights
from energo_cabinet.domain.values.profile_day import MISSING


@pytest.mark.parametrize(
    ("day", "slots"), [(date(2011, 3, 27), 138), (date(2026, 11, 20), 144), (date(2014, 10, 26), 150)]
)
def test_a_local_day_has_as_many_slots_as_minutes_allow(day, slots):
    start = int(midnight(day, "Europe/Moscow").timestamp())
    starts = np.arange(start, start + slots * 600, 600)
    found = list(by_day(starts, np.arange(slots), 10, "Europe/Moscow"))
    assert [(number, len(values)) for number, values in found] == [(epoch_day(day), slots)]
    assert found[0][1].tolist() == list(range(slots))


def test_values_before_and_after_midnight_are_two_days():
    at = int(datetime(2026, 11, 20, 20, 50, tzinfo=UTC).timestamp())
    (one, first), (two, second) = by_day(np.array([at, at + 600]), np.array([1, 2]), 10, "Europe/Moscow")
    assert two == one + 1 and first[-1] == 1 and second[0] == 2 and first[0] == MISSING


def test_ten_minutes_of_voltage_are_a_quadratic_mean():
    fine = np.array([200_000] * 5 + [240_000] * 5)
    assert averages(fine, 1, "u").tolist() == [220_907]
    assert averages(fine, 1, "p").tolist() == [220_000]


def test_less_than_half_of_an_interval_is_none():
    fine = np.full(20, MISSING)
    fine[:5], fine[10:14] = 230_000, 230_000
    assert averages(fine, 1, "u").tolist() == [230_000, MISSING]
    assert averages(np.array([-5, -7]), 5, "q").tolist() == [-6]


def test_days_join_at_their_places_with_gaps():
    begins = midnights(date(2014, 10, 25), date(2014, 10, 27), "Europe/Moscow")
    values = joined([(0, encode(np.arange(144))), (2, encode(np.arange(144)))], begins, 10)
    assert len(values) == 144 + 150 + 144
    assert values[143] == 143 and set(values[144:294].tolist()) == {MISSING} and values[294] == 0


def test_negative_values_survive():
    assert decode(encode(np.array([-32_500, MISSING, 7]))).tolist() == [-32_500, MISSING, 7]


def test_every_quantity_of_the_tile():
    """Э-60: U, I by phase; P, Q, S, cos φ by phase and in sum; f; angles."""
    assert len(QUANTITIES) == 3 + 3 + 4 * 4 + 1 + 3
    assert [q.code for q in of_group("cos")] == ["cosA", "cosB", "cosC", "cos"]
    assert QUANTITIES["UA"].shown(231_200) == 231.2

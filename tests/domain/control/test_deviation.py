"""Limits against measured days: hours, days, months, power, the corridor of a plan (F-7, Н-89, Н-94…Н-96)."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from energo_cabinet.domain.control.deviation import (
    Breach,
    Standing,
    hour_breaches,
    newest,
    plan_breaches,
    power_breaches,
    standing,
    sum_breaches,
)
from energo_cabinet.domain.values.profile_day import MISSING
from energo_cabinet.models import LimitKind

DAY, HOUR, PLAN, POWER = LimitKind.DAY, LimitKind.HOUR, LimitKind.PLAN, LimitKind.POWER


def rows(*values):
    return np.array([[MISSING if v is None else v for v in row] for row in values], np.int64)


def column(*values):
    return np.array(values, np.int64)


days = arrays(np.int64, (3, 25), elements=st.one_of(st.just(MISSING), st.integers(0, 5000)))


def test_hours_in_a_row_are_one_breach_with_its_worst_hour():
    found = list(hour_breaches(rows([5, 11, 15, 12, 5, 11]), column(10)))
    assert found == [Breach(0, HOUR, 60, 240, 1, 3, 15, 10, 120, 8), Breach(0, HOUR, 300, 360, 1, 1, 11, 10, 300, 1)]


@pytest.mark.parametrize("hours", [23, 24, 25])
def test_a_breach_lasts_to_the_end_of_a_day_of_any_length(hours):
    (found,) = hour_breaches(np.full((1, hours), 11, np.int64), column(10))
    assert (found.end_min, found.intervals, found.excess_wh) == (hours * 60, hours, hours)


def test_zero_is_not_set_and_a_gap_breaks_a_run():
    assert list(hour_breaches(rows([5, 6]), column(0))) == []
    assert [b.start_min for b in hour_breaches(rows([11, None, 11]), column(10))] == [0, 120]


def test_equal_to_the_limit_is_within():
    assert list(hour_breaches(rows([10, 10]), column(10))) == []
    assert list(power_breaches(rows([5, 5]), 30, column(10))) == []


def test_power_is_of_the_interval_and_excess_of_its_energy():
    """90 Wh in half an hour are 180 W."""
    (found,) = power_breaches(rows([90, 94, 89]), 30, column(180))
    assert (found.start_min, found.end_min, found.value, found.bound, found.excess_wh) == (30, 60, 188, 180, 4)


def test_plan_above_and_below_its_corridor():
    found = list(plan_breaches(rows([100, 112, 106, 80, None]), rows([100] * 5), column(500)))
    assert [(b.direction, b.start_min, b.intervals, b.value) for b in found] == [(1, 60, 2, 112), (-1, 180, 1, 80)]
    assert list(plan_breaches(rows([9]), rows([1]), column(0))) == []


def test_a_day_passes_its_limit_at_the_interval_that_does():
    (found,) = sum_breaches(DAY, rows([4, 4, 4, 4, None, None]), 60, column(10))
    assert (found.start_min, found.end_min, found.value, found.excess_wh, found.intervals) == (120, 240, 16, 6, 1)


def test_a_month_passes_once():
    """What was consumed before counts; days after the passing find nothing new."""
    values, bounds = rows([5, 5], [5, 5], [5, 5]), column(18, 18, 18)
    found = list(sum_breaches(LimitKind.MONTH, values, 60, bounds, column(0, 10, 20)))
    assert [(b.row, b.start_min, b.value) for b in found] == [(1, 60, 20)]


def test_newest_interval_of_each_row():
    found = newest(rows([1, 2, None], [None] * 3), column(7, 8), 60)
    assert (found.value.tolist(), found.bound.tolist(), found.end_min.tolist()) == ([2, -1], [7, 8], [120, -1])


@pytest.mark.parametrize(
    ("value", "bound", "expected"),
    [(100, 0, "unset"), (-1, 100, "unknown"), (0, 100, "within"), (89, 100, "within"), (90, 100, "near"),
     (100, 100, "near"), (101, 100, "over")],
)  # fmt: skip
def test_standing(value, bound, expected):
    assert standing(HOUR, value, bound, 0, 90) == Standing(expected)


@pytest.mark.parametrize(
    ("value", "plan", "corridor", "expected"),
    [(100, 100, 0, "unset"), (104, 100, 500, "within"), (96, 100, 500, "within"), (105, 100, 500, "near"),
     (94, 100, 500, "over"), (0, 0, 500, "within"), (1, 0, 500, "over")],
)  # fmt: skip
def test_standing_to_a_plan(value, plan, corridor, expected):
    assert standing(PLAN, value, plan, corridor, 95) == Standing(expected)


@given(days, st.integers(1, 5000))
def test_breaches_hold_every_interval_outside_and_no_other(values, bound):
    held = np.zeros(values.shape, bool)
    for breach in hour_breaches(values, np.full(3, bound)):
        held[breach.row, breach.start_min // 60 : breach.end_min // 60] = True
        assert breach.intervals == (breach.end_min - breach.start_min) // 60
    assert (held == (values > bound)).all()


@given(days, st.integers(1, 100_000))
def test_a_day_is_breached_exactly_when_its_sum_is_above(values, bound):
    sums = np.where(values == MISSING, 0, values).sum(axis=1)
    breached = {breach.row for breach in sum_breaches(DAY, values, 60, np.full(3, bound))}
    assert breached == set(np.flatnonzero(sums > bound).tolist())


@given(days, st.integers(0, 9000))
def test_a_fact_that_is_its_plan_is_never_outside(values, corridor):
    assert list(plan_breaches(values, values, np.full(3, corridor))) == []

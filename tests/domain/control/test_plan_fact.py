"""Plan against fact by the hour: zero plans, gaps, days of 23, 24 and 25 hours, prices (F-7, R-28)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from energo_cabinet.domain.control.plan_fact import Verdict, by_days, compare
from energo_cabinet.domain.control.similar_days import mean_of_similar
from energo_cabinet.domain.time.local_day import epoch_day, slots_of_day
from energo_cabinet.domain.values.hour_values import added, hours_of_day, hours_of_row, to_hours, wall_hours
from energo_cabinet.domain.values.profile_day import MISSING, encode_day

BERLIN, MOSCOW = "Europe/Berlin", "Europe/Moscow"
SPRING, AUTUMN, PLAIN = date(2026, 3, 29), date(2026, 10, 25), date(2026, 11, 21)
U, W, A, B = Verdict.UNKNOWN, Verdict.WITHIN, Verdict.ABOVE, Verdict.BELOW


def wh(*values):
    return np.array([MISSING if v is None else v for v in values], np.int64)


hours = arrays(np.int64, 24, elements=st.one_of(st.just(MISSING), st.integers(0, 2**31 - 1)))


def test_deviation_corridor_running_sum_and_totals():
    found = compare(wh(1000, 1000, 1000, None), wh(1050, 1051, 900, 500), 500)
    assert found.deviation.tolist() == [50, 51, -100, MISSING]
    assert found.verdict.tolist() == [W, A, B, U]
    assert found.cumulative.tolist() == [50, 101, 1, 1]
    assert (found.totals.plan_wh, found.totals.fact_wh, found.totals.deviation_wh) == (3000, 3001, 1)
    assert (found.totals.compared, found.totals.above, found.totals.below) == (3, 1, 1)


def test_missing_fact_is_unknown_and_never_minus_100_percent():
    found = compare(wh(1000, 1000), wh(None, 1000), 500)
    assert (found.deviation[0], found.percent(0), found.cumulative[0]) == (MISSING, None, MISSING)
    assert (found.totals.plan_wh, found.totals.percent) == (1000, 0)


def test_zero_plan_shows_no_percent():
    found = compare(wh(0, 0), wh(0, 5), 500)
    assert [found.percent(h) for h in (0, 1)] == [None, None]
    assert found.verdict.tolist() == [W, A]
    assert found.totals.percent is None and found.totals.deviation_wh == 5


def test_cost_is_of_the_absolute_deviation_and_only_where_a_price_is_given():
    """R-28: abs(fact − plan); 1 234,50 ₽/MWh is 123 450 kopecks."""
    found = compare(wh(1000, 1000, 1000), wh(3000, 500, 9000), 500, wh(123_450, 123_450, None))
    assert [found.cost_rub(h) for h in range(3)] == [Decimal("2.469"), Decimal("0.61725"), None]
    assert found.totals.cost_rub == Decimal("3.08625")
    assert compare(wh(1), wh(2), 500).totals.cost_rub is None


@given(hours, hours, st.integers(0, 10_000))
def test_laws(plan, fact, corridor):
    found = compare(plan, fact, corridor)
    both = (plan != MISSING) & (fact != MISSING)
    assert found.totals.compared == both.sum() == (found.deviation != MISSING).sum()
    assert found.totals.deviation_wh == sum(found.deviation[both].tolist())
    assert ((found.verdict == Verdict.UNKNOWN) == ~both).all()
    if both.any():
        assert found.cumulative[-1] == found.totals.deviation_wh
    equal = compare(plan, plan, corridor)
    assert (equal.totals.above, equal.totals.below, equal.totals.deviation_wh) == (0, 0, 0)


@given(hours, hours, st.integers(0, 5000))
def test_a_wider_corridor_never_finds_more(plan, fact, corridor):
    narrow, wide = compare(plan, fact, corridor).totals, compare(plan, fact, corridor + 1).totals
    assert (wide.above, wide.below) <= (narrow.above, narrow.below)


@pytest.mark.parametrize(("day", "slots", "count"), [(SPRING, 46, 23), (PLAIN, 48, 24), (AUTUMN, 50, 25)])
def test_days_of_46_48_and_50_half_hours(day, slots, count):
    row = encode_day(epoch_day(day), 30, np.arange(slots_of_day(day, BERLIN, 30)))
    found = hours_of_row(row, hours_of_day(day, BERLIN))
    assert (slots_of_day(day, BERLIN, 30), len(found)) == (slots, count)
    assert found.tolist() == [4 * i + 1 for i in range(count)]


def test_the_hour_that_comes_twice_and_the_one_that_never_comes():
    assert wall_hours(AUTUMN, BERLIN)[:5] == [0, 1, 2, 2, 3]
    assert wall_hours(SPRING, BERLIN)[:4] == [0, 1, 3, 4]


def test_an_hour_with_a_gap_inside_is_a_gap():
    values = wh(1, 2, None, 4, 5, 6)
    assert to_hours(values, 30).tolist() == [3, MISSING, 11]
    assert to_hours(wh(1, 2, 3, 4), 15).tolist() == [10]
    assert to_hours(wh(7), 1440).tolist() == [MISSING] * 24


def test_a_group_misses_what_one_point_misses():
    assert added([wh(1, 2), wh(10, None)]).tolist() == [11, MISSING]
    assert hours_of_row(None, 24).tolist() == [MISSING] * 24


def test_ratio_multiplies_what_is_not_primary():
    row = encode_day(0, 60, wh(100, None))
    assert hours_of_row(row, 2, 40).tolist() == [4000, MISSING]


def test_similar_days_are_the_last_whole_ones_of_the_weekday():
    saturday = date(2026, 11, 21)
    facts = {date(2026, 11, 14): wh(*[100] * 24), date(2026, 11, 7): wh(*[200] * 23, None)}
    facts |= {date(2026, 10, 31): wh(*[301] * 24), date(2026, 11, 20): wh(*[9] * 24)}
    values, used = mean_of_similar(saturday, saturday, facts, 4, MOSCOW)
    assert (set(values.tolist()), used) == ({200}, [date(2026, 11, 14), date(2026, 10, 31)])
    assert mean_of_similar(saturday, date(2026, 10, 31), facts, 4, MOSCOW) is None


@pytest.mark.parametrize(("day", "count"), [(SPRING, 23), (AUTUMN, 25)])
def test_similar_days_fit_a_day_on_which_the_clock_changes(day, count):
    week = date.fromordinal(day.toordinal() - 7)
    values, _ = mean_of_similar(day, day, {week: np.arange(24, dtype=np.int64)}, 4, BERLIN)
    assert values.tolist() == wall_hours(day, BERLIN) and len(values) == count


def test_days_sum_what_has_both_and_show_what_they_have():
    data = compare(wh(5, 5, None, None, 5, None), wh(6, None, 7, 8, None, 9), 500)
    days = by_days(data, (0, 2, 4, 6), 500)
    assert (days.plan.tolist(), days.fact.tolist()) == ([5, MISSING, 5], [6, 15, MISSING])
    assert days.deviation.tolist() == [1, MISSING, MISSING]

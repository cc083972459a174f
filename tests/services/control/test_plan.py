"""Plans by hour: typed, copied, compared with what was measured; who may (Э-59, F-7, R-28)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlmodel import select

from energo_cabinet.domain.time.period import Period, typed_period
from energo_cabinet.domain.values.profile_day import MISSING
from energo_cabinet.errors import InvalidInput, NotFound
from energo_cabinet.models import PlanDay, PlanDayVersion, PlanSource
from energo_cabinet.services.control.plan import copy_plan, plan_fact, plan_of_day, save_plan, store_plan_file
from energo_cabinet.services.control.plan_write import NewDay
from energo_cabinet.services.control.target import save_group
from tests import cast as make
from tests.cast import NOW
from tests.services.control.scene import TODAY, compared, typed

BERLIN, SPRING, AUTUMN = "Europe/Berlin", date(2026, 3, 29), date(2026, 10, 25)


def test_plan_fact_deviation_cost_of_a_day(session, cast):
    series = make.series(session, cast.point)
    make.day(session, series, TODAY, [150, 100] + [100] * 20 + [None] * 26)
    typed(session, cast, price="2000")
    found = compared(session, cast)
    assert (found.data.totals.plan_wh, found.data.totals.fact_wh, found.data.totals.compared) == (2200, 2250, 11)
    assert found.data.totals.cost_rub == Decimal("0.1") and found.corridor_bp == 500
    assert (found.planned, found.elapsed, found.unmeasured) == (24, 12, 1)
    assert found.changed.by == "Соколова Анна Викторовна" and found.newest_fact == TODAY


def test_a_day_without_a_fact_is_no_deviation(session, cast):
    typed(session, cast)
    found = compared(session, cast)
    assert (found.data.deviation == MISSING).all() and found.data.totals.percent is None


@pytest.mark.parametrize(("day", "hours"), [(SPRING, 23), (AUTUMN, 25)])
def test_a_day_on_which_the_clock_changes_has_its_own_hours(session, cast, day, hours):
    cast.point.zone_name = BERLIN
    session.flush()
    with pytest.raises(InvalidInput) as refused:
        typed(session, cast, day)
    assert refused.value.fields == {"day": "plan_wrong_hours"} and refused.value.params["expected"] == hours
    typed(session, cast, day, hours=hours)
    assert len(plan_of_day(session, cast.anna, day, point_id=cast.point.id).values) == hours
    assert compared(session, cast, day, day).edges == (0, hours)


@pytest.mark.parametrize(
    ("value", "code"), [("-1", "negative"), ("abc", "not_a_number"), ("9999999", "too_large"), ("1e3", "not_a_number")]
)
def test_what_is_no_plan_is_told_beside_its_hour(session, cast, value, code):
    with pytest.raises(InvalidInput) as refused:
        save_plan(session, cast.anna, TODAY, ["1"] * 5 + [value] + ["1"] * 18, (), point_id=cast.point.id)
    assert refused.value.fields == {"h5": f"plan_{code}"}
    assert session.exec(select(PlanDay)).all() == []


def test_all_hours_or_none(session, cast):
    with pytest.raises(InvalidInput) as refused:
        save_plan(session, cast.anna, TODAY, ["1"] * 23 + [""], (), point_id=cast.point.id)
    assert refused.value.fields == {"h23": "plan_hour_empty"}
    assert typed(session, cast) == 1 and typed(session, cast, value="") == 1
    assert session.exec(select(PlanDay)).all() == [] and compared(session, cast).planned == 0


def test_what_a_plan_was_is_kept_with_who_and_when(session, cast):
    later = replace(cast.anna, at=NOW + timedelta(hours=1))
    assert [typed(session, cast), typed(session, cast)] == [1, 0]
    save_plan(session, later, TODAY, ["1"] * 24, ["5"] * 24, point_id=cast.point.id)
    kept = session.exec(select(PlanDayVersion)).one()
    assert (kept.total, kept.changed_at, kept.replaced_at, kept.replaced_by) == (4800, NOW, later.at, cast.anna.user)


def test_copy_of_similar_days_leaves_what_is_planned(session, cast):
    """Mean of the same weekday; gaps do not count; prices stay."""
    series = make.series(session, cast.point)
    for weeks, wh in ((1, 100), (2, 200), (3, [None] * 48), (4, 600)):
        make.day(session, series, TODAY - timedelta(weeks=weeks), wh)
    typed(session, cast, TODAY + timedelta(days=7))
    done = copy_plan(session, cast.anna, typed_period("2026-11-21", "2026-11-28"), 2, point_id=cast.point.id)
    assert (done.stored, done.kept, done.without) == (1, 1, 6)
    assert set(plan_of_day(session, cast.anna, TODAY, point_id=cast.point.id).values) == {300}
    done = copy_plan(session, cast.anna, typed_period("2026-11-28", "2026-11-28"), 3, True, point_id=cast.point.id)
    row = session.exec(select(PlanDay).where(PlanDay.total == 14_400)).one()
    assert (done.stored, row.source) == (1, PlanSource.COPIED)


COPIES = [("x", "2026-11-21", 4), ("2026-11-21", "2027-11-21", 4), ("2026-11-22", "2026-11-21", 4)]


@pytest.mark.parametrize(("first", "last", "weeks"), [*COPIES, ("2026-11-21", "2026-11-21", 9)])
def test_impossible_copies_are_refused(session, cast, first, last, weeks):
    with pytest.raises(InvalidInput):
        copy_plan(session, cast.anna, typed_period(first, last), weeks, point_id=cast.point.id)


def test_a_file_is_stored_whole_or_not_at_all(session, cast):
    days = {TODAY: NewDay([100] * 24, [5] * 24), TODAY + timedelta(days=1): NewDay([100] * 23)}
    with pytest.raises(InvalidInput):
        store_plan_file(session, cast.anna, days, "план.csv", point_id=cast.point.id)
    assert session.exec(select(PlanDay)).all() == []
    days[TODAY + timedelta(days=1)] = NewDay([100] * 24)
    assert store_plan_file(session, cast.anna, days, "план.csv", point_id=cast.point.id) == 2
    assert compared(session, cast).changed.file_name == "план.csv"


def test_strangers_find_nothing(session, cast):
    group = save_group(
        session, cast.anna, cast.contract.id, "Д", [cast.point.id, make.point(session, cast.contract, "2").id]
    )
    for target in ({"point_id": cast.point.id}, {"group_id": group}, {}, {"point_id": 2**40}, {"group_id": "1"}):
        with pytest.raises(NotFound):
            plan_fact(session, cast.boris, Period(TODAY, TODAY), **target)
        with pytest.raises(NotFound):
            save_plan(session, cast.boris, TODAY, ["1"] * 24, (), **target)
        with pytest.raises(NotFound):
            copy_plan(session, cast.boris, typed_period("2026-11-21", "2026-11-21"), **target)

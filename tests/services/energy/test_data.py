"""«Данные учёта энергоресурсов»: any set of points by half-hour…year (Э-56, Э-62)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from sqlalchemy import event

from energo_cabinet.domain.time.period import Period
from energo_cabinet.errors import InvalidInput, NotFound
from energo_cabinet.models import Resource
from energo_cabinet.services.energy.data import DataQuestion, energy_data
from tests import cast as make

DAY, NEXT = date(2026, 11, 17), date(2026, 11, 18)
ASKED = DataQuestion("days", Period(DAY, NEXT))


@pytest.fixture
def second(session, cast):
    return make.point(session, cast.contract, "ЛС-061-02")


def total(found) -> float:
    return round(found.total.total or 0, 6)


def test_points_side_by_side_and_their_sum(session, cast, second):
    make.day(session, make.series(session, cast.point), DAY, 100)
    series = make.series(session, second)
    make.day(session, series, DAY, 200)
    make.day(session, series, NEXT, 200)
    found = energy_data(session, cast.anna, ASKED)
    assert [group.sums.total for group in found.groups] == [4.8, 19.2] and total(found) == 24
    assert np.isnan(found.groups[0].sums.values[1]) and found.unit.key == "kwh"
    one = energy_data(session, cast.anna, replace(ASKED, points=(second.id,)))
    assert total(one) == 19.2 and len(one.groups) == 1


@pytest.mark.parametrize("by", ["half_hours", "hours", "days", "weeks", "months", "years"])
@pytest.mark.parametrize(("day", "slots"), [(date(2011, 3, 27), 46), (date(2014, 10, 26), 50), (DAY, 48)])
def test_every_resolution_adds_up_to_the_same(session, cast, by, day, slots):
    make.day(session, make.series(session, cast.point), day, list(range(slots)))
    found = energy_data(session, cast.anna, replace(ASKED, by=by, period=Period(day, day)))
    assert total(found) == sum(range(slots)) / 1000
    count = {"half_hours": slots, "hours": slots // 2}.get(by, 1)
    assert len(found.total.values) == count == len(found.starts or found.spans)
    assert (int(found.total.present.sum()), int(found.total.expected.sum())) == (
        (count, count) if by in ("half_hours", "hours") else (slots, slots)
    )


def test_years_and_months_are_cut_to_the_period(session, cast):
    series = make.series(session, cast.point)
    for day in (date(2025, 12, 31), date(2026, 1, 1), date(2026, 2, 1)):
        make.day(session, series, day, 100)
    years = energy_data(session, cast.anna, DataQuestion("years", Period(date(2025, 12, 31), date(2026, 2, 1))))
    assert np.round(years.total.values, 3).tolist() == [4.8, 9.6]
    months = energy_data(session, cast.anna, DataQuestion("months", Period(date(2025, 12, 31), date(2026, 2, 1))))
    assert [(s.first.month, s.days) for s in months.spans] == [(12, 1), (1, 31), (2, 1)]


def test_ratio_is_applied_once(session, cast):
    cast.point.current_ratio = Decimal(40)
    make.day(session, make.series(session, cast.point, is_primary=False), DAY, 100)
    assert total(energy_data(session, cast.anna, ASKED)) == 192


def test_channels_and_units_do_not_mix(session, cast):
    for channel, wh in (("A+", 100), ("A-", 10), ("R+", 1)):
        make.day(session, make.series(session, cast.point, channel), DAY, wh)
    found = energy_data(session, cast.anna, ASKED)
    assert (total(found), found.units, found.channels) == (4.8, ("kwh", "kvarh"), ("A+", "A-"))
    both = energy_data(session, cast.anna, replace(ASKED, channel="all", split="channels"))
    assert [(g.channel, g.sums.total) for g in both.groups] == [("A+", 4.8), ("A-", 0.48)] and total(both) == 5.28
    assert total(energy_data(session, cast.anna, replace(ASKED, unit="kvarh"))) == 0.048


@pytest.mark.parametrize(
    ("resource", "unit", "stored", "shown"),
    [
        (Resource.COLD_WATER, "m3", 10, 0.48),
        (Resource.HOT_WATER, "m3", 10, 0.48),
        (Resource.GAS, "m3", 10, 0.48),
        (Resource.HEAT, "gcal", 1_000, 0.048),
    ],
)
def test_resources_have_their_own_units(session, cast, second, resource, unit, stored, shown):
    """Э-62: the resource is a dimension; m³ and Gcal never meet kWh."""
    second.resource = resource
    make.day(session, make.series(session, cast.point), DAY, 100)
    make.day(session, make.series(session, second, "V"), DAY, stored)
    found = energy_data(session, cast.anna, replace(ASKED, unit=unit, split="resources"))
    assert [(g.resource, g.sums.total) for g in found.groups] == [(resource, pytest.approx(shown))]
    assert found.units == ("kwh", unit) and total(energy_data(session, cast.anna, ASKED)) == 4.8


def test_waters_of_one_unit_add_up(session, cast, second):
    cast.point.resource, second.resource = Resource.COLD_WATER, Resource.HOT_WATER
    for point in (cast.point, second):
        make.day(session, make.series(session, point, "V"), DAY, 10)
    found = energy_data(session, cast.anna, replace(ASKED, split="resources"))
    assert [g.resource for g in found.groups] == [Resource.COLD_WATER, Resource.HOT_WATER] and total(found) == 0.96


def test_half_hours_of_two_zones_meet_at_the_instant(session, cast, second):
    second.zone_name = "Europe/Samara"
    make.day(session, make.series(session, cast.point), DAY, list(range(48)))
    series = make.series(session, second)
    for day in (DAY, NEXT):
        make.day(session, series, day, list(range(48)), zone_name="Europe/Samara")
    found = energy_data(session, cast.anna, DataQuestion("half_hours", Period(DAY, DAY)))
    values = [group.sums.values for group in found.groups]
    assert values[0][0] == 0 and values[1][0] == 0.002 and values[1][-1] == 0.001
    assert found.starts[0].isoformat() == "2026-11-17T00:00:00+03:00"


def test_hourly_meter_has_no_half_hours(session, cast):
    make.day(session, make.series(session, cast.point), DAY, 500, step_min=60)
    halves = energy_data(session, cast.anna, DataQuestion("half_hours", Period(DAY, DAY)))
    assert halves.total.total is None
    assert total(energy_data(session, cast.anna, DataQuestion("hours", Period(DAY, DAY)))) == 12


def test_silent_points_are_named(session, cast, second):
    make.day(session, make.series(session, cast.point), DAY)
    assert energy_data(session, cast.anna, ASKED).silent == (second.name,)


@pytest.mark.parametrize(
    "wrong",
    [
        {"by": "minutes"},
        {"split": "x"},
        {"points": (0,)},
        {"points": ("1",)},
        {"channel": "Z"},
        {"unit": "m3"},
        {"by": "half_hours", "period": Period(date(2026, 1, 1), NEXT)},
        {"period": Period(DAY, date(2026, 11, 1))},
    ],
)
def test_impossible_questions_are_refused(session, cast, wrong):
    make.day(session, make.series(session, cast.point), DAY)
    with pytest.raises(InvalidInput):
        energy_data(session, cast.anna, replace(ASKED, **wrong))


def test_foreign_points_are_not_found(session, cast):
    make.day(session, make.series(session, cast.point), DAY)
    with pytest.raises(NotFound):
        energy_data(session, cast.boris, replace(ASKED, points=(cast.point.id,)))
    assert energy_data(session, cast.boris, ASKED).groups == ()


@pytest.mark.parametrize("by", ["half_hours", "months"])
def test_many_points_take_no_more_queries_than_one(session, cast, by):
    make.day(session, make.series(session, cast.point), DAY)
    asked = replace(ASKED, by=by)
    alone = statements(session, lambda: energy_data(session, cast.anna, asked))
    for number in range(30):
        make.day(session, make.series(session, make.point(session, cast.contract, f"Т-{number}")), DAY)
    together = statements(session, lambda: energy_data(session, cast.anna, asked))
    assert alone == together <= 4


def statements(session, act) -> int:
    """How many statements reach the database."""
    seen: list[str] = []

    def note(_connection, _cursor, statement, *_rest) -> None:
        seen.append(statement)

    session.expire_all()
    event.listen(session.get_bind(), "before_cursor_execute", note)
    act()
    event.remove(session.get_bind(), "before_cursor_execute", note)
    return len(seen)


def test_point_read_by_hand_joins_from_its_readings(session, cast, second):
    make.day(session, make.series(session, cast.point), DAY, 100)
    at = [datetime(2026, month, 1, tzinfo=ZoneInfo("Europe/Moscow")) for month in (9, 10, 11)]
    make.readings(session, second, "T0", zip(at, (0, 30_000, 92_000), strict=True))
    asked = DataQuestion("months", Period(date(2026, 9, 1), date(2026, 11, 30)))
    found = energy_data(session, cast.anna, asked)
    assert [np.round(g.sums.values, 1).tolist()[:2] for g in found.groups][1] == [30.0, 62.0]
    assert (total(found), found.by_readings, found.silent) == (96.8, (second.name,), ())
    years = energy_data(session, cast.anna, replace(asked, by="years", split="resources"))
    assert total(years) == 96.8 and len(years.groups) == 1
    assert energy_data(session, cast.anna, replace(asked, by="hours")).by_readings == ()

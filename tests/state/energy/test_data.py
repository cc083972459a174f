"""«Данные учета энергоресурсов»: the address reproduces the view; strangers and damaged addresses (Э-56, Э-62)."""

from __future__ import annotations

import asyncio
import json
from datetime import date

import pytest

from energo_cabinet.models import Resource
from energo_cabinet.state.energy.data import DataState
from tests import cast as make
from tests.state.tab import Tab, signed_in

pytestmark = pytest.mark.usefixtures("installation")
DAY = date(2026, 11, 17)


@pytest.fixture
def values(session, cast):
    """The flat by half-hours; cold water of the same contract."""
    make.day(session, make.series(session, cast.point), DAY, 100)
    water = make.point(session, cast.contract, "ЛС-061-ХВ", resource=Resource.COLD_WATER)
    make.day(session, make.series(session, water, "V"), DAY, 10)
    return water


def opened(session, who, query: str = "", language: str = "ru"):
    tab = signed_in(session, who, language)
    tab.look_at(f"/data{query}")
    return tab, tab.run(DataState, "load")


def test_opens_on_the_newest_month_by_days(session, cast, values):
    _, state = opened(session, cast.anna)
    assert (state.status, state.period.words, state.chosen["by"]) == ("ready", "1–17 ноября 2026", "days")
    assert [(s.value, s.unit) for s in state.view.stats[:2]] == [("4,80", "кВт·ч"), ("4,80", "кВт·ч")]
    assert [option.label for option in state.units] == ["кВт·ч", "м³"]
    assert state.view.table.rows[-1].cells == ("17.11.2026", "4,80") and len(state.points) == 2


def test_water_has_cubic_metres_and_no_kilowatt_hours(session, cast, values):
    _, state = opened(session, cast.anna, f"?by=half_hours&unit=m3&points={values.id}")
    assert state.view.stats[0].unit == "м³" and state.view.stats[0].value == "0,480"
    assert "кВт" not in str(state.view) and "м³" in json.dumps(state.figure, ensure_ascii=False)
    assert (len(state.view.table.rows), state.chosen["count"]) == (48, "1")


def test_choices_live_in_the_address(session, cast, values):
    tab, _ = opened(session, cast.anna, "?by=weeks&split=resources&first=2026-11-01&last=2026-11-17")
    state = tab.state(DataState)
    assert "split=resources" in state.period.csv and "by=weeks" in state.links["xlsx"]
    answer = str(asyncio.run(state.choose("split", "channels")))
    assert "split=channels" in answer and "first=2026-11-01" in answer and "by=weeks" in answer
    assert "first" not in str(asyncio.run(state.choose("by", "months")))
    assert asyncio.run(state.choose("points", "1")) is None


def test_points_are_ticked(session, cast, values):
    tab, _ = opened(session, cast.anna)
    state = tab.state(DataState)
    assert f"points={values.id}" in str(asyncio.run(state.choose_points({f"point-{values.id}": "on"})))
    everything = {f"point-{point.id}": "on" for point in state.points}
    for form in (everything, {}, "x", {"point-999": "on"}):
        assert "points" not in str(asyncio.run(state.choose_points(form)))


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("?by=minutes", "invalid"),
        ("?points=x", "invalid"),
        ("?points=999999", "none"),
        ("?channel=Z", "invalid"),
        ("?unit=%27", "invalid"),
        ("?by=half_hours&first=2025-01-01&last=2026-01-01", "invalid"),
        ("?first=2020-01-01&last=2020-01-02", "empty"),
    ],
)
def test_damaged_address_is_told(session, cast, values, query, status):
    _, state = opened(session, cast.anna, query)
    assert (state.status, state.links["default"]) == (status, "/data")


def test_stranger_and_visitor_see_nothing(session, cast, values):
    _, state = opened(session, cast.boris, f"?points={cast.point.id}")
    assert (state.status, state.points) == ("no_points", [])
    tab = Tab()
    tab.look_at("/data")
    assert tab.run(DataState, "load").points == []


def test_many_points_share_the_colours(session, cast, values):
    for number in range(8):
        point = make.point(session, cast.contract, f"Т-{number}")
        make.day(session, make.series(session, point), DAY, 100 + number)
    _, state = opened(session, cast.anna, "?by=half_hours")
    assert [item.words for item in state.view.legend][-1] == "Остальные (4)"
    drawn = sum(len(trace["y"]) for trace in state.figure["data"])
    assert drawn <= 1500 and len(json.dumps(state.figure, ensure_ascii=False).encode()) < 25_000


def test_month_of_half_hours_stays_small(session, cast):
    series = make.series(session, cast.point)
    for day in range(1, 18):
        make.day(session, series, date(2026, 11, day), 100)
    _, state = opened(session, cast.anna, "?by=half_hours&first=2026-10-18&last=2026-11-17")
    assert len(json.dumps(state.figure, ensure_ascii=False, separators=(",", ":")).encode()) < 25_000
    assert state.view.table.page == "Страница 1 из 31" and "один столбец" in state.view.notes[0]

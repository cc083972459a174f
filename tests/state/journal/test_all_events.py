"""«Журналы событий» across points: address, filters, opened event, strangers (Э-57)."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime

import numpy as np
import pytest

from energo_cabinet.domain.time.local_day import epoch_day
from energo_cabinet.models import MeterEvent
from energo_cabinet.services.values.network_write import store_series
from energo_cabinet.state.journal.all_events import AllEventsState
from tests.state.tab import Tab, signed_in

pytestmark = pytest.mark.usefixtures("installation")
AT = int(datetime(2026, 11, 20, 15, tzinfo=UTC).timestamp())


@pytest.fixture
def dip(session, cast):
    """One voltage event of ten minutes."""
    facts = {"ended_s": AT + 600, "severity": 2, "area": "voltage", "phase": 3}
    session.add(MeterEvent(point_id=cast.point.id, started_s=AT, code="m23x.28", mark="span", **facts))
    session.flush()


def opened(session, who, query: str = ""):
    tab = signed_in(session, who)
    tab.look_at(f"/events{query}")
    return tab, tab.run(AllEventsState, "load")


def test_lines_name_their_point(session, cast, dip):
    _, state = opened(session, cast.anna)
    assert (state.status, [line.point for line in state.view.lines]) == ("ready", ["Квартира 42, ввод"])
    assert [option.value for option in state.points] == [str(cast.point.id)]
    assert state.view.clocks.startswith("Время местное, UTC+3")


def test_event_opens_through_its_own_point(session, cast, dip):
    tab, state = opened(session, cast.anna)
    key = state.view.lines[0].key
    assert key.endswith(f"~{cast.point.id}")
    view = tab.run(AllEventsState, "toggle", key).opened
    assert view.key == key and view.meaning


@pytest.mark.parametrize("key", ["1~m23x.02", "1~m23x.28~1", f"{AT}~m23x.28~999", "x", None, 7])
def test_forged_event_opens_nothing(session, cast, dip, key):
    tab, _ = opened(session, cast.boris)
    assert tab.run(AllEventsState, "toggle", key).opened.meaning == ""


def test_filters_become_an_address(session, cast, dip):
    tab, _ = opened(session, cast.anna, "?severity=2&before=1~x~1")
    answer = str(asyncio.run(tab.state(AllEventsState).choose("point", str(cast.point.id))))
    assert f"point={cast.point.id}" in answer and "severity=2" in answer and "before" not in answer


@pytest.mark.parametrize(
    ("query", "status"), [("?point=x", "invalid"), ("?point=999999", "missing"), ("?phase=9", "invalid")]
)
def test_damaged_address_is_told(session, cast, dip, query, status):
    _, state = opened(session, cast.anna, query)
    assert state.status == status and not state.view.lines


def test_nobody_else_sees_anything(session, cast, dip):
    _, state = opened(session, cast.boris, f"?point={cast.point.id}")
    assert (state.status, state.points) == ("none", [])
    tab = Tab()
    tab.look_at("/events")
    assert tab.run(AllEventsState, "load").view.lines == ()


def test_voltage_event_shows_the_voltages_around_it(session, cast, dip):
    day = np.full(144, 230_000, np.int64)
    day[108:110] = 204_000
    store_series(session, [((cast.point.id, "UC", 10), epoch_day(date(2026, 11, 20)), day)], None)
    tab, state = opened(session, cast.anna)
    view = tab.run(AllEventsState, "toggle", state.view.lines[0].key).opened
    axis = view.figure["layout"]["xaxis"]
    assert axis["range"] == ["2026-11-20T15:00", "2026-11-20T21:10"] and axis["ticktext"][0] == "15:00"
    assert view.figure_summary == "Напряжение по фазам с 20.11.2026 18:00 до 20.11.2026 18:10."
    assert min(v for v in view.figure["data"][2]["y"]) == 204


def test_event_without_voltages_has_no_chart(session, cast, dip):
    tab, state = opened(session, cast.anna)
    view = tab.run(AllEventsState, "toggle", state.view.lines[0].key).opened
    assert view.meaning and view.figure == {} and view.figure_summary == ""

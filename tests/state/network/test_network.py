"""What the pages of network parameters answer to people, strangers and damaged addresses (Э-60)."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta
from decimal import Decimal

import numpy as np
import pytest

from energo_cabinet.domain.time.local_day import epoch_day
from energo_cabinet.models import NetworkNorm, NetworkParameters
from energo_cabinet.services.values.network_write import store_series
from energo_cabinet.state.network.network import NetworkState, refresh_network
from energo_cabinet.state.network.networks import NetworksState
from tests.cast import NOW
from tests.state.tab import Tab, signed_in

pytestmark = pytest.mark.usefixtures("installation")
DAY = date(2026, 11, 20)


@pytest.fixture
def week(session, cast):
    """Seven days at 225 V of a nominal of 220 V; on the 18th ten minutes at 242.1 V. A snapshot."""
    session.add(NetworkNorm(point_id=cast.point.id, nominal_v=Decimal(220), source="договор", meter_high_v=231))
    for back in range(7):
        values = np.full(144, 225_000, np.int64)
        values[115] = 242_100 if back == 2 else 225_000
        store_series(session, [((cast.point.id, "UA", 10), epoch_day(DAY - timedelta(days=back)), values)], None)
    facts = {"UA": 208_000, "IA": 4_810, "P": 1_080, "f": 50_010}
    session.add(NetworkParameters(point_id=cast.point.id, measured_at=NOW, facts=facts))
    session.flush()


def opened(session, who, point_id: object, query: str = "", language: str = "ru"):
    tab = signed_in(session, who, language)
    tab.look_at(f"/points/{point_id}/network{query}")
    return tab, tab.run(NetworkState, "load")


def test_page_opens_on_the_newest_day(session, cast, week):
    _, state = opened(session, cast.anna, cast.point.id)
    assert (state.status, state.period.words, state.chosen["length"]) == ("ready", "20 ноября 2026", "day")
    phase = state.now.phases[0]
    assert (phase.volts, phase.badge, phase.tone) == ("208,0", "Ниже на 5,5 %", "warning")
    assert (phase.low, phase.nominal, phase.high, phase.current) == ("198", "220", "242", "4,81\u00a0А")
    assert "для точки: договор" in state.view.sub and state.now.set_points == "Уставки прибора: высокое 231 В."
    assert len(state.view.table.rows) == 48 and state.view.table.page == "Страница 1 из 3"


def test_week_says_what_was_violated(session, cast, week):
    """«нарушение: 1 интервал, 10 мин, 0,099 %»."""
    _, state = opened(session, cast.anna, cast.point.id)
    assert "нарушение: 1 интервал, 10 мин, 0,099 %" in state.week.verdict
    assert (state.week.title, state.week.rows[0].beyond) == ("Неделя 14–20 ноября 2026", "10 мин")
    assert [(c.when, c.note) for c in state.week.cases] == [("18 ноября, 19:10–19:20", "Фаза A, 10 минут")]


def test_choices_live_in_the_address(session, cast, week):
    tab, state = opened(session, cast.anna, cast.point.id, "?show=i&first=2026-11-14&last=2026-11-20&page=2")
    assert (state.chosen["show"], state.chosen["length"]) == ("i", "week")
    answer = str(asyncio.run(tab.state(NetworkState).choose("u")))
    assert "first=2026-11-14" in answer and "page" not in answer and "show" not in answer
    assert asyncio.run(tab.state(NetworkState).choose({"show": "i"})) is None


@pytest.mark.parametrize("query", ["?show=x", "?step=3", "?first=abc", "?first=2026-11-20&last=2026-11-01"])
def test_damaged_address_is_told(session, cast, week, query):
    _, state = opened(session, cast.anna, cast.point.id, query)
    assert state.status == "invalid" and state.message and state.links["default"].endswith("/network")


def test_quiet_period_is_empty_and_a_bare_point_has_none(session, cast, week):
    _, state = opened(session, cast.anna, cast.point.id, "?first=2025-01-01&last=2025-01-02")
    assert state.status == "empty" and state.period.words


def test_point_without_any(session, cast):
    _, state = opened(session, cast.anna, cast.point.id)
    assert (state.status, state.now.phases) == ("none", ())


@pytest.mark.parametrize("point_id", [None, 999999, "abc", "-1"])
def test_stranger_finds_no_point(session, cast, week, point_id):
    _, state = opened(session, cast.boris, cast.point.id if point_id is None else point_id)
    assert state.status == "missing" and "225" not in str(state.get_delta())


def test_signed_out_visitor_sees_nothing(session, cast, week):
    tab = Tab()
    tab.look_at(f"/points/{cast.point.id}/network")
    assert tab.run(NetworkState, "load").now.at == ""


def test_a_push_changes_the_live_figures_alone(session, cast, week):
    tab, state = opened(session, cast.anna, cast.point.id)
    figure = state.figure
    session.get(NetworkParameters, cast.point.id).facts = {"UA": 221_000}
    session.commit()
    asyncio.run(refresh_network(tab.root))
    assert (state.now.phases[0].volts == "221,0" and state.figure is figure) or state.figure == figure


def test_list_of_points(session, cast, week):
    tab = signed_in(session, cast.anna)
    tab.look_at("/network")
    rows = tab.run(NetworksState, "load").rows
    assert [(row.volts, row.power, row.tone) for row in rows] == [("208,0", "1,08", "warning")]
    assert rows[0].address == f"/points/{cast.point.id}/network"


def test_english_words(session, cast, week):
    _, state = opened(session, cast.anna, cast.point.id, language="en")
    assert state.now.phases[0].badge == "5.5% low" and "1 interval, 10 min, 0.099%" in state.week.verdict

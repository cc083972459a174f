"""What the pages of metering points answer to people, strangers and impossible addresses (Н-63…Н-102)."""

from __future__ import annotations

import asyncio
import json
from datetime import date, timedelta

import pytest

from energo_cabinet.state.energy.consumption import ConsumptionState
from energo_cabinet.state.energy.load_profile import LoadProfileState
from energo_cabinet.state.point.point import PointState
from energo_cabinet.state.point.points import PointsState
from tests import cast as make

FIRST, LAST = date(2026, 10, 1), date(2026, 10, 31)
TABS = {PointState: "", ConsumptionState: "/readings", LoadProfileState: "/load-profile"}
BAD = ["first=9999-01-01&last=9999-12-31", "first=abc", "first=2026-10-20&last=2026-10-01", "last=20261020"]
BAD += ["first=2026-10-01%27--&last=2026-10-31", "first=1999-12-31", f"first={'1' * 5000}"]
BAD += ["first=2000-01-01&last=2100-01-01"]


@pytest.fixture
def series(session, cast):
    """October by half-hours, a meter of two zones."""
    tariff = make.tariff(session, cast.supplier, prices=[("T1", date(2026, 1, 1), "5"), ("T2", date(2026, 1, 1), "3")])
    cast.point.tariff_id = tariff.id
    make.meter(session, cast.point)
    made = make.series(session, cast.point)
    for n in range(31):
        make.day(session, made, FIRST + timedelta(days=n), 200)
    return made


def tab(state: type, cast, query: str = "") -> str:
    return f"/points/{cast.point.id}{TABS[state]}{'?' + query if query else ''}"


def test_list_shows_own_points_only(visitor_of, cast, series):
    mine = visitor_of(cast.anna).open(PointsState, "/points?all=1")
    assert [row.number for row in mine.rows] == ["ЛС-061-01"] and mine.status == "ready"
    theirs = visitor_of(cast.boris).open(PointsState, "/points?all=1")
    assert theirs.rows == [] and theirs.status == "no_contracts"


@pytest.mark.parametrize("state", TABS)
def test_stranger_gets_the_same_as_for_a_point_that_is_not_there(visitor_of, cast, series, state):
    foreign = visitor_of(cast.boris).open(state, tab(state, cast))
    absent = visitor_of(cast.boris).open(state, f"/points/999999{TABS[state]}")
    assert foreign.status == absent.status == "missing"
    assert foreign.get_delta() == absent.get_delta()


@pytest.mark.parametrize("state", TABS)
@pytest.mark.parametrize("point_id", ["abc", "-1", "1e3", "99999999999999", "%00", "1;drop"])
def test_impossible_ids_are_missing_points(visitor_of, cast, state, point_id):
    assert visitor_of(cast.anna).open(state, f"/points/{point_id}{TABS[state]}").status == "missing"


@pytest.mark.parametrize("state", TABS)
def test_signed_out_visitor_is_sent_to_sign_in(visitor_of, cast, series, state):
    visitor = visitor_of(None)
    assert visitor.open(state, tab(state, cast)).head.title == ""
    assert "/login" in str(visitor.answer)


@pytest.mark.parametrize("state", [ConsumptionState, LoadProfileState])
@pytest.mark.parametrize("query", BAD)
def test_bad_period_is_a_message_and_a_way_on(visitor_of, cast, series, state, query):
    shown = visitor_of(cast.anna).open(state, tab(state, cast, query))
    assert shown.status == "invalid" and shown.message and shown.figure == {}
    assert shown.links["default"] == tab(state, cast)


@pytest.mark.parametrize("query", ["by=years", "compare=maybe"])
def test_unknown_choice_of_readings_is_a_message(visitor_of, cast, series, query):
    assert visitor_of(cast.anna).open(ConsumptionState, tab(ConsumptionState, cast, query)).status == "invalid"


@pytest.mark.parametrize("query", ["step=7", "unit=mw", "channel=Z%2B", "table=none"])
def test_unknown_choice_of_a_profile_is_a_message(visitor_of, cast, series, query):
    assert visitor_of(cast.anna).open(LoadProfileState, tab(LoadProfileState, cast, query)).status == "invalid"


def test_old_data_open_on_themselves(visitor_of, cast, series):
    """Not an empty «this month»: the last period with data (Н-99)."""
    readings = visitor_of(cast.anna).open(ConsumptionState, tab(ConsumptionState, cast))
    profile = visitor_of(cast.anna).open(LoadProfileState, tab(LoadProfileState, cast))
    assert (readings.period.first, readings.period.last) == ("2026-10-01", "2026-10-31")
    assert (profile.period.first, profile.period.last) == ("2026-10-25", "2026-10-31")
    assert readings.period.forward == "" and "first=2026-09-01" in readings.period.back


def test_link_reproduces_the_view(visitor_of, cast, series):
    query = "first=2026-10-05&last=2026-10-06&step=60&unit=kwh&table=time"
    shown = visitor_of(cast.anna).open(LoadProfileState, tab(LoadProfileState, cast, query))
    again = visitor_of(cast.anna).open(LoadProfileState, shown.links["time"])
    assert again.view == shown.view and again.figure == shown.figure
    assert len(shown.view.table.rows) == 48 and shown.view.table.rows[0].cells[2] == "0,400"


def test_totals_of_figures_table_and_file_agree(visitor_of, cast, series):
    shown = visitor_of(cast.anna).open(ConsumptionState, tab(ConsumptionState, cast))
    assert [s.value for s in shown.view.stats] == ["297,6", "198,4", "99,2", "1\u00a0289,60"]
    assert shown.view.table.foot[:5] == ("31 день", "198,40", "99,20", "297,60", "1\u00a0289,60")
    assert shown.period.csv == f"/api/points/{cast.point.id}/readings.csv?first=2026-10-01&last=2026-10-31&by=days"


def test_english_page_has_english_numbers(visitor_of, cast, series):
    shown = visitor_of(cast.anna, "en").open(ConsumptionState, tab(ConsumptionState, cast))
    assert shown.view.title == "Consumption by day" and shown.view.stats[3].value == "1,289.60"
    assert shown.figure["layout"]["separators"] == ".,"


def test_leaving_forgets_everything_heavy(visitor_of, cast, series):
    """A reload re-sends every var that is not its default (DESIGN 1.5)."""
    shown = visitor_of(cast.anna).open(LoadProfileState, tab(LoadProfileState, cast))
    asyncio.run(shown.leave())
    assert shown.figure == {} and shown.average == {} and shown.view.table.rows == () and shown.status == "loading"


def test_point_without_profile_says_so(visitor_of, cast, session):
    make.meter(session, cast.point, is_smart=False)
    shown = visitor_of(cast.anna).open(LoadProfileState, tab(LoadProfileState, cast))
    assert shown.status == "none" and shown.head.readings.endswith("/readings")


@pytest.mark.parametrize("form", [{"first": 5, "last": None}, {}, "text", {"first": "2026-13-01", "last": "x" * 10**6}])
def test_dates_of_a_wrong_type_are_a_message(visitor_of, cast, series, form):
    state = visitor_of(cast.anna).open(ConsumptionState, tab(ConsumptionState, cast))
    asyncio.run(state.choose_dates(form))
    assert state.status == "invalid" and len(state.message) < 200


def test_passport_shows_every_field_and_names_what_is_unknown(visitor_of, cast, series):
    """Н-72…Н-96: empty is «—», a norm of 0 is «не задан», an unknown verification is a warning."""
    shown = visitor_of(cast.anna).open(PointState, tab(PointState, cast))
    facts = {fact.label: fact for card in shown.view.cards for fact in card.facts}
    assert len(facts) >= 25 and facts["Заводской номер ТУ"].value == "41907352"
    assert (facts["Место установки"].value, facts["Часовой"].value) == ("—", "не задан")
    assert facts["Дата следующей поверки"].tone == "warning" and shown.view.warns
    assert facts["Коэффициент трансформации тока"].value == "1,0000"


def test_state_of_a_month_stays_small_on_the_wire(visitor_of, cast, series):
    """Figures ≤ 25 kB: the websocket is not compressed."""
    query = "first=2026-10-01&last=2026-10-31"
    shown = visitor_of(cast.anna).open(LoadProfileState, tab(LoadProfileState, cast, query))
    assert len(json.dumps(shown.figure, ensure_ascii=False, separators=(",", ":")).encode()) <= 25_000

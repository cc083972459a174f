"""What the pages of plans, limits and deviations answer to people, strangers and damaged addresses (Э-58, Э-59)."""

from __future__ import annotations

import asyncio
from datetime import date

import pytest

from energo_cabinet.domain.time.local_day import epoch_day
from energo_cabinet.services.control.limit import save_limits
from energo_cabinet.services.control.limit_evaluation import evaluate
from energo_cabinet.services.control.plan import save_plan
from energo_cabinet.services.control.target import save_group
from energo_cabinet.state.control.deviations import DeviationsState
from energo_cabinet.state.control.limits import KINDS, LimitsState
from energo_cabinet.state.control.plan_edit import PlanEditState
from energo_cabinet.state.control.plan_fact import PlanFactState
from energo_cabinet.state.frame.session import SessionState
from tests import cast as make
from tests.state.tab import Tab, signed_in

pytestmark = pytest.mark.usefixtures("installation")

DAY = date(2026, 11, 20)
AFTER = dict.fromkeys(KINDS, "1")
PAGES = {PlanFactState: "/plan-fact", PlanEditState: "/plan-fact/edit", LimitsState: "/deviations/limits"}


@pytest.fixture
def office(session, cast, system):
    """A planned and limited day of Анна's: one hour above, one without data."""
    series = make.series(session, cast.point)
    make.day(session, series, DAY, [100] * 10 + [200] * 2 + [100] * 20 + [None] * 2 + [100] * 14)
    save_plan(session, cast.anna, DAY, ["0.2"] * 24, ["1000"] * 24, point_id=cast.point.id)
    save_limits(session, cast.anna, {"hour": "0.3", "plan": "5"}, AFTER, point_id=cast.point.id)
    evaluate(session, system, [1], epoch_day(DAY), epoch_day(DAY))
    return cast


def opened(session, who, state, address, language="ru"):
    tab = signed_in(session, who, language)
    tab.look_at(address)
    tab.run(SessionState, "load")
    return tab, tab.run(state, "load")


def test_comparison_opens_on_its_last_measured_day_with_figures_first(session, office):
    _, state = opened(session, office.anna, PlanFactState, "/plan-fact")
    assert (state.status, state.period.words, state.length) == ("ready", "20 ноября 2026", "day")
    plan, fact, deviation, cost = state.view.stats
    assert (plan.value, fact.value, deviation.value, cost.value) == ("4,6", "4,8", "+0,2", "0,20")
    assert fact.note == "нет данных: 1 час" and deviation.note == "+4,35 % к плану"


def test_hours_outside_and_hours_without_data_in_the_table(session, office):
    _, state = opened(session, office.anna, PlanFactState, "/plan-fact")
    rows = {row.cells[0]: row for row in state.view.table.rows}
    assert rows["05:00–06:00"].cells[3:] == ("+0,2", "+100,0", "+0,2")
    assert (rows["05:00–06:00"].quality, rows["05:00–06:00"].tone) == ("Выше коридора", "danger")
    assert rows["16:00–17:00"].cells[2:5] == ("нет данных", "—", "—")
    assert state.view.table.rows[-1].cells[0] == "23:00–24:00" and len(rows) == 24


def test_a_month_is_shown_by_days(session, office):
    _, state = opened(session, office.anna, PlanFactState, "/plan-fact?point=1&first=2026-11-01&last=2026-11-30")
    assert len(state.view.table.rows) == 30 and state.view.title == "План и факт по дням"
    row = state.view.table.rows[19]
    assert (row.cells[3], row.quality) == ("+0,2", "1 выше, 0 ниже")


def test_address_reproduces_the_view(session, office):
    tab, state = opened(session, office.anna, PlanFactState, "/plan-fact?point=1&first=2026-11-19&last=2026-11-19")
    assert state.status == "no_plan" and state.links["edit"] == "/plan-fact/edit?day=2026-11-19&point=1"
    answer = asyncio.run(tab.state(PlanFactState).choose("group-5"))
    assert "group=5" in str(answer) and "first=2026-11-19" in str(answer)
    assert asyncio.run(tab.state(PlanFactState).choose({"x": 1})) is None


@pytest.mark.parametrize("query", ["first=2026-11-21&last=2026-11-01", "first=x", "first=2026-01-01&last=2026-12-01"])
def test_damaged_period_is_told(session, office, query):
    _, state = opened(session, office.anna, PlanFactState, f"/plan-fact?point=1&{query}")
    assert state.status == "invalid" and state.message


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("query", ["point=1", "point=x", "group=1", "point=1&group=1", "point=999999"])
def test_strangers_and_impossible_ids_find_nothing(session, office, page, query):
    _, state = opened(session, office.boris, page, f"{PAGES[page]}?{query}&day=2026-11-20")
    assert state.status == "missing" and "Квартира" not in str(state.get_delta())


@pytest.mark.parametrize("page", [*PAGES, DeviationsState])
def test_signed_out_visitor_sees_nothing(office, session, page):
    tab = Tab()
    tab.look_at(PAGES.get(page, "/deviations") + "?point=1")
    assert "Квартира" not in str(tab.run(page, "load").get_delta())


def test_a_day_is_typed_and_wrong_hours_are_told_beside_their_fields(session, office):
    tab, state = opened(session, office.anna, PlanEditState, "/plan-fact/edit?point=1&day=2026-11-25")
    assert (state.status, len(state.grid.hours), state.grid.hours[23].words) == ("ready", 24, "23:00–24:00")
    form = {f"h{i}": "1,5" for i in range(24)} | {"h7": "минус", "p3": "-1"}
    state = tab.run(PlanEditState, "save", form)
    assert (state.errors["h7"], state.errors["p3"]) == ("Введите число", "План не бывает меньше нуля")
    state = tab.run(PlanEditState, "save", form | {"h7": "2", "p3": ""})
    assert state.notice == "План на 25.11.2026 сохранён" and state.grid.hours[7].value == "2"
    assert tab.run(PlanEditState, "save", 7).notice == "План на 25.11.2026 убран"


def test_days_are_copied_and_counted(session, office):
    tab, _ = opened(session, office.anna, PlanEditState, "/plan-fact/edit?point=1&day=2026-11-27")
    form = {"first": "2026-11-27", "last": "2026-11-28", "weeks": "4"}
    state = tab.run(PlanEditState, "copy", form)
    assert state.copied == "Сохранено дней: 0. План уже был: 0. Нет похожих дней: 2."
    assert tab.run(PlanEditState, "copy", form | {"weeks": "99"}).errors["weeks"] == "От 1 до 8 недель"


def test_the_day_on_which_the_clock_changes_has_25_lines(session, office):
    office.point.zone_name = "Europe/Berlin"
    session.add(office.point)
    session.commit()
    _, state = opened(session, office.anna, PlanEditState, "/plan-fact/edit?point=1&day=2026-10-25")
    assert [hour.words for hour in state.grid.hours][2:4] == ["02:00–02:00 (UTC+02)", "02:00–03:00 (UTC+01)"]
    assert state.grid.note == "В этот день часов 25: переводят часы."


def test_board_and_journal(session, office):
    _, state = opened(session, office.anna, DeviationsState, "/deviations")
    assert state.status == "ready" and state.head["sub"].endswith("1 точка или группа · не принято: 2")
    assert {(row.kind, row.standing) for row in state.board} == {
        ("Часовой норматив", "Норма"),
        ("План по часам", "Норма"),
    }
    assert {row.what for row in state.rows} == {"выше часового норматива", "выше плана"}
    assert (state.rows[0].began, state.rows[0].lasted) == ("20.11.2026, 05:00", "1 час")


def test_accepting_with_an_explanation(session, office):
    tab, state = opened(session, office.anna, DeviationsState, "/deviations")
    tab.run(DeviationsState, "open_accept", state.rows[0].id)
    assert tab.run(DeviationsState, "accept", {"comment": " "}).error == "Заполните это поле"
    state = tab.run(DeviationsState, "accept", {"comment": "Пуск печи"})
    assert (state.accepting, state.notice) == (0, "Отклонение принято")
    accepted = next(row for row in state.rows if not row.can_accept)
    assert accepted.comment.endswith(" · Пуск печи") and accepted.status.startswith("Соколова")
    for forged in (999, "x", None):
        assert tab.run(DeviationsState, "open_accept", forged).accepting == 0


def test_limits_are_shown_set_and_refused(session, office):
    tab, state = opened(session, office.anna, LimitsState, "/deviations/limits?point=1")
    values = {row.kind: row.value for row in state.rows}
    assert (values["hour"], values["plan"], values["day"]) == ("0,3", "5", "")
    form = {"hour": "-1", **{f"after_{kind}": "2" for kind in KINDS}}
    state = tab.run(LimitsState, "save", form)
    assert state.errors["hour"] == "Уставка не бывает меньше нуля"
    state = tab.run(LimitsState, "save", form | {"hour": "7"})
    assert state.rows[0].value == "7" and state.notice.startswith("Уставки сохранены")


def test_a_group_is_made_changed_and_deleted(session, office):
    second = make.point(session, office.contract, "2")
    make.day(session, make.series(session, second), DAY)
    group = save_group(session, office.anna, office.contract.id, "Дом", [office.point.id, second.id])
    tab, _ = opened(session, office.anna, LimitsState, f"/deviations/limits?group={group}")
    state = tab.run(LimitsState, "open", "group")
    assert [(member.key, member.is_in) for member in state.members] == [("point-2", True), ("point-1", True)]
    state = tab.run(LimitsState, "save_group", {"title": "Дом", "point-1": "on"})
    assert state.errors["members"] == "Отметьте не меньше двух точек этого договора"
    tab.run(LimitsState, "delete_group")
    tab.look_at("/deviations/limits?group=" + str(group))
    assert tab.run(LimitsState, "load").status == "missing"


def test_days_to_come_are_ahead_not_without_data(session, office):
    tomorrow = date(2099, 1, 1)
    save_plan(session, office.anna, tomorrow, ["1"] * 24, (), point_id=office.point.id)
    _, state = opened(session, office.anna, PlanFactState, "/plan-fact?point=1&first=2099-01-01&last=2099-01-01")
    assert state.view.table.rows[0].cells[2] == "впереди" and state.figure["layout"]["shapes"] == []

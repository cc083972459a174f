"""What the tabs of journals and transformers answer to people, strangers and damaged addresses (Н-103…Н-127)."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from energo_cabinet.formats.files.options import ReadOptions
from energo_cabinet.formats.process.reader import read_bytes
from energo_cabinet.models import Transformer, TransformerKind
from energo_cabinet.services.imports.file import store_contents
from energo_cabinet.state.journal.events import EventsState
from energo_cabinet.state.point.transformers import TransformersState
from tests.state.tab import Tab, signed_in

pytestmark = pytest.mark.usefixtures("installation")

SEED = (Path(__file__).parents[2] / "formats" / "values" / "seed_journal.csv").read_bytes()
TABS = {EventsState: "events", TransformersState: "transformers"}


@pytest.fixture
def seed(session, cast, system):
    """The seed's journal in a point in Самара."""
    cast.point.zone_name, cast.point.number = "Europe/Samara", "ИИСТ Автомобилист"
    session.add(cast.point)
    session.flush()
    store_contents(session, system, "NEKTA", [read_bytes(SEED, "j.csv", ReadOptions("Europe/Samara"))])


def opened(session, who, point_id: object, query: str = "", state: type = EventsState, language: str = "ru"):
    """A tab at an address, loaded."""
    tab = signed_in(session, who, language)
    tab.look_at(f"/points/{point_id}/{TABS[state]}{query}")
    return tab, tab.run(state, "load")


def test_old_journal_opens_on_itself_with_both_clocks(session, cast, seed):
    _, state = opened(session, cast.anna, cast.point.id)
    assert (state.status, state.period.words) == ("ready", "12 января – 10 февраля 2023")
    assert state.view.lines[0].name == "Время коррекции часов прибора: 4 раза"
    assert "противоречат себе: 1" in state.view.lines[0].note
    assert state.view.clocks == "Время местное, UTC+4. Часы прибора идут по UTC+3."


def test_lines_say_what_the_seed_says(session, cast, seed):
    """Н-107…Н-109."""
    _, state = opened(session, cast.anna, cast.point.id, "?fold=0")
    found = {line.at: line for line in state.view.lines}
    assert found["07.02.2023 01:20"].lasted == "10 минут"
    assert found["08.02.2023 00:50"].note == "(выход) 00:50, возврат не получен"
    assert found["08.02.2023 00:50"].phase == "3 (C)"
    correction = "(до коррективы) 09.02.2023 02:06:48 (после коррективы) 09.02.2023 02:08:45"
    assert found["09.02.2023 03:06"].note == f"{correction} значение коррективы +1 минута 57 с"
    assert [line.at for line in state.view.lines if line.doubt] == ["10.02.2023 03:08"]


def test_event_opens_and_closes(session, cast, seed):
    tab, state = opened(session, cast.anna, cast.point.id, "?fold=0")
    key = state.view.lines[0].key
    view = tab.run(EventsState, "toggle", key).opened
    facts = {fact.label: fact.value for fact in view.facts}
    assert facts["По часам прибора"] == "10.02.2023 02:58:41 (UTC+3)"
    assert facts["Местное время"] == "10.02.2023 03:08:00 (UTC+4)"
    assert facts["За 30 дней"] == "4 таких события" and "1 минута 58 с" in view.doubt
    assert tab.run(EventsState, "toggle", key).opened.key == ""


@pytest.mark.parametrize("key", ["1~m23x.02", "nonsense", 7, None, {"a": 1}])
def test_forged_event_opens_nothing(session, cast, seed, key):
    tab, _ = opened(session, cast.anna, cast.point.id)
    view = tab.run(EventsState, "toggle", key).opened
    assert view.meaning == "" and view.facts == ()


def test_filters_become_an_address(session, cast, seed):
    tab, _ = opened(session, cast.anna, cast.point.id, "?fold=0&before=9999999999~z&severity=2")
    answer = str(_answer(tab, "choose", "kind", "m23x.2A"))
    assert "kind=m23x.2A" in answer and "severity=2" in answer and "before" not in answer
    assert "text=" in str(_answer(tab, "search", {"text": " 77 "}))
    assert _answer(tab, "choose", "point_id", "6") is None


@pytest.mark.parametrize(
    "query",
    ["?severity=9", "?phase=x", "?before=1", "?kind=%27", "?first=abc", "?first=2023-02-03&last=2023-02-01", "?text="],
)
def test_damaged_address_is_told(session, cast, seed, query):
    query += "x" * 101 if query.endswith("text=") else ""
    _, state = opened(session, cast.anna, cast.point.id, query)
    assert state.status == "invalid" and state.message and state.links["default"].endswith("/events")


def test_filter_on_a_damaged_address_is_told_too(session, cast, seed):
    tab, _ = opened(session, cast.anna, cast.point.id, "?phase=x")
    days = {"first": "2023-02-01", "last": "2023-02-28"}
    for handler, *given in (("choose", "kind", "clock"), ("search", None), ("choose_dates", days), ("choose_dates", 7)):
        assert _answer(tab, handler, *given) is None
        assert tab.state(EventsState).status == "invalid"


@pytest.mark.parametrize("state", TABS)
@pytest.mark.parametrize("point_id", [None, 999999, "abc", "-1", "99999999999999"])
def test_stranger_and_impossible_ids_find_no_point(session, cast, seed, state, point_id):
    _, found = opened(session, cast.boris, cast.point.id if point_id is None else point_id, state=state)
    assert found.status == "missing" and "Квартира" not in str(found.get_delta())


@pytest.mark.parametrize("state", TABS)
def test_signed_out_visitor_sees_nothing(cast, session, seed, state):
    tab = Tab()
    tab.look_at(f"/points/{cast.point.id}/{TABS[state]}")
    assert tab.run(state, "load").head.title == ""


@pytest.mark.parametrize("state", TABS)
def test_point_without_any_is_an_empty_tab(session, cast, state):
    """Н-127."""
    _, found = opened(session, cast.anna, cast.point.id, state=state)
    assert found.status == "none" and found.head.title == "Квартира 42, ввод"


def test_transformer_in_words(session, cast):
    session.add(Transformer(point_id=cast.point.id, phase=1, kind=TransformerKind.CURRENT, primary_current_a="200.5"))
    session.flush()
    _, state = opened(session, cast.anna, cast.point.id, state=TransformersState)
    facts = {fact.label: fact for fact in state.phases[0].transformers[0].facts}
    assert (state.phases[0].title, len(facts)) == ("Фаза 1", 13)
    assert facts["Номинальный первичный ток"].value == "200,5\u00a0А"
    due = facts["Дата следующей проверки"]
    assert (due.value, due.tone, facts["Комментарий"].value) == ("Неизвестна", "warning", "—")


def test_english_journal_has_english_words(session, cast, seed):
    _, state = opened(session, cast.anna, cast.point.id, "?fold=0", language="en")
    assert state.view.lines[1].name == "Voltage of phase 2 above the normal range"
    assert state.view.lines[1].note == "(out) 03:00, no record of the return"


def _answer(tab, handler: str, *arguments: object) -> object:
    """What a handler returns."""
    return asyncio.run(getattr(tab.state(EventsState), handler)(*arguments))

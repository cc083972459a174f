"""The pages of the registry and of quality without a browser: lists, forms, conflicts, the replacement, files."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlmodel import Session, select

from energo_cabinet.formats.registry.table import read_registry
from energo_cabinet.models import MeteringPoint, MeterInstallation
from energo_cabinet.services.registry.file import preview_registry
from energo_cabinet.state.quality.staff_quality import QualityState
from energo_cabinet.state.registry.staff_file import RegistryImportState
from energo_cabinet.state.registry.staff_new import RegistryNewState
from energo_cabinet.state.registry.staff_point import RegistryEditState, RegistryPointState
from energo_cabinet.state.registry.staff_registry import RegistryState
from energo_cabinet.state.registry.staff_replacement import ReplacementState
from tests import cast as make
from tests.services.quality.test_quality import YESTERDAY
from tests.state.tab import Tab, signed_in

pytestmark = pytest.mark.usefixtures("installation")
TYPED = {"day": "2026-11-02", "time": "12:00", "serial": "555", "final_T0": "1100", "initial_T0": "0"}


def opened(session: Session, who, path: str, kind: type) -> Tab:
    """A tab at an address with its page loaded."""
    tab = signed_in(session, who)
    tab.look_at(path)
    tab.run(kind, "load")
    return tab


@pytest.fixture
def at_point(session, cast) -> Tab:
    """Григорий at Анна's point with its meter."""
    make.meter(session, cast.point, next_verification_on=YESTERDAY)
    return opened(session, cast.grigory, f"/staff/registry/{cast.point.id}", RegistryPointState)


def test_list_shows_the_meter_and_an_overdue_verification(session, cast):
    make.meter(session, cast.point, next_verification_on=YESTERDAY)
    state = opened(session, cast.grigory, "/staff/registry?state=overdue", RegistryState).state(RegistryState)
    (row,) = state.points
    assert (row.number, row.meter, row.tone) == ("ЛС-061-01", "41907352 · Меркурий 204 ARTM", "danger")


def test_damaged_addresses_show_something_sensible(session, cast):
    tab = opened(session, cast.grigory, "/staff/registry?state=x&by=y&text=%00", RegistryState)
    assert tab.state(RegistryState).status == "ready"
    tab = opened(session, cast.grigory, "/staff/registry/999999999999", RegistryPointState)
    assert tab.state(RegistryPointState).status == "missing"
    tab = opened(session, cast.darya, f"/staff/registry/{cast.point.id}", RegistryPointState)
    assert tab.state(RegistryPointState).status == "missing"


def test_a_form_is_saved_and_confirmed(at_point, session):
    edit = at_point.run(RegistryEditState, "edit", "point")
    at_point.run(RegistryEditState, "save", edit.typed | {"address": "Речная, 3"})
    assert (edit.dialog, edit.notice) == ("", "Сохранено")
    assert any(fact.value == "Речная, 3" for fact in at_point.state(RegistryPointState).view.point)


def test_wrong_fields_keep_the_form_open(at_point):
    at_point.run(RegistryEditState, "edit", "meter")
    edit = at_point.run(RegistryEditState, "save", {"serial": "", "zone_count": "9"})
    assert edit.dialog == "meter" and edit.errors["serial"] and edit.errors["zone_count"] == "От 1 до 4"


def test_a_conflict_tells_what_is_there_now_and_saves_the_second_time(at_point, session, cast):
    edit = at_point.run(RegistryEditState, "edit", "point")
    typed = edit.typed | {"place": "Моё место"}
    session.get(MeteringPoint, cast.point.id).place = "Чужое место"
    session.commit()
    at_point.run(RegistryEditState, "save", typed)
    assert edit.dialog == "point" and edit.errors["place"] == "Сейчас в реестре: Чужое место"
    at_point.run(RegistryEditState, "save", typed)
    session.expire_all()
    assert session.get(MeteringPoint, cast.point.id).place == "Моё место"


def test_a_replacement_is_looked_at_before_it_is_recorded(at_point, session):
    state = at_point.run(ReplacementState, "open")
    assert state.dialog == "replace" and state.view.old.startswith("41907352")
    at_point.run(ReplacementState, "look", TYPED)
    assert state.preview.title.endswith("ноябрь 2026") and len(session.exec(select(MeterInstallation)).all()) == 1
    at_point.run(ReplacementState, "look", TYPED | {"final_T0": "1200"})
    assert len(session.exec(select(MeterInstallation)).all()) == 1
    at_point.run(ReplacementState, "look", TYPED | {"final_T0": "1200"})
    session.expire_all()
    installed = session.exec(select(MeterInstallation).order_by(MeterInstallation.id))
    assert state.notice and [row.removed_on is None for row in installed] == [False, True]


def test_transformers_come_and_go(at_point):
    at_point.run(RegistryEditState, "edit_transformer", "")
    at_point.run(RegistryEditState, "save_transformer", {"phase": "1", "kind": "current", "serial_number": "88"})
    (shown,) = at_point.state(RegistryPointState).view.transformers
    at_point.run(RegistryEditState, "edit_transformer", shown.key)
    at_point.run(RegistryEditState, "ask_remove")
    at_point.run(RegistryEditState, "remove")
    assert at_point.state(RegistryPointState).view.transformers == ()


def test_a_file_is_shown_row_by_row_and_applied(session, cast):
    rows = read_registry("point;name;installed_on\nП-1;Гараж;\nП-2;x;вчера\n".encode())
    file = preview_registry(session, cast.grigory, "r.csv", "x", rows)
    tab = opened(session, cast.grigory, f"/staff/registry/import?file={file.id}", RegistryImportState)
    state = tab.state(RegistryImportState)
    assert [(row.fate, row.words) for row in state.rows][1] == ("отказ", ("Установлен: «вчера» — не дата",))
    assert state.file.apply == "Записать 1"
    tab.run(RegistryImportState, "apply")
    assert (state.file.state, state.error) == ("applied", "")


def test_files_of_others_are_missing(session, cast):
    file = preview_registry(session, cast.grigory, "r.csv", "x", [])
    for address in (f"?file={file.id}", "?file=x", "?file=99999999999"):
        tab = opened(session, cast.darya, f"/staff/registry/import{address}", RegistryImportState)
        assert tab.state(RegistryImportState).status == "missing"


def test_the_board_shows_gaps_silence_and_the_way_to_the_point(session, cast):
    make.meter(session, cast.point)
    make.day(session, make.series(session, cast.point), YESTERDAY - timedelta(days=4), [1] * 24 + [None] * 24)
    state = opened(session, cast.grigory, "/staff/quality?month=x", QualityState).state(QualityState)
    assert state.status == "ready" and len(state.stats) == 4
    (line,), (silent,) = state.lines, state.silent
    assert "heat some" in {cell.cls for cell in line.cells} or "heat none" in {cell.cls for cell in line.cells}
    assert line.href == silent.href == f"/staff/registry/{cast.point.id}"


def test_a_point_is_added_and_its_page_opened(session, cast):
    tab = opened(session, cast.grigory, "/staff/registry", RegistryState)
    assert tab.run(RegistryNewState, "begin").dialog == "new"
    state = tab.run(RegistryNewState, "save", {"point": "ЛС-061-01", "name": "Гараж"})
    assert (state.dialog, state.errors["point"]) == ("new", "Точка с таким номером уже есть")
    state = tab.run(RegistryNewState, "save", {"point": "ЛС-061-02", "name": "Гараж"})
    assert (state.dialog, state.is_busy) == ("", False)
    session.expire_all()
    assert len(session.exec(select(MeteringPoint)).all()) == 2

"""The pages of imports without a browser: lists, one import, versions, tokens; nothing for strangers."""

from __future__ import annotations

import asyncio

import pytest

from energo_cabinet.models import ImportJob, ImportStatus
from energo_cabinet.services.imports.job import add_import
from energo_cabinet.state.imports.staff_day import StaffImportDayState
from energo_cabinet.state.imports.staff_import import StaffImportState
from energo_cabinet.state.imports.staff_imports import StaffImportsState
from energo_cabinet.state.imports.staff_machines import StaffMachinesState
from tests import imports
from tests.formats.maket_writer import Channel, maket


@pytest.fixture
def engineer(cast, visitor_of, session, installation):
    """Григорий's browser, with a refused import, one that waits, and an earlier version of a day."""
    imports.job(session, cast.supplier, name="плохой.xml")
    data = maket({"ЛС-061-01": [Channel()]})
    add_import(session, cast.grigory, imports.kept(data, "хороший.xml"), {})
    imports.version(session, cast.point)
    return visitor_of(cast.grigory)


def run(event):
    return asyncio.run(event)


def test_the_list_says_what_became_of_every_file(engineer):
    state = engineer.open(StaffImportsState, "/staff/imports")
    assert (state.status, state.waiting) == ("ready", 1)
    assert [(row.name, row.status, row.note) for row in state.rows] == [
        ("хороший.xml", "В ОЧЕРЕДИ", "Начнётся, когда освободится место"),
        ("плохой.xml", "ОТКЛОНЁН", "Строка 7: точки учёта «ЛС-061-01» у поставщика нет (значений: 48)"),
    ]


def test_filters_are_in_the_address(engineer):
    state = engineer.open(StaffImportsState, "/staff/imports?status=refused&text=ПЛОХОЙ")
    assert [row.name for row in state.rows] == ["плохой.xml"]
    assert engineer.open(StaffImportsState, "/staff/imports?way=folder").status == "empty"
    assert engineer.open(StaffImportsState, "/staff/imports?way=%00&status=x").status == "ready"
    assert "status=refused" in str(run(state.choose("status", "refused")))


def test_a_waiting_file_is_stopped_and_sent_again(engineer, session):
    state = engineer.open(StaffImportsState, "/staff/imports")
    run(state.stop(state.rows[0].id))
    assert state.rows[0].status == "ОТМЕНЁН"
    run(state.stop(state.rows[0].id))
    assert state.notice == "Этот файл уже обработан."
    run(state.again(state.rows[0].id))
    assert (len(state.rows), state.rows[0].state) == (3, "waiting")


def test_an_import_shows_lines_and_reasons(engineer, session):
    state = engineer.open(StaffImportState, "/staff/imports/1")
    assert (state.status, [row.place for row in state.refusals]) == ("ready", ["Строка 7"])
    assert "SHA-256" in [fact.label for fact in state.facts]
    session.get_one(ImportJob, 2).status = ImportStatus.RUNNING
    session.commit()
    assert engineer.open(StaffImportState, "/staff/imports/2").row.is_running


@pytest.mark.parametrize("address", ["/staff/imports/99", "/staff/imports/x", "/staff/imports/99999999999"])
def test_what_is_no_import_is_missing(engineer, address):
    assert engineer.open(StaffImportState, address).status == "missing"


def test_versions_stand_side_by_side(engineer):
    state = engineer.open(StaffImportDayState, "/staff/imports/days/1")
    assert (state.status, state.title, len(state.heads)) == ("ready", "1 ноября 2026", 2)
    assert (len(state.rows), state.rows[0].cells, state.rows[0].difference) == (48, ("0,000", "0,100"), "+0,100")
    run(state.show_all())
    assert state.is_all


def test_a_token_is_shown_in_its_dialog_and_forgotten_with_it(engineer):
    state = engineer.open(StaffMachinesState, "/staff/imports/machines")
    run(state.issue({"title": ""}))
    assert state.errors["title"]
    run(state.issue({"title": "Опрос"}))
    assert (state.dialog, state.token[:4], [row.name for row in state.rows]) == ("shown", "imp_", ["Опрос"])
    run(state.close())
    assert state.token == ""
    run(state.ask_revoke(state.rows[0].id))
    run(state.revoke())
    assert (state.dialog, state.rows) == ("", [])


def test_staff_of_another_supplier_see_nothing(engineer, cast, visitor_of):
    darya = visitor_of(cast.darya)
    assert darya.open(StaffImportsState, "/staff/imports").status == "empty"
    assert darya.open(StaffImportState, "/staff/imports/1").status == "missing"
    assert darya.open(StaffImportDayState, "/staff/imports/days/1").status == "missing"

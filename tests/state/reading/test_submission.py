"""«Передать показания» without a browser: fields, doubts, receipt, history, what strangers get (F-5, Н-67…69)."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from energo_cabinet.auth import rate
from energo_cabinet.domain.time.local_day import local_day
from energo_cabinet.jobs.deliveries import deliver_to_suppliers
from energo_cabinet.models import Meter, ReadingSubmission
from energo_cabinet.state.frame.session import SessionState
from energo_cabinet.state.point.points import PointsState
from energo_cabinet.state.reading.submission import SubmissionState, refresh_submissions
from tests import cast as make
from tests.state.tab import signed_in

pytestmark = pytest.mark.usefixtures("installation")


@pytest.fixture
def house(session, cast):
    """A plain meter whose supplier takes readings on any day; 4 500 kWh a month ago."""
    rate.forget_all()
    cast.supplier.reading_first_day, cast.supplier.reading_last_day = 1, 31
    make.meter(session, cast.point, serial_number="07731955", is_smart=False)
    last = datetime.now(UTC) - timedelta(days=30)
    make.readings(session, cast.point, "T0", [(last - timedelta(days=60), 4_300_000), (last, 4_500_000)])
    session.commit()
    return cast


def opened(session, who, path="/points/1/submit"):
    tab = signed_in(session, who)
    tab.look_at(path)
    tab.run(SessionState, "load")
    tab.run(SubmissionState, "load")
    return tab


def send(tab, **form):
    return tab.run(SubmissionState, "submit", form)


def test_form_shows_what_was_and_until_when(session, house):
    state = opened(session, house.anna).state(SubmissionState)
    (field,) = state.view.fields
    assert (state.status, field.label, field.last) == ("open", "Показание", "4500.000")
    assert field.last_words == "4\u00a0500,00\u00a0кВт·ч"
    assert state.view.calculated.startswith("Поставщик начислит по среднему расходу: ≈ 100 кВт·ч")
    assert state.view.window.startswith("Поставщик принимает показания с 1 ")


def test_right_reading_gets_a_receipt_and_its_answer_by_itself(session, house):
    tab = opened(session, house.anna)
    state = send(tab, T0="4 600,5")
    assert (state.errors["form"], state.sent.status, state.sent.used) == ("", "sent", "+100,5\u00a0кВт·ч")
    assert asyncio.run(deliver_to_suppliers()) == 1
    asyncio.run(refresh_submissions(tab.root))
    assert (state.sent.badge, state.rows[0].badge, state.view.is_done) == ("Принято", "Принято", True)


def test_wrong_value_stands_beside_its_field(session, house):
    state = send(opened(session, house.anna), T0="abc", read_on="2001-01-01")
    assert state.errors["T0"] == "Введите число, например 4512,30."
    assert state.errors["read_on"] == "Уже есть показание за этот день или позже."
    assert (state.sent.id, state.is_busy) == (0, False)


def test_doubt_wants_a_tick_for_these_values(session, house):
    tab = opened(session, house.anna)
    state = send(tab, T0="4400", confirmed="on")  # ticked before anything was doubted
    assert state.doubts == ["Меньше прошлого показания на 100,0 кВт·ч."]
    assert send(tab, T0="4300", confirmed="on").sent.id == 0  # another value than the one doubted
    assert send(tab, T0="4300").sent.id == 0
    state = send(tab, T0="4300", confirmed="on")
    assert (state.sent.status, state.doubts) == ("waiting", [])
    assert state.sent.note.startswith("Значение необычное")


def test_smart_and_closed_meters_have_no_form(session, cast):
    make.meter(session, cast.point)
    today = local_day(datetime.now(UTC), cast.point.zone_name).day
    session.commit()
    assert opened(session, cast.anna).state(SubmissionState).status == "smart"
    for meter in session.exec(select(Meter)):
        meter.is_smart = False
    far = today + 3 if today < 25 else 1
    cast.supplier.reading_first_day = cast.supplier.reading_last_day = far
    session.commit()
    state = opened(session, cast.anna).state(SubmissionState)
    assert (state.status, state.view.opens.startswith("Откроется")) == ("closed", True)
    assert "Приём показаний закрыт" in send(opened(session, cast.anna), T0="1").errors["form"]


@pytest.mark.parametrize("path", ["/points/99999/submit", "/points/x/submit", "/points/1/submit"])
def test_strangers_and_damaged_addresses_are_missing(session, house, path):
    assert opened(session, house.boris, path).state(SubmissionState).status == "missing"


def test_history_pages(session, house):
    for number in range(13):
        at = datetime.now(UTC) - timedelta(days=13 - number)
        row = ReadingSubmission(
            point_id=1, contract_id=1, meter_id=1, user_id=1, form_key=f"k{number}", read_at=at, created_at=at
        )
        row.registers_wh, row.used_wh = {"T0": 4_500_000 + number}, {}
        session.add(row)
    session.commit()
    tab = opened(session, house.anna)
    state = tab.state(SubmissionState)
    assert (len(state.rows), state.has_more) == (10, True)
    tab.run(SubmissionState, "more")
    assert (len(state.rows), state.has_more) == (13, False)


@pytest.mark.parametrize("form", [None, 5, [], {"T0": {"a": 1}}, {"T0": 7, "confirmed": [], "attachments": 3}])
def test_handler_bears_any_payload(session, house, form):
    state = opened(session, house.anna)
    assert state.run(SubmissionState, "submit", form).errors["T0"] == "Введите показание."


def test_list_of_points_leads_there_for_a_plain_meter_only(session, house):
    """Н-68."""
    tab = signed_in(session, house.anna)
    tab.look_at("/points")
    tab.run(SessionState, "load")
    assert tab.run(PointsState, "load").rows[0].submit == "/points/1/submit"

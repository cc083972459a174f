"""«Главная» as its state: words of the answer, empty pages, what a push refreshes (Н-37…Н-48)."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from energo_cabinet.models import TicketStatus
from energo_cabinet.services.bill.balance import BalancePart, ContractBalance, LastCharge
from energo_cabinet.services.ticket.thread import TicketCard
from energo_cabinet.state.frame.session import SessionState
from energo_cabinet.state.home.cards_view import balance_view, ticket_row
from energo_cabinet.state.home.overview import OverviewState, refresh_overview
from tests import cast as make
from tests.state.tab import signed_in


@pytest.fixture
def series(session, cast):
    """October by 0,1 kWh a slot, twenty days of November by 0,2."""
    made = make.series(session, cast.point)
    for n in range(31):
        make.day(session, made, date(2026, 10, 1) + timedelta(days=n), 100)
    for n in range(20):
        make.day(session, made, date(2026, 11, 1) + timedelta(days=n), 200)
    return made


def at_home(session, who, language="ru"):
    tab = signed_in(session, who, language)
    tab.look_at("/overview")
    tab.run(SessionState, "load")
    return tab, tab.run(OverviewState, "load")


def test_the_answer_in_words(session, installation, cast, series):
    _, home = at_home(session, cast.anna)
    assert (home.status, home.month.title, home.month.kwh) == ("ready", "1–20 ноября 2026", "192,0")
    assert home.month.kwh_change.words == "+96,0\u00a0кВт·ч (+100\u00a0%) против 1–20 октября"
    assert (home.month.kwh_change.tone, home.month.rub) == ("bad", "")
    assert home.month.drawing.summary == "Расход по дням за 1–20 ноября 2026: всего 192,0\u00a0кВт·ч"


def test_english(session, installation, cast, series):
    _, home = at_home(session, cast.anna, "en")
    assert home.month.title == "1–20 November 2026"
    assert home.month.kwh_change.words.endswith("against 1–20 October")


def test_a_push_brings_new_values_into_an_open_page(session, installation, cast, series):
    tab, home = at_home(session, cast.anna)
    make.day(session, series, date(2026, 11, 21), 200)
    session.commit()
    asyncio.run(refresh_overview(tab.root))
    assert (home.month.title, home.month.kwh) == ("1–21 ноября 2026", "201,6")


def test_a_push_leaves_other_pages_alone(session, installation, cast, series):
    tab, home = at_home(session, cast.anna)
    tab.run(OverviewState, "leave")
    asyncio.run(refresh_overview(tab.root))
    assert (home.status, home.month.title) == ("loading", "")


def test_without_contracts_and_without_points(session, installation, cast):
    _, nobody = at_home(session, cast.boris)
    assert (nobody.status, nobody.month.title, nobody.info) == ("no_contracts", "", [])
    cast.point.contract_id = None
    session.commit()
    _, home = at_home(session, cast.anna)
    assert (home.status, home.meters, home.month.title) == ("ready", [], "")


def test_meters_and_contract(session, installation, cast, series):
    make.meter(session, cast.point)
    _, home = at_home(session, cast.anna)
    assert [(m.name, m.is_smart) for m in home.meters] == [("Квартира 42, ввод", True)]
    assert [line.value for line in home.info][:2] == ["NeKta", "7638-294-061"]


def owed_913() -> ContractBalance:
    """An October bill of 913,47 ₽ to be paid by 15 December."""
    day_of = date(2026, 12, 15)
    part = BalancePart(Decimal("-913.47"), 1, "11", date(2026, 10, 1))
    charge = LastCharge(1, "11", date(2026, 10, 1), Decimal("913.47"))
    return ContractBalance(
        status="due",
        amount_rub=part.amount_rub,
        debt_rub=Decimal(0),
        parts=(part,),
        last_charge=charge,
        last_payment=None,
        due_on=day_of,
        penalty_rub=None,
        penalty_source="",
        today=date(2026, 11, 21),
    )


def test_balance_in_words_and_tone():
    view = balance_view(owed_913(), "ru")
    assert (view.label, view.amount, view.is_payable) == ("К оплате до 15 декабря", "913,47\u00a0₽", True)
    assert [(line.label, line.value) for line in view.lines] == [
        ("Задолженность", "нет"),
        ("Начислено за октябрь 2026", "913,47\u00a0₽"),
    ]
    late = balance_view(replace(owed_913(), status="debt", debt_rub=Decimal("913.47")), "ru")
    assert (late.badge, late.tone, late.lines[0].tone) == ("Есть задолженность", "danger", "bad")


def test_a_ticket_with_its_status():
    made = datetime(2026, 11, 20, 12, tzinfo=UTC)
    card = TicketCard(7, 3, "Смена расписания", TicketStatus.IN_WORK, made, True, answer_due_on=date(2026, 11, 26))
    row = ticket_row(card, "ru")
    assert (row.number, row.status, row.tone, row.address) == ("№3", "В РАБОТЕ", "warning", "/tickets/7")
    assert row.note == "20.11.2026 · ответ ожидается до 26.11.2026"
    assert ticket_row(card, "en").number == "No. 3"


def test_a_plain_meter_says_when_it_is_read(session, installation, cast):
    make.meter(session, cast.point, is_smart=False)
    at = datetime.now(UTC) - timedelta(days=50)  # by the page's clock: a year later nothing is calculated
    make.readings(session, cast.point, "T0", [(at - timedelta(days=60), 700_000), (at, 812_400)])
    _, home = at_home(session, cast.anna)
    (meter,) = home.meters
    assert (meter.is_smart, meter.registers[0].value) == (False, "812,400")
    assert meter.registers[0].calculated and meter.note

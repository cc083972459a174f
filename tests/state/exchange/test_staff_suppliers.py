"""`/staff/suppliers` and the line that says how old a supplier's data are, without a browser."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from energo_cabinet.services.exchange.turn import sync_failed
from energo_cabinet.services.supplier.freshness import Freshness
from energo_cabinet.state.exchange.staff_suppliers import SuppliersState, refresh_suppliers
from energo_cabinet.state.frame.session import SessionState
from energo_cabinet.state.supplier.freshness_view import freshness_view
from tests.cast import NOW
from tests.services.exchange import pages as sent
from tests.state.tab import Tab, signed_in

pytestmark = pytest.mark.usefixtures("installation")
EARLY = NOW - timedelta(hours=2)


@pytest.fixture
def tab(session, system, cast) -> Tab:
    """Григорий looks at the page; a row was refused."""
    sent.remote(session, system, cast.supplier, cast.contract)
    mars = sent.POINT.model_copy(update={"number": "77", "zone_name": "Mars/X"})
    sent.take(session, system, cast.contract, "points", mars)
    made = signed_in(session, cast.grigory)
    made.look_at("/staff/suppliers")
    made.run(SuppliersState, "load")
    return made


def shown(tab: Tab) -> SuppliersState:
    return tab.state(SuppliersState)


def test_card_tells_the_state_and_follows_it(session, system, cast, tab):
    (card,) = shown(tab).suppliers
    assert (card.badge, card.failing, card.refused) == ("Ещё не спрашивали", "", "1")
    sync_failed(session, system, cast.supplier.id, "answer")
    session.commit()
    asyncio.run(refresh_suppliers(tab.root))
    (card,) = shown(tab).suppliers
    assert card.tone == "danger" and "не так, как описано в протоколе" in card.failing


def test_refused_rows_open_and_close(tab):
    key = shown(tab).suppliers[0].id
    tab.run(SuppliersState, "open", key)
    assert [(row.row, row.reason) for row in shown(tab).rows] == [("77", "Неизвестный часовой пояс")]
    tab.run(SuppliersState, "open", key)
    assert (shown(tab).rows, shown(tab).opened) == ([], "")


@pytest.mark.parametrize("wrong", ["", "x", "999", "-1", "9" * 30])
def test_nonsense_from_the_browser_is_no_supplier(tab, wrong):
    tab.run(SuppliersState, "sync", wrong)
    assert shown(tab).notice and shown(tab).status == "ready"


def test_sync_now_says_that_it_began(tab):
    tab.run(SuppliersState, "sync", shown(tab).suppliers[0].id)
    assert "Обмен запущен" in shown(tab).notice


def test_frame_says_that_data_are_loading(session, system, cast):
    sent.remote(session, system, cast.supplier, cast.contract)
    tab = signed_in(session, cast.anna)
    tab.look_at("/points")
    tab.run(SessionState, "load")
    assert tab.state(SessionState).fresh.words == "Загружаем данные поставщика…"


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (None, ""),
        (Freshness(NOW, None, False, NOW), "Данные поставщика на 09:00"),
        (Freshness(NOW - timedelta(days=1), None, False, NOW), "Данные поставщика на 20.11.2026, 09:00"),
        (Freshness(EARLY, EARLY, False, NOW), "Поставщик не отвечает с 07:00, показаны данные на 07:00"),
        (Freshness(EARLY, NOW, False, NOW), "Данные поставщика на 07:00"),
    ],
)
def test_age_in_words(found, words):
    assert freshness_view(found, "ru").words == words

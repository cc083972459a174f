"""Tariffs kept by their supplier: zones, prices by day, what a correction changes (issue 5, section 2; R-24)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from sqlmodel import select

from energo_cabinet.domain.time.local_day import add_months
from energo_cabinet.errors import Conflict
from energo_cabinet.models import LiveEvent, TariffPrice
from energo_cabinet.services.tariff.book import tariff_card
from energo_cabinet.services.tariff.price import set_prices, weigh_prices, withdraw_prices
from tests import cast as make
from tests.services.tariff.scene import NEXT, seen

PAST = NEXT | {"valid_from": "2026-07-01"}


def test_a_price_to_come_needs_no_confirmation_and_leaves_today_alone(session, cast, used):
    assert not weigh_prices(session, cast.grigory, used, NEXT).needs_a_look
    set_prices(session, cast.grigory, used, NEXT, seen(session, cast, used))
    card = tariff_card(session, cast.grigory, used)
    (day, _) = card.line.zones
    assert (day.price, day.next_price, day.next_since) == (Decimal("4.93"), Decimal("5.40"), date(2027, 1, 1))
    assert [(one.first, one.last) for one in card.history] == [
        (date(2025, 1, 1), date(2026, 12, 31)),
        (date(2027, 1, 1), None),
    ]


def test_a_past_price_says_what_it_changes_and_waits_for_a_yes(session, cast, used):
    make.bill(session, cast.contract, date(2026, 6, 1), "100")
    make.bill(session, cast.contract, date(2026, 8, 1), "100")
    effect = weigh_prices(session, cast.grigory, used, PAST)
    assert (effect.needs_a_look, effect.points, effect.contracts, effect.bills) == (True, 1, 1, 1)
    with pytest.raises(Conflict, match="tariff_price_sure"):
        set_prices(session, cast.grigory, used, PAST, seen(session, cast, used))
    set_prices(session, cast.grigory, used, PAST, seen(session, cast, used), is_sure=True)
    assert tariff_card(session, cast.grigory, used).line.zones[0].price == Decimal("5.40")
    assert {event.user_id for event in session.exec(select(LiveEvent))} == {cast.anna.user}


def test_the_same_day_twice_is_written_over_only_when_sure(session, cast, used):
    set_prices(session, cast.grigory, used, NEXT, seen(session, cast, used))
    other = NEXT | {"price_T1": "5.55"}
    with pytest.raises(Conflict, match="tariff_price_sure"):
        set_prices(session, cast.grigory, used, other, seen(session, cast, used))
    set_prices(session, cast.grigory, used, NEXT, "x")
    set_prices(session, cast.grigory, used, other, seen(session, cast, used), is_sure=True)
    assert len(session.exec(select(TariffPrice)).all()) == 4


def test_prices_changed_meanwhile_are_a_conflict(session, cast, used):
    stamp = seen(session, cast, used)
    set_prices(session, cast.grigory, used, NEXT, stamp)
    with pytest.raises(Conflict, match="tariff_changed"):
        set_prices(session, cast.grigory, used, NEXT | {"valid_from": "2027-02-01"}, stamp)


def test_only_what_has_not_begun_is_withdrawn(session, cast, used):
    set_prices(session, cast.grigory, used, NEXT, seen(session, cast, used))
    withdraw_prices(session, cast.grigory, used, date(2027, 1, 1))
    for day in (date(2025, 1, 1), date(2027, 1, 1), add_months(date(2027, 1, 1), 1)):
        with pytest.raises(Conflict, match="tariff_price_begun"):
            withdraw_prices(session, cast.grigory, used, day)

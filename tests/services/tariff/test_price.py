"""Tariffs kept by their supplier: zones, prices by day, what a correction changes (issue 5, section 2; R-24)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from sqlmodel import select

from energo_cabinet.auth.staff import PERMISSIONS
from energo_cabinet.domain.time.clock import add_months
from energo_cabinet.errors import Conflict, InvalidInput, PermissionDenied
from energo_cabinet.models import LiveEvent, StaffRoleName, Tariff, TariffPrice, TariffZonePeriod
from energo_cabinet.services.tariff.book import list_tariffs, tariff_card
from energo_cabinet.services.tariff.price import set_prices, weigh_prices, withdraw_prices
from energo_cabinet.services.tariff.writing import add_tariff, remove_tariff, save_tariff
from tests import cast as make

TYPED = {
    "code": "2З-26",
    "name": "Двухзонный, село",
    "source": "Приказ РЭК № 12 от 01.06.2026",
    "zone_count": "2",
    "hours_T1": "07:00–23:00",
    "hours_T2": "23:00–07:00",
    "valid_from": "2026-07-01",
    "price_T1": "6,17",
    "price_T2": "3.08",
}
PRICES = [("T1", date(2025, 1, 1), "4.93"), ("T2", date(2025, 1, 1), "2.96")]
NEXT = {"valid_from": "2027-01-01", "price_T1": "5.40", "price_T2": "3.20"}
PAST = NEXT | {"valid_from": "2026-07-01"}


@pytest.fixture
def used(session, cast) -> int:
    """The tariff Анна's point is billed by."""
    cast.point.tariff_id = make.tariff(session, cast.supplier, prices=PRICES).id
    session.flush()
    return cast.point.tariff_id


def seen(session, cast, tariff_id: int) -> str:
    return tariff_card(session, cast.grigory, tariff_id).seen


def refused(call, *args) -> InvalidInput:
    with pytest.raises(InvalidInput) as told:
        call(*args)
    return told.value


def test_a_tariff_with_two_zones_is_added_and_listed(session, cast):
    key = add_tariff(session, cast.grigory, TYPED)
    (line,) = list_tariffs(session, cast.grigory).lines
    assert (line.id, line.code, line.points) == (key, "2З-26", 0)
    assert line.periods == ((0, 420, "T2"), (420, 1380, "T1"), (1380, 1440, "T2"))
    assert [(z.zone, z.hours, z.price, z.since) for z in line.zones] == [
        ("T1", ((420, 1380),), Decimal("6.17"), date(2026, 7, 1)),
        ("T2", ((1380, 420),), Decimal("3.08"), date(2026, 7, 1)),
    ]


def test_every_wrong_field_is_told_at_once_and_nothing_is_kept(session, cast):
    wrong = {"code": "", "price_T1": "0", "price_T2": "1000,1", "valid_from": "вчера", "hours_T2": ""}
    error = refused(add_tariff, session, cast.grigory, TYPED | wrong)
    assert set(error.fields) == set(wrong)
    assert session.exec(select(Tariff)).all() == []


def test_a_gap_is_told_with_its_hours(session, cast):
    error = refused(add_tariff, session, cast.grigory, TYPED | {"hours_T2": "23:00–06:00"})
    assert (error.fields, error.params) == ({"form": "tariff_hours_gap"}, {"start": "06:00", "end": "07:00"})


@pytest.mark.parametrize("price", ["1.123456", "-1", "", "1000.01", "1e3", "много"])
def test_a_price_is_a_price(session, cast, price):
    assert "price_T1" in refused(add_tariff, session, cast.grigory, TYPED | {"price_T1": price}).fields


def test_a_code_is_the_suppliers_once(session, cast):
    add_tariff(session, cast.grigory, TYPED)
    assert refused(add_tariff, session, cast.grigory, TYPED).fields == {"code": "tariff_code_taken"}
    add_tariff(session, cast.darya, TYPED)


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


def test_zones_of_a_used_tariff_stay_and_it_is_not_taken_out(session, cast, used):
    fields = {"code": "2Z", "name": "Двухзонный", "source": "Приказ", "hours_T1": "08:00–23:00"}
    fields["hours_T2"] = "23:00–08:00"
    error = refused(save_tariff, session, cast.grigory, used, fields, seen(session, cast, used))
    assert error.fields == {"form": "tariff_zones_used"}
    with pytest.raises(Conflict, match="tariff_used"):
        remove_tariff(session, cast.grigory, used)
    same = fields | {"hours_T1": "07:00–23:00", "hours_T2": "23:00–07:00"}
    save_tariff(session, cast.grigory, used, same, seen(session, cast, used))
    assert session.get(Tariff, used).name == "Двухзонный"


def test_an_unused_tariff_changes_its_hours_and_goes_whole(session, cast):
    key = add_tariff(session, cast.grigory, TYPED)
    later = TYPED | {"hours_T1": "08:00–23:00", "hours_T2": "23:00–08:00"}
    save_tariff(session, cast.grigory, key, later, seen(session, cast, key))
    assert tariff_card(session, cast.grigory, key).line.periods[0] == (0, 480, "T2")
    remove_tariff(session, cast.grigory, key)
    for table in (Tariff, TariffPrice, TariffZonePeriod):
        assert session.exec(select(table)).all() == []


def test_an_engineer_reads_and_does_not_change(session, cast, used):
    role = StaffRoleName.ENGINEER
    engineer = replace(cast.grigory, staff=replace(cast.grigory.member, role=role, permissions=PERMISSIONS[role]))
    assert tariff_card(session, engineer, used).line.points == 1
    with pytest.raises(PermissionDenied):
        set_prices(session, engineer, used, NEXT, "x")

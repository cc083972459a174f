"""Tariffs added, changed and removed by their supplier (issue 5, section 2; R-24)."""

from __future__ import annotations

import pytest
from sqlmodel import select

from energo_cabinet.errors import Conflict, InvalidInput
from energo_cabinet.models import Tariff, TariffPrice, TariffZonePeriod
from energo_cabinet.services.tariff.book import tariff_card
from energo_cabinet.services.tariff.writing import add_tariff, remove_tariff, save_tariff
from tests.services.tariff.scene import TYPED, seen


def refused(call, *args) -> InvalidInput:
    with pytest.raises(InvalidInput) as told:
        call(*args)
    return told.value


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

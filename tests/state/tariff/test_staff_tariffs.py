"""The pages of tariffs and normatives without a browser: lists, forms, what a past price asks, files (issue 5)."""

from __future__ import annotations

from datetime import date

import pytest
from sqlmodel import select

from energo_cabinet.formats.registry.table import read_registry
from energo_cabinet.models import Normative, Tariff, TariffPrice
from energo_cabinet.services.registry.file import preview_registry
from energo_cabinet.state.point.point import PointState
from energo_cabinet.state.point.staff_normatives import NormativeEditState, NormativesState
from energo_cabinet.state.registry.staff_file import RegistryImportState
from energo_cabinet.state.tariff.staff_tariff import TariffEditState, TariffPriceState, TariffState
from energo_cabinet.state.tariff.staff_tariffs import TariffAddState, TariffsState
from tests import cast as make
from tests.services.point.test_normative import PRICE_FILE
from tests.services.point.test_normative import TYPED as NORM
from tests.services.tariff.scene import PRICES, TYPED
from tests.state.registry.test_staff_registry import opened
from tests.state.tab import Tab

pytestmark = pytest.mark.usefixtures("installation")


@pytest.fixture
def tariff(session, cast) -> Tariff:
    """The tariff of Анна's point."""
    made = make.tariff(session, cast.supplier, prices=PRICES)
    cast.point.tariff_id = made.id
    session.flush()
    return made


@pytest.fixture
def at_tariff(session, cast, tariff) -> Tab:
    """Григорий at its page."""
    return opened(session, cast.grigory, f"/staff/tariffs/{tariff.id}", TariffState)


def test_the_list_tells_zones_prices_and_who_is_billed(session, cast, tariff):
    (row,) = opened(session, cast.grigory, "/staff/tariffs", TariffsState).state(TariffsState).rows
    assert (row.used, row.href) == ("1 точка, 1 договор", f"/staff/tariffs/{tariff.id}")
    assert row.drawn == "T1 день: 07:00–23:00; T2 ночь: 23:00–07:00"
    assert [zone.price for zone in row.zones] == ["4,93 ₽", "2,96 ₽"]
    assert [part.tone for part in row.band] == ["t2", "t1", "t2"]


def test_a_gap_is_told_in_words_and_the_form_stays(session, cast):
    tab = opened(session, cast.grigory, "/staff/tariffs", TariffsState)
    tab.run(TariffAddState, "add")
    add = tab.run(TariffAddState, "save", TYPED | {"hours_T2": "23:00–06:00"})
    assert (add.dialog, add.errors["form"]) == ("add", "Время с 06:00 до 07:00 не отнесено ни к одной зоне")
    tab.run(TariffAddState, "save", TYPED)
    assert (add.dialog, session.exec(select(Tariff.code)).all()) == ("", ["2З-26"])


def test_foreign_and_damaged_addresses_are_missing(session, cast, tariff):
    for who, path in ((cast.darya, tariff.id), (cast.grigory, "9" * 12), (cast.grigory, "x")):
        tab = opened(session, who, f"/staff/tariffs/{path}", TariffState)
        assert tab.state(TariffState).status == "missing"


def test_a_past_price_is_asked_about_once_and_again_when_it_changes(at_tariff, session):
    at_tariff.run(TariffPriceState, "open", "")
    typed = {"valid_from": "2026-07-01", "price_T1": "5,40", "price_T2": "3,20"}
    prices = at_tariff.run(TariffPriceState, "save", typed)
    assert prices.effect.startswith("Стоимость с 01.07.2026 и дальше пересчитается у 1 точки (1 договор)")
    other = typed | {"price_T1": "5,41"}
    at_tariff.run(TariffPriceState, "save", other)
    assert (prices.dialog, len(session.exec(select(TariffPrice)).all())) == ("prices", 2)
    at_tariff.run(TariffPriceState, "save", other)
    assert (prices.dialog, prices.notice) == ("", "Цены записаны")
    assert [row.state for row in at_tariff.state(TariffState).view.history] == ["действует", "прошлое"]


def test_a_price_to_come_is_set_at_once_and_withdrawn_after_a_question(at_tariff):
    prices = at_tariff.run(TariffPriceState, "open", "")
    assert prices.typed["price_T1"] == "4.93" and prices.typed["valid_from"].endswith("-01")
    at_tariff.run(TariffPriceState, "save", prices.typed | {"valid_from": "2099-01-01", "price_T1": "6"})
    (later, _) = at_tariff.state(TariffState).view.history
    at_tariff.run(TariffPriceState, "ask_withdraw", later.day)
    at_tariff.run(TariffPriceState, "withdraw")
    assert (prices.notice, len(at_tariff.state(TariffState).view.history)) == ("Цена отменена", 1)


def test_a_tariff_in_use_keeps_its_zones_and_changes_its_name(at_tariff, session, tariff):
    edit = at_tariff.run(TariffEditState, "edit")
    at_tariff.run(TariffEditState, "save", edit.typed | {"source": "Приказ", "hours_T1": "06:00–23:00"})
    assert edit.dialog == "edit" and edit.errors["form"]
    at_tariff.run(TariffEditState, "save", edit.typed | {"source": "Приказ № 7", "hours_T1": "", "hours_T2": ""})
    session.expire_all()
    assert (edit.notice, session.get(Tariff, tariff.id).source) == ("Сохранено", "Приказ № 7")


def test_normatives_are_added_changed_and_taken_out(session, cast):
    tab = opened(session, cast.grigory, "/staff/normatives", NormativesState)
    page = tab.state(NormativesState)
    assert page.status == "empty"
    tab.run(NormativeEditState, "edit", 0)
    edit = tab.run(NormativeEditState, "save", NORM | {"source": ""})
    assert edit.errors["source"] == "Заполните поле"
    tab.run(NormativeEditState, "save", NORM)
    (row,) = page.rows
    assert (row.value, row.state) == ("50 кВт·ч на человека в месяц", "действует")
    tab.run(NormativeEditState, "edit", row.id)
    tab.run(NormativeEditState, "ask_remove")
    tab.run(NormativeEditState, "remove")
    assert session.exec(select(Normative)).all() == []


def test_a_price_file_is_shown_in_words(session, cast, tariff):
    file = preview_registry(session, cast.grigory, "цены.csv", "x", read_registry(PRICE_FILE.encode()))
    session.commit()
    tab = opened(session, cast.grigory, f"/staff/registry/import?file={file.id}", RegistryImportState)
    rows = tab.state(RegistryImportState).rows
    assert rows[0].what == "2Z · T1 · 01.01.2027" and rows[0].words == ("Цена, ₽/кВт·ч: 5.4",)
    assert rows[3].words == ("Цена, ₽/кВт·ч: 2.96 → 2.99", "Пересчитает прошлое: 01.01.2025 – 01.01.2027")
    assert rows[4].words == ("Зона: зоны T3 у тарифа нет, есть T1, T2",)


def test_the_customer_sees_hours_prices_and_the_one_to_come(session, cast, tariff):
    later = TariffPrice(tariff_id=tariff.id, zone="T1", valid_from=date(2099, 1, 1), price_rub_per_kwh="6.2")
    session.add(later)
    session.flush()
    view = opened(session, cast.anna, f"/points/{cast.point.id}", PointState).state(PointState).view
    facts = {fact.label: fact.value.replace("\u00a0", " ") for one in view.cards for fact in one.facts}
    assert facts["T1 день · 07:00–23:00"] == "4,93 ₽ · с 01.01.2025 → 6,20 ₽ с 01.01.2099"
    assert facts["T2 ночь · 23:00–07:00"] == "2,96 ₽ · с 01.01.2025"

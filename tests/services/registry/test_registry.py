"""The registry: found, changed under an optimistic lock, with its history (Н-149…Н-154, F-12)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from sqlmodel import select

from energo_cabinet.errors import Conflict, InvalidInput, NotFound, PermissionDenied
from energo_cabinet.models import AuditEntry, MeteringPoint, Transformer
from energo_cabinet.services.registry.point import registry_card, save_meter, save_point
from energo_cabinet.services.registry.registry import list_locations, list_registry
from energo_cabinet.services.registry.transformer import remove_transformer, save_transformer
from tests import cast as make


def numbers(session, cast, **asked) -> list[str]:
    return [line.number for line in list_registry(session, cast.grigory, **asked).lines]


def card(session, cast):
    return registry_card(session, cast.grigory, cast.point.id)


def test_points_come_page_by_page_in_order(session, cast):
    for n in range(5):
        make.point(session, cast.contract, f"Н-{n}")
    first = list_registry(session, cast.grigory, limit=4)
    assert [line.number for line in first.lines] == ["ЛС-061-01", "Н-0", "Н-1", "Н-2"]
    rest = list_registry(session, cast.grigory, after=first.next, limit=4)
    assert ([line.number for line in rest.lines], rest.next) == (["Н-3", "Н-4"], None)


@pytest.mark.parametrize("text", ["061", "квартира", "ВВОД", "4190", "квартира 4190", "лесная"])
def test_a_point_is_found_by_its_texts_and_its_meter(session, cast, text):
    cast.point.address = "г. Северогорск, ул. Лесная, 18"
    make.meter(session, cast.point)
    make.point(session, cast.contract, "Н-1").name = "Гараж"
    session.flush()
    assert numbers(session, cast, text=text) == ["ЛС-061-01"]


def test_filters_tell_what_needs_work(session, cast):
    make.meter(session, cast.point, next_verification_on=date(2026, 1, 1))
    soon = make.point(session, cast.contract, "Н-1")
    make.meter(session, soon, serial_number="2", next_verification_on=date(2027, 1, 1))
    make.point(session, cast.contract, "Н-2").contract_id = None
    session.flush()
    found = {state: numbers(session, cast, state=state) for state in ("overdue", "soon", "no_meter", "no_contract")}
    assert found == {"overdue": ["ЛС-061-01"], "soon": ["Н-1"], "no_meter": ["Н-2"], "no_contract": ["Н-2"]}


def test_objects_are_addresses_with_their_points(session, cast):
    make.meter(session, cast.point)
    make.point(session, cast.contract, "Н-1", address="Лесная, 18")
    cast.point.address = "Лесная, 18"
    session.flush()
    (line,) = list_locations(session, cast.grigory, text="лесная").lines
    assert (line.address, line.points, line.meters) == ("Лесная, 18", 2, 1)
    assert numbers(session, cast, address="Лесная, 18") == ["ЛС-061-01", "Н-1"]


def test_a_changed_point_is_kept_with_its_history_and_in_the_journal(session, cast):
    seen = card(session, cast)
    save_point(
        session, cast.grigory, cast.point.id, seen.facts | {"address": "Речная, 3", "current_ratio": "40"}, seen.seen
    )
    now = card(session, cast)
    assert (cast.point.address, cast.point.current_ratio) == ("Речная, 3", Decimal(40))
    assert now.changes[0].changes == [["address", "", "Речная, 3"], ["current_ratio", "1", "40"]]
    entry = session.exec(select(AuditEntry).where(AuditEntry.action == "registry.save_point")).one()
    assert "Речная, 3" in entry.details and entry.contract_id == cast.contract.id


def test_a_change_of_somebody_else_is_a_conflict_not_overwritten(session, cast):
    seen = card(session, cast)
    save_point(session, cast.grigory, cast.point.id, seen.facts | {"place": "Щит 1"}, seen.seen)
    with pytest.raises(Conflict):
        save_point(session, cast.grigory, cast.point.id, seen.facts | {"place": "Щит 2"}, seen.seen)
    assert cast.point.place == "Щит 1"


def test_wrong_fields_of_a_point_are_told_together(session, cast):
    seen = card(session, cast)
    fields = seen.facts | {"name": "", "current_ratio": "0", "power_limit_kw": "много"}
    with pytest.raises(InvalidInput) as refused:
        save_point(session, cast.grigory, cast.point.id, fields, seen.seen)
    wrong = {"name": "registry_needed", "current_ratio": "registry_number_invalid"}
    assert refused.value.fields == wrong | {"power_limit_kw": "registry_number_invalid"}


def test_a_contract_of_another_supplier_cannot_be_named(session, cast):
    far = make.contract(session, make.supplier(session, "OTHER", "Другой"), "777")
    seen = card(session, cast)
    with pytest.raises(InvalidInput) as refused:
        save_point(session, cast.grigory, cast.point.id, seen.facts | {"contract": far.number}, seen.seen)
    assert refused.value.fields == {"contract": "registry_contract_unknown"}


def test_a_meter_is_changed_with_its_dates_in_order(session, cast):
    make.meter(session, cast.point)
    seen = card(session, cast)
    with pytest.raises(InvalidInput) as refused:
        fields = seen.meter | {"last_verification_on": "2026-02-01", "next_verification_on": "2026-01-01"}
        save_meter(session, cast.grigory, cast.point.id, fields, seen.meter_seen)
    assert refused.value.fields == {"next_verification_on": "registry_verification_order"}
    save_meter(
        session, cast.grigory, cast.point.id, seen.meter | {"next_verification_on": "2036-12-01"}, seen.meter_seen
    )
    assert card(session, cast).meter["next_verification_on"] == "2036-12-01"


def test_a_serial_of_another_meter_is_refused(session, cast):
    make.meter(session, cast.point)
    make.meter(session, make.point(session, cast.contract, "Н-1"), serial_number="2")
    seen = card(session, cast)
    with pytest.raises(InvalidInput) as refused:
        save_meter(session, cast.grigory, cast.point.id, seen.meter | {"serial": "2"}, seen.meter_seen)
    assert refused.value.fields == {"serial": "registry_serial_taken"}


def test_a_point_without_a_meter_has_none_to_change(session, cast):
    with pytest.raises(NotFound):
        save_meter(session, cast.grigory, cast.point.id, {}, "")


def test_transformers_by_phase(session, cast):
    fields = {
        "serial_number": "8812.0",
        "primary_current_a": "200",
        "secondary_current_a": "5",
        "accuracy_class": "0,5S",
    }
    save_transformer(session, cast.grigory, cast.point.id, 1, "current", fields, "")
    row = session.exec(select(Transformer)).one()
    assert (row.serial_number, row.primary_current_a, row.accuracy_class) == ("8812", Decimal(200), "0,5S")
    with pytest.raises(InvalidInput):
        save_transformer(session, cast.grigory, cast.point.id, 1, "current", fields, "")
    (shown,) = card(session, cast).transformers
    save_transformer(session, cast.grigory, cast.point.id, 1, "current", shown.facts | {"model": "Т-0,66"}, shown.seen)
    remove_transformer(session, cast.grigory, cast.point.id, 1, "current")
    assert session.exec(select(Transformer)).all() == [] and len(card(session, cast).changes) == 3


def test_customers_and_operators_have_no_registry(session, cast):
    with pytest.raises(PermissionDenied):
        list_registry(session, cast.anna)
    with pytest.raises(NotFound):
        registry_card(session, cast.darya, cast.point.id)
    assert numbers(session, cast) == ["ЛС-061-01"] and list_registry(session, cast.darya).lines == ()
    assert session.exec(select(MeteringPoint)).one().id == cast.point.id

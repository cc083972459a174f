"""The registry: found, changed under an optimistic lock, with its history (Н-149…Н-154, F-12)."""

from __future__ import annotations

from datetime import date

import pytest
from sqlmodel import select

from energo_cabinet.errors import NotFound, PermissionDenied
from energo_cabinet.models import MeteringPoint
from energo_cabinet.services.registry.point import registry_card
from energo_cabinet.services.registry.registry import list_locations, list_registry
from tests import cast as make


def numbers(session, cast, **asked) -> list[str]:
    return [line.number for line in list_registry(session, cast.grigory, **asked).lines]


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


def test_customers_and_operators_have_no_registry(session, cast):
    with pytest.raises(PermissionDenied):
        list_registry(session, cast.anna)
    with pytest.raises(NotFound):
        registry_card(session, cast.darya, cast.point.id)
    assert numbers(session, cast) == ["ЛС-061-01"] and list_registry(session, cast.darya).lines == ()
    assert session.exec(select(MeteringPoint)).one().id == cast.point.id

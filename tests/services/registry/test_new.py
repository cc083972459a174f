"""A point added by hand: checked field by field, audited, of the member's own supplier."""

from __future__ import annotations

from decimal import Decimal

import pytest
from sqlmodel import select

from energo_cabinet.errors import InvalidInput
from energo_cabinet.models import AuditEntry, MeteringPoint
from energo_cabinet.services.registry.new import add_point, point_tariffs
from energo_cabinet.services.registry.point import registry_card
from energo_cabinet.services.registry.registry import list_registry
from tests import cast as make

TYPED = {"point": " ЛС-061-02 ", "name": "Гараж", "address": "Речная, 3", "contract": "7638-294-061"}


def test_a_new_point_stands_in_the_registry_with_its_contract(session, cast):
    make.tariff(session, cast.supplier)
    made = add_point(session, cast.grigory, TYPED | {"tariff": "2Z", "current_ratio": "40", "power_limit_kw": "15"})
    point = session.get_one(MeteringPoint, made)
    assert (point.number, point.contract_id, point.zone_name) == ("ЛС-061-02", cast.contract.id, "Europe/Moscow")
    assert (point.current_ratio, point.voltage_ratio, point.power_limit_kw) == (Decimal(40), Decimal(1), Decimal(15))
    assert [line.number for line in list_registry(session, cast.grigory).lines] == ["ЛС-061-01", "ЛС-061-02"]


def test_its_history_and_the_audit_journal_begin_with_it(session, cast):
    made = add_point(session, cast.grigory, TYPED)
    (line,) = registry_card(session, cast.grigory, made).changes
    assert (line.what, line.by) == ("new", "Громов Григорий") and ["name", "", "Гараж"] in line.changes
    noted = session.exec(select(AuditEntry).where(AuditEntry.action == "registry.add_point")).one()
    assert noted.contract_id == cast.contract.id and f'"point_id": {made}' in noted.details


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"point": ""}, {"point": "registry_needed"}),
        ({"name": " "}, {"name": "registry_needed"}),
        ({"point": "x" * 61}, {"point": "registry_too_long"}),
        ({"point": "ЛС-061-01"}, {"point": "registry_point_taken"}),
        ({"current_ratio": "-1", "power_limit_kw": "x"}, dict.fromkeys(("current_ratio", "power_limit_kw"))),
        ({"contract": "нет"}, {"contract": "registry_contract_unknown"}),
        ({"tariff": "нет"}, {"tariff": "registry_tariff_unknown"}),
    ],
)
def test_what_is_wrong_is_told_beside_its_field(session, cast, changes, wrong):
    with pytest.raises(InvalidInput) as refused:
        add_point(session, cast.grigory, TYPED | changes)
    assert refused.value.fields == {name: code or "registry_number_invalid" for name, code in wrong.items()}
    assert session.exec(select(MeteringPoint.number)).all() == ["ЛС-061-01"]


def test_another_supplier_has_numbers_contracts_and_tariffs_of_its_own(session, cast):
    make.tariff(session, cast.supplier)
    with pytest.raises(InvalidInput):
        add_point(session, cast.darya, TYPED)
    made = add_point(session, cast.darya, TYPED | {"point": "ЛС-061-01", "contract": ""})
    assert session.get_one(MeteringPoint, made).supplier_id == cast.darya.member.supplier_id
    assert point_tariffs(session, cast.darya) == [] and len(point_tariffs(session, cast.grigory)) == 1

"""A point and its meter changed under an optimistic lock, with their history (Н-149…Н-154, F-12)."""

from __future__ import annotations

from decimal import Decimal

import pytest
from sqlmodel import select

from energo_cabinet.errors import Conflict, InvalidInput, NotFound
from energo_cabinet.models import AuditEntry
from energo_cabinet.services.registry.point import save_meter, save_point
from tests import cast as make
from tests.services.registry.scene import card


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

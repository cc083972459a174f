"""A contract that another system keeps gets one row here, and its data begin to come (Н-26…Н-30, F-14)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from energo_cabinet.errors import Conflict, PermissionDenied
from energo_cabinet.gateways.supplier import ContractFacts
from energo_cabinet.models import ConsumerClass, Contract, ContractSync, GatewayKind, SupplierSync, SyncCursor
from energo_cabinet.services.supplier.adoption import adopt, follow_contract
from energo_cabinet.services.supplier.sync_due import RESOURCES
from tests import cast as make

FACTS = ContractFacts("ОЗ-7", "house", "Лебедев Борис Ильич", "Озёрная, 3", ConsumerClass.HOUSE, "ref-7")


@pytest.fixture
def there(session):
    """A supplier behind the protocol."""
    return make._kept(session, make.Supplier(code="OZ", name="Приозёрье", gateway=GatewayKind.HTTP))


def due(session, contract):
    rows = session.exec(select(SyncCursor).where(SyncCursor.contract_id == contract.id)).all()
    return {row.resource for row in rows if row.due_at is not None}


def test_the_first_time_a_row_is_made_and_everything_is_to_be_fetched(session, system, there):
    made = adopt(session, system, there.id, FACTS)
    assert (made.number, made.login, made.customer_name, made.supplier_ref) == (
        *("ОЗ-7", "house", "Лебедев Борис Ильич", "ref-7"),
    )
    assert (made.password_hash, made.consumer_class) == ("", ConsumerClass.HOUSE)
    assert due(session, made) == set(RESOURCES)
    assert session.get_one(SupplierSync, there.id).next_at == system.at


def test_opened_again_it_is_the_same_row_and_nothing_is_fetched_twice(session, system, there):
    """Н-30: a second person with the same login."""
    made = adopt(session, system, there.id, FACTS)
    for row in session.exec(select(SyncCursor)):
        row.due_at = None
    session.flush()
    later = replace(system, at=system.at + timedelta(days=1))
    assert adopt(session, later, there.id, replace(FACTS, number="другой")).id == made.id
    assert due(session, made) == set() and session.get_one(ContractSync, made.id).linked_at == system.at
    assert len(session.exec(select(Contract)).all()) == 1


def test_a_number_or_login_that_another_contract_has_is_a_conflict(session, system, there):
    adopt(session, system, there.id, FACTS)
    for changed in ({"login": "other"}, {"number": "ОЗ-8"}):
        with pytest.raises(Conflict, match="contract_number_exists"):
            adopt(session, system, there.id, replace(FACTS, ref="ref-8", **changed))
    assert session.exec(select(Contract.supplier_ref)).all() == ["ref-7"]


def test_the_same_reference_of_another_supplier_is_another_contract(session, system, there):
    other = make.supplier(session, "FAR", "Дальний")
    first, second = adopt(session, system, there.id, FACTS), adopt(session, system, other.id, FACTS)
    assert first.id != second.id and second.supplier_id == other.id


def test_a_contract_that_has_its_row_is_followed_from_now_on(session, system, there):
    known = make.contract(session, there, "ОЗ-9")
    follow_contract(session, system, known.id)
    follow_contract(session, system, known.id)
    assert due(session, known) == set(RESOURCES)


def test_following_is_the_systems(session, cast):
    with pytest.raises(PermissionDenied):
        follow_contract(session, cast.anna, cast.contract.id)

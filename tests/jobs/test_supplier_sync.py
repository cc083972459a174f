"""The sync job against a real server of a supplier: everything once, resumed after faults (F-14)."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from sqlmodel import Session, func, select, update

from energo_cabinet.auth.access import Subject
from energo_cabinet.database import get_engine
from energo_cabinet.demo.supplier_server import invented
from energo_cabinet.gateways.circuit import forget_circuits
from energo_cabinet.jobs.supplier_sync import sync_suppliers
from energo_cabinet.models import (
    Bill,
    Charge,
    Contract,
    ContractSync,
    MeterEvent,
    MeteringPoint,
    MeterInstallation,
    MeterReading,
    Notification,
    Payment,
    ProfileDay,
    Supplier,
    SupplierSync,
    SyncCursor,
    SyncRefusal,
    Tariff,
)
from energo_cabinet.services.supplier.adoption import adopt
from energo_cabinet.services.supplier.connection import client_for, connect_supplier
from energo_cabinet.services.supplier.freshness import freshness_of
from tests import cast as make
from tests.gateways.demo_supplier import HOUSE, PASSWORD, TOKEN, demo_supplier

TABLES = (Bill, Charge, Payment, MeteringPoint, MeterInstallation, Tariff, MeterReading, ProfileDay, MeterEvent)


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with demo_supplier(tmp_path_factory.mktemp("supplier")) as made:
        yield made


@pytest.fixture
def linked(server, installation):
    """A supplier behind the protocol, and Анна with its house just linked; the contract's id."""
    server.heal()
    forget_circuits()
    now = datetime.now(UTC)
    with Session(get_engine(), expire_on_commit=False) as session:
        supplier = make.supplier(session, "priozerye", invented.NAME)
        anna = make.person(session, "anna@example.org", "Лебедев Борис Ильич")
        system = Subject("system", now)
        connect_supplier(session, system, supplier.code, server.url, TOKEN)
        facts = client_for(session, supplier).link(HOUSE.login, PASSWORD)
        contract = adopt(session, system, supplier.id, facts)
        make.link(session, anna, contract, "Дом у озера")
        session.commit()
        return contract.id


def turn() -> int:
    """One round of the job, with every supplier and every task due."""
    past = datetime(2026, 1, 1, tzinfo=UTC)
    with Session(get_engine()) as session:
        session.exec(update(SupplierSync).values(next_at=past))
        session.exec(update(SyncCursor).where(SyncCursor.due_at.is_not(None)).values(due_at=past))
        session.commit()
    return asyncio.run(sync_suppliers())


def counts() -> list[int]:
    with Session(get_engine()) as session:
        return [session.exec(select(func.count()).select_from(table)).one() for table in TABLES]


def row(table):
    with Session(get_engine()) as session:
        return session.exec(select(table)).first()


def age(contract_id: int):
    with Session(get_engine()) as session:
        return freshness_of(session, contract_id, datetime.now(UTC))


def test_linked_contract_comes_whole_in_one_turn(linked):
    assert turn() == 1
    bills, charges, payments, points, installations, tariffs, readings, days, events = counts()
    assert (points, installations, tariffs, days) == (1, 1, 1, 110)
    assert bills >= 2 and charges == 2 * bills and payments >= 1 and readings == 330 and events >= 2
    assert row(SyncRefusal) is None
    assert row(ContractSync).loaded_at is not None
    assert (age(linked).is_loading, age(linked).as_of is None) == (False, False)
    assert row(Notification).title == "Плановые работы на линии"


def test_next_turns_change_nothing_until_there_is_news(linked, server):
    turn()
    before = counts()
    assert (turn(), counts()) == (1, before)
    new = uuid4().hex  # the supplier's server is the same on both databases
    server.put(HOUSE.contract, "payments", new, {"number": new, "paid_on": "2026-01-05", "amount_rub": "100.00"})
    turn()
    assert counts()[2] == before[2] + 1


@pytest.mark.parametrize("kind", ["500", "garbage", "reset"])
def test_fault_in_the_middle_is_gone_on_from(linked, server, kind):
    server.fail(kind, "/profile", times=9)
    turn()
    assert counts()[7] == 0 and counts()[0] > 0
    assert age(linked).is_loading
    server.heal()
    forget_circuits()
    turn()
    assert (counts()[7], age(linked).is_loading) == (110, False)


def test_supplier_that_is_away_is_told_with_its_reason(linked, server):
    turn()
    server.fail("down")
    assert turn() == 0
    state = row(SupplierSync)
    assert (state.failures, state.last_error) == (1, "away") and state.failing_since is not None
    assert state.next_at > datetime.now(UTC)
    server.heal()
    forget_circuits()
    assert turn() == 1 and row(SupplierSync).failing_since is None


def test_another_token_is_told_as_such(linked, server, monkeypatch):
    with Session(get_engine()) as session:
        connect_supplier(session, Subject("system", make.NOW), "priozerye", server.url, "another-token")
        session.commit()
    assert turn() == 0
    assert row(SupplierSync).last_error == "token"


def test_contract_that_the_supplier_does_not_show_ends(linked):
    with Session(get_engine()) as session:
        session.exec(update(Contract).values(supplier_ref="c-nobody"))
        session.commit()
    assert turn() == 1
    assert row(SyncRefusal).reason == "contract_gone"
    assert row(Supplier).is_active

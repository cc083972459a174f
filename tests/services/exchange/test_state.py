"""The exchange with suppliers as their administrators see it: state, queue, refused rows, the wall (F-14)."""

from datetime import timedelta

import pytest
from sqlmodel import select, update

from energo_cabinet.errors import NotFound
from energo_cabinet.models import LiveEvent, SupplierDelivery, SupplierSync
from energo_cabinet.services.exchange.state import PAGE, refused_rows, supplier_states, sync_now
from energo_cabinet.services.exchange.turn import TOPIC, sync_failed, sync_succeeded
from energo_cabinet.services.ticket.ticket import TicketForm, open_ticket
from tests.cast import NOW
from tests.services.exchange import pages as sent
from tests.services.exchange.pages import POINT, take


@pytest.fixture
def remote(session, system, cast):
    sent.remote(session, system, cast.supplier, cast.contract)
    return cast


def test_state_tells_success_lag_and_queue(session, system, remote):
    open_ticket(session, remote.anna, remote.contract.id, TicketForm("other", "Тема", "Вопрос", "a@example.org"))
    sync_succeeded(session, system, remote.supplier.id)
    session.exec(update(SupplierSync).values(as_of=NOW - timedelta(hours=3)))
    (state,) = supplier_states(session, remote.grigory)
    assert (state.succeeded_at, state.lag, state.contracts) == (NOW, timedelta(hours=3), 1)
    assert (state.queue.tickets, state.queue.readings, state.queue.oldest_at) == (1, 0, NOW)
    assert state.succeeded_at.utcoffset() == timedelta(hours=3)


def test_failure_is_told_with_its_reason(session, system, remote):
    for _ in range(2):
        sync_failed(session, system, remote.supplier.id, "token")
    (state,) = supplier_states(session, remote.grigory)
    assert (state.failing_since, state.failures, state.reason) == (NOW, 2, "token")
    assert state.next_at > NOW


def test_refused_rows_come_in_pages(session, system, remote):
    points = [POINT.model_copy(update={"number": f"{n}", "zone_name": "Mars/X"}) for n in range(PAGE + 3)]
    take(session, system, remote.contract, "points", *points)
    first = refused_rows(session, remote.grigory, remote.supplier.id)
    rest = refused_rows(session, remote.grigory, remote.supplier.id, first.next)
    assert (len(first.items), len(rest.items), rest.next) == (PAGE, 3, None)
    assert {(row.reason, row.contract_number) for row in rest.items} == {("unknown_zone", remote.contract.number)}
    assert supplier_states(session, remote.grigory)[0].refused == PAGE + 3


def test_sync_now_asks_at_once_and_sends_what_waits(session, system, remote):
    open_ticket(session, remote.anna, remote.contract.id, TicketForm("other", "Тема", "Вопрос", "a@example.org"))
    session.exec(update(SupplierDelivery).values(next_try_at=NOW + timedelta(days=1)))
    sync_failed(session, system, remote.supplier.id, "away")
    sync_now(session, remote.grigory, remote.supplier.id)
    session.expire_all()
    assert session.get_one(SupplierSync, remote.supplier.id).next_at == NOW
    assert session.exec(select(SupplierDelivery.next_try_at)).one() == NOW


def test_administrators_are_told_live(session, system, remote):
    sync_failed(session, system, remote.supplier.id, "away")
    told = session.exec(select(LiveEvent.user_id).where(LiveEvent.topic == TOPIC)).all()
    assert told == [remote.grigory.user]


def test_another_suppliers_state_is_not_there(session, system, remote):
    assert supplier_states(session, remote.darya) == []
    with pytest.raises(NotFound):
        sync_now(session, remote.darya, remote.supplier.id)


def test_supplier_kept_here_has_nothing_to_exchange(session, cast):
    assert supplier_states(session, cast.grigory) == []
    with pytest.raises(NotFound):
        refused_rows(session, cast.grigory, cast.supplier.id)

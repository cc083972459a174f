"""Whose turn it is: asked less and less while silent, at once when back (DESIGN 1.8)."""

from datetime import timedelta

from sqlmodel import select, update

from energo_cabinet.models import SupplierDelivery
from energo_cabinet.services.exchange.turn import due_suppliers, sync_failed, sync_succeeded
from energo_cabinet.services.supplier.freshness import freshness_of
from energo_cabinet.services.ticket.ticket import TicketForm, open_ticket
from tests.cast import NOW
from tests.services.exchange.scene import LATER, state


def test_silence_is_asked_less_and_less_and_told_for_long_only(session, system, loaded):
    for _ in range(3):
        sync_failed(session, system, loaded.supplier.id, "away")
    found = state(session, loaded)
    assert (found.failures, found.failing_since, found.last_error) == (3, NOW, "away")
    assert timedelta(seconds=17) < found.next_at - NOW < timedelta(seconds=23)
    assert due_suppliers(session, system) == []
    told = [freshness_of(session, loaded.contract.id, at).is_stale for at in (NOW, LATER.at)]
    assert told == [False, True]


def test_supplier_that_is_back_gets_what_waits_at_once(session, system, loaded):
    form = TicketForm("other", "Тема", "Вопрос", "a@example.org")
    open_ticket(session, loaded.anna, loaded.contract.id, form)
    session.exec(update(SupplierDelivery).values(next_try_at=NOW + timedelta(days=1)))
    sync_failed(session, system, loaded.supplier.id, "away")
    sync_succeeded(session, system, loaded.supplier.id)
    session.expire_all()
    assert session.exec(select(SupplierDelivery.next_try_at)).one() == NOW
    assert state(session, loaded).failing_since is None

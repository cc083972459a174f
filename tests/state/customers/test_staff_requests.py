"""«Заявки на договоры» without a browser: a new request appears by itself, a decided one goes."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest
from sqlmodel import select

from energo_cabinet.auth import rate
from energo_cabinet.models import AuditEntry, LiveEvent, ServiceRegion
from energo_cabinet.services.contract.link_request import REQUESTS, request_link, withdraw_link_request
from energo_cabinet.services.customers.request import refuse_link
from energo_cabinet.state.customers.staff_customers import StaffCustomersState, refresh_waiting
from energo_cabinet.state.customers.staff_requests import StaffRequestsState, refresh_requests
from tests import cast as make
from tests.state.tab import signed_in

pytestmark = pytest.mark.usefixtures("installation")


@pytest.fixture(autouse=True)
def _fresh_limits():
    rate.forget_all()


def ask(session, cast, who, number) -> int:
    """A request that waits: no contract has this number."""
    row = session.exec(select(ServiceRegion)).first() or ServiceRegion(supplier_id=cast.supplier.id, title="Город")
    session.add(row)
    session.flush()
    made = request_link(session, who, str(row.id), number)
    session.commit()
    return made.id


def waiting_tab(session, cast):
    tab = signed_in(session, cast.grigory)
    tab.look_at("/staff/customers/requests")
    tab.run(StaffRequestsState, "load")
    return tab


def told(session, who) -> int:
    query = select(LiveEvent).where(LiveEvent.user_id == who.user, LiveEvent.topic == REQUESTS)
    return len(session.exec(query).all())


def test_new_request_appears_in_the_open_list(session, cast):
    tab = waiting_tab(session, cast)
    assert tab.state(StaffRequestsState).status == "empty"
    ask(session, cast, cast.boris, "55-1")
    entries = len(session.exec(select(AuditEntry)).all())
    asyncio.run(refresh_requests(tab.root))
    state = tab.state(StaffRequestsState)
    assert ([row.number for row in state.rows], state.waiting, state.status) == (["55-1"], 1, "ready")
    assert len(session.exec(select(AuditEntry)).all()) == entries


def test_typing_goes_on_under_a_refresh(session, cast):
    first = ask(session, cast, cast.boris, "55-1")
    tab = waiting_tab(session, cast)
    tab.run(StaffRequestsState, "open_dialog", "refuse", first)
    ask(session, cast, cast.boris, "55-2")
    asyncio.run(refresh_requests(tab.root))
    state = tab.state(StaffRequestsState)
    assert (state.dialog, state.asked, len(state.rows)) == ("refuse", first, 2)


def test_who_may_decide_is_told_of_asking_withdrawing_and_deciding(session, cast):
    engineer = make.staff(session, "eng@example.org", "Ж", cast.supplier, make.StaffRoleName.ENGINEER)
    first, second = ask(session, cast, cast.boris, "55-1"), ask(session, cast, cast.boris, "55-2")
    assert told(session, cast.grigory) == 2
    withdraw_link_request(session, cast.boris, first)
    refuse_link(session, replace(cast.grigory, ip="10.0.0.1"), second, "Нет такого")
    assert (told(session, cast.grigory), told(session, cast.darya), told(session, engineer)) == (4, 0, 0)


def test_number_beside_the_search_counts_on(session, cast):
    tab = signed_in(session, cast.grigory)
    tab.look_at("/staff/customers")
    tab.run(StaffCustomersState, "load")
    ask(session, cast, cast.boris, "55-1")
    asyncio.run(refresh_waiting(tab.root))
    assert tab.state(StaffCustomersState).waiting == 1

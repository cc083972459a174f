"""The front door and «Учетные данные» as their states show them (Э-1…Э-3, Э-24, Э-55)."""

from __future__ import annotations

import asyncio

import pytest

from energo_cabinet.models import ServiceRegion
from energo_cabinet.state.contract.registered import AccountState
from energo_cabinet.state.supplier.entry import EntryState
from tests import cast as make
from tests.state.conftest import Visitor

pytestmark = pytest.mark.usefixtures("installation")


@pytest.fixture
def keeper(session):
    """A supplier with two regions."""
    made = make.supplier(session)
    for position, title in enumerate(("г. Радужный", "п.г.т. Новоаганск")):
        session.add(ServiceRegion(supplier_id=made.id, title=title, position=position))
    session.commit()
    return made


def opened(address, event="load"):
    state = Visitor("").state(EntryState, address)
    asyncio.run(getattr(state, event)())
    return state


def test_regions_are_offered_and_none_is_chosen(keeper):
    state = opened("/")
    assert [region["label"] for region in state.regions] == ["г. Радужный", "п.г.т. Новоаганск"]
    assert state.region == ""


def test_the_region_in_the_address_is_chosen_if_there_is_such(keeper):
    known = opened("/").regions[1]["value"]
    assert opened(f"/register?class=flat&region={known}").region == known
    assert opened("/register?region=777").region == ""


def test_a_stranger_cannot_choose_what_is_not_offered(keeper):
    state = opened("/")
    for value in ("777", "", None, ["1"], {"a": 1}):
        asyncio.run(state.choose_region(value))
        assert state.region == ""


def test_suppliers_page_shows_its_own_regions_and_hides_a_bad_website(session, keeper):
    keeper.website, keeper.phone = "javascript:alert(1)", "8 800"
    session.add(keeper)
    session.commit()
    state = opened("/s/NEKTA", "load_supplier")
    assert (state.status, state.supplier["phone"], state.supplier["website"]) == ("ready", "8 800", "")
    assert len(state.regions) == 2


@pytest.mark.parametrize("address", ["/s/nobody", "/s/", "/s/%00"])
def test_unknown_supplier_is_said(keeper, address):
    assert opened(address, "load_supplier").status == "missing"


def test_account_data_list_contracts_points_and_a_ticket_to_correct_them(session, visitor_of, cast):
    visitor = visitor_of(cast.anna)
    state = visitor.open(AccountState, "/account")
    (contract,) = state.contracts
    assert (contract.number, contract.points[0].title) == (cast.contract.number, cast.point.name)
    assert f"contract={contract.key}" in contract.change
    assert state.person["full_name"]


def test_account_data_of_nobody_lead_to_sign_in(keeper, visitor_of):
    visitor = visitor_of(None)
    visitor.open(AccountState, "/account")
    assert visitor.answer is not None


def test_a_request_that_does_not_match_waits_and_is_withdrawn(session, visitor_of, keeper):
    state = visitor_of(make.person(session, "boris@example.org", "Борис")).open(AccountState, "/account")
    region = opened("/").regions[0]["value"]
    asyncio.run(_sent(state, {"region": region, "number": "40-1"}))
    assert [(r.number, r.status) for r in state.requests] == [("40-1", "waiting")]
    asyncio.run(state.withdraw(state.requests[0].id))
    assert state.requests == []


def test_errors_stand_beside_their_fields(session, visitor_of, keeper):
    state = visitor_of(make.person(session, "boris@example.org", "Борис")).open(AccountState, "/account")
    asyncio.run(_sent(state, {"region": "x", "number": " "}))
    assert state.errors["region"]
    assert state.errors["number"]


async def _sent(state, form):
    async for _ in state.ask(form):
        pass

"""The front door and «Учетные данные» as their states show them (Э-1…Э-3, Э-24, Э-55)."""

from __future__ import annotations

import asyncio

import pytest

from energo_cabinet.models import ServiceRegion
from energo_cabinet.state.contract.adding import AddingState
from energo_cabinet.state.contract.registered import AccountState
from energo_cabinet.state.supplier.entry import EntryState
from tests import cast as make
from tests.state.conftest import Visitor
from tests.state.tab import signed_in

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


def test_a_contract_is_named_then_asked_for_and_the_request_is_withdrawn(session, keeper):
    tab = signed_in(session, make.person(session, "boris@example.org", "Борис"))
    tab.look_at("/account")
    account, adding = tab.run(AccountState, "load"), tab.state(AddingState)
    region = opened("/").regions[0]["value"]
    tab.run(AddingState, "name", {"region": region, "number": " 40-1 "})
    assert (adding.number, account.requests) == ("40-1", [])
    tab.run(AddingState, "use_code", {"code": "aaaa-bbbb-cccc"})
    assert adding.errors["code"] and adding.number == "40-1"
    tab.run(AddingState, "ask")
    assert [(r.number, r.status) for r in account.requests] == [("40-1", "waiting")] and adding.number == ""
    tab.run(AccountState, "withdraw", account.requests[0].id)
    assert account.requests == []


def test_errors_stand_beside_their_fields(session, keeper):
    tab = signed_in(session, make.person(session, "boris@example.org", "Борис"))
    adding = tab.run(AddingState, "name", {"region": "", "number": " "})
    assert adding.errors["region"] and adding.errors["number"] and adding.number == ""

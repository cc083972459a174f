"""A contract named at registration becomes a request, and its supplier decides (Э-24, Э-36)."""

from dataclasses import replace

import pytest
from sqlmodel import select

from energo_cabinet.errors import Conflict, InvalidInput, NotFound
from energo_cabinet.models import ContractLink, LinkRequest, LinkRequestStatus
from energo_cabinet.services.contract.contract import list_contracts
from energo_cabinet.services.contract.link_decision import waiting_requests
from energo_cabinet.services.contract.link_request import my_link_requests, request_link, withdraw_link_request
from energo_cabinet.services.person.person import change_name
from energo_cabinet.services.sign_in import account
from tests import cast as make
from tests.services.contract.scene import NUMBER, SYSTEM, activated
from tests.services.sign_in.test_registration import FORM, visitor

pytestmark = pytest.mark.usefixtures("surroundings")


def test_nothing_is_asked_for_before_activation(session, region):
    form = replace(FORM, address="a", contract_number=NUMBER, consumer_class="flat", region=region)
    account.register(session, visitor(), form)
    assert session.exec(select(ContractLink)).all() == session.exec(select(LinkRequest)).all() == []


def test_an_application_asks_for_its_own_contract(session, region):
    """A stranger's application for Анна's address asks for nothing in her name."""
    form = replace(FORM, address="a", contract_number="чужой", consumer_class="flat", region=region)
    account.register(session, visitor(), form)
    activated(session, region)
    assert [r.contract_number for r in session.exec(select(LinkRequest))] == [NUMBER]


@pytest.mark.parametrize("number", [NUMBER, f" {NUMBER} ", "7638-294-062"])
def test_a_number_is_a_request_whatever_it_matches(session, region, number):
    """Number and name stand on every envelope; the name a request was made under stays with it."""
    anna = activated(session, region, contract_number=number)
    assert list_contracts(session, anna) == []
    assert my_link_requests(session, anna)[0].status == LinkRequestStatus.WAITING
    change_name(session, anna, "Другой Человек")
    assert session.exec(select(LinkRequest.customer_name)).one() == "Соколова Анна Викторовна"


def test_the_same_number_does_not_wait_twice_and_few_wait_at_once(session, region):
    boris = make.person(session, "boris@example.org", "Лебедев Борис")
    request_link(session, boris, region, NUMBER)
    with pytest.raises(Conflict, match="link_request_waits"):
        request_link(session, boris, region, "7638294061")
    for number in range(4):
        request_link(session, boris, region, f"1{number}")
    with pytest.raises(Conflict, match="link_requests_many"):
        request_link(session, boris, region, "99")


@pytest.mark.parametrize("region_given", ["", "0", "999999", "٣", "1 OR 1", None, "9" * 30])
def test_no_region_no_request(session, region, region_given):
    anna = make.person(session, "anna@example.org", "Соколова Анна")
    with pytest.raises(InvalidInput) as caught:
        request_link(session, anna, region_given, "\n")
    assert set(caught.value.fields) == {"region", "number"}


def test_withdrawn_request_is_gone_for_both(session, region):
    boris = make.person(session, "boris@example.org", "Лебедев Борис")
    card = request_link(session, boris, region, NUMBER)
    withdraw_link_request(session, boris, card.id)
    assert my_link_requests(session, boris) == waiting_requests(session, SYSTEM) == []
    with pytest.raises(NotFound):
        withdraw_link_request(session, boris, card.id)

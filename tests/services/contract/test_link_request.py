"""A contract named at registration is linked when it matches and waits for its supplier otherwise (Э-24, Э-36)."""

from dataclasses import replace

import pytest
from sqlmodel import select

from energo_cabinet.errors import Conflict, InvalidInput, NotFound
from energo_cabinet.models import Contract, ContractLink, GatewayKind, LinkRequest, LinkRequestStatus
from energo_cabinet.services.contract.contract import list_contracts
from energo_cabinet.services.contract.link_decision import waiting_requests
from energo_cabinet.services.contract.link_request import my_link_requests, request_link, withdraw_link_request
from energo_cabinet.services.sign_in import account
from tests import cast as make
from tests.services.contract.scene import NUMBER, SYSTEM, activated
from tests.services.sign_in.test_registration import FORM, visitor

pytestmark = pytest.mark.usefixtures("surroundings")


def test_nothing_is_linked_before_activation(session, region):
    form = replace(FORM, address="a", contract_number=NUMBER, consumer_class="flat", region=region)
    account.register(session, visitor(), form)
    assert session.exec(select(ContractLink)).all() == []
    assert session.exec(select(LinkRequest)).one().status == LinkRequestStatus.DRAFT


def test_a_later_application_forgets_the_contract_of_the_earlier(session, region):
    """Otherwise a stranger's application for Анна's address would ask for the stranger's contract in her name."""
    form = replace(FORM, address="a", contract_number="чужой", consumer_class="flat", region=region)
    account.register(session, visitor(), form)
    activated(session, region)
    assert [r.contract_number for r in session.exec(select(LinkRequest))] == [NUMBER]


@pytest.mark.parametrize("number", [NUMBER, f" {NUMBER} "])
def test_number_and_name_that_match_link_the_contract(session, region, number):
    anna = activated(session, region, contract_number=number)
    assert [card.number for card in list_contracts(session, anna)] == [NUMBER]
    assert my_link_requests(session, anna)[0].status == LinkRequestStatus.LINKED


@pytest.mark.parametrize("changed", [{"contract_number": "7638-294-062"}, {"full_name": "Лебедев Борис"}])
def test_another_number_or_name_waits(session, region, changed):
    anna = activated(session, region, **changed)
    assert list_contracts(session, anna) == []
    assert my_link_requests(session, anna)[0].status == LinkRequestStatus.WAITING


@pytest.mark.parametrize("change", [{"links_by_name": False}, {"gateway": GatewayKind.HTTP}])
def test_a_supplier_may_want_to_decide_himself(session, region, change):
    keeper = session.exec(select(Contract)).one().supplier_id
    supplier = session.get(make.Supplier, keeper)
    for name, value in change.items():
        setattr(supplier, name, value)
    anna = activated(session, region)
    assert my_link_requests(session, anna)[0].status == LinkRequestStatus.WAITING


def test_asking_later_links_once(session, region):
    anna = make.person(session, "anna@example.org", "Соколова Анна Викторовна")
    request_link(session, anna, region, NUMBER)
    again = request_link(session, anna, region, NUMBER)
    assert again.status == LinkRequestStatus.LINKED
    assert len(list_contracts(session, anna)) == 1


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

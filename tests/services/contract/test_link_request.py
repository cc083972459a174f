"""A contract named at registration is linked when it matches and waits for its supplier otherwise (Э-24, Э-36)."""

from dataclasses import replace

import pytest
from sqlmodel import select

from energo_cabinet.auth.access import Subject
from energo_cabinet.errors import CabinetError, Conflict, InvalidInput, NotFound
from energo_cabinet.models import (
    Contract,
    ContractLink,
    GatewayKind,
    LinkRequest,
    LinkRequestStatus,
    Notification,
    NotificationKind,
    ServiceRegion,
    User,
)
from energo_cabinet.services.contract.contract import list_contracts
from energo_cabinet.services.contract.link_decision import accept_request, refuse_request, waiting_requests
from energo_cabinet.services.contract.link_request import my_link_requests, request_link, withdraw_link_request
from energo_cabinet.services.sign_in import account
from tests import cast as make
from tests.cast import NOW
from tests.services.sign_in.test_registration import FORM, key_in, letters, visitor

pytestmark = pytest.mark.usefixtures("surroundings")
SYSTEM = Subject("system", NOW)
NUMBER = "7638-294-061"


@pytest.fixture
def region(session):
    """A supplier kept here with the contract of Соколова Анна Викторовна; the id of its region as a form sends it."""
    keeper = make.supplier(session)
    kept = make.contract(session, keeper, NUMBER)
    kept.customer_name = "СОКОЛОВА Анна Викторовна"
    row = ServiceRegion(supplier_id=keeper.id, title="Электроснабжение, г. Северогорск")
    session.add_all([kept, row])
    session.flush()
    return str(row.id)


def activated(session, region, **changes):
    """Apply for an account with a contract, press the button in the letter; the new user."""
    form = {"address": "Лесная, 18", "contract_number": NUMBER, "consumer_class": "flat", "region": region} | changes
    account.register(session, visitor(), replace(FORM, **form))
    account.activate(session, visitor(), key_in(letters(session)[-1]))
    session.flush()
    return Subject("customer", NOW, user_id=session.exec(select(User.id)).first())


def told(session):
    return [row.kind for row in session.exec(select(Notification))]


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


def test_accepted_request_links_and_tells(session, region):
    anna = activated(session, region, contract_number="7638294061?")
    (waiting,) = waiting_requests(session, SYSTEM)
    assert not waiting.has_contract
    accept_request(session, SYSTEM, waiting.id, NUMBER)
    assert [card.number for card in list_contracts(session, anna)] == [NUMBER]
    assert told(session) == [NotificationKind.LINK_ACCEPTED]


def test_refused_request_says_why(session, region):
    anna = activated(session, region, full_name="Лебедев Борис")
    (waiting,) = waiting_requests(session, SYSTEM, "NEKTA")
    refuse_request(session, SYSTEM, waiting.id, " Договор оформлен на другого человека. ")
    (card,) = my_link_requests(session, anna)
    assert (card.status, card.reason) == (LinkRequestStatus.REFUSED, "Договор оформлен на другого человека.")
    assert told(session) == [NotificationKind.LINK_REFUSED]
    assert list_contracts(session, anna) == []


def test_a_decision_is_made_once(session, region):
    activated(session, region, full_name="Лебедев Борис")
    (waiting,) = waiting_requests(session, SYSTEM)
    refuse_request(session, SYSTEM, waiting.id, "Нет")
    with pytest.raises(Conflict):
        accept_request(session, SYSTEM, waiting.id)
    with pytest.raises(CabinetError):
        refuse_request(session, SYSTEM, waiting.id + 1, "Нет")


def test_refusal_needs_a_reason_and_acceptance_a_contract(session, region):
    activated(session, region, contract_number="1")
    (waiting,) = waiting_requests(session, SYSTEM)
    with pytest.raises(CabinetError):
        refuse_request(session, SYSTEM, waiting.id, "  ")
    with pytest.raises(CabinetError):
        accept_request(session, SYSTEM, waiting.id)
    assert waiting_requests(session, SYSTEM) == [waiting]


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

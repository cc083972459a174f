"""A waiting request is accepted or refused by its supplier, once, and the person is told (Э-24, Э-36)."""

import pytest
from sqlmodel import select

from energo_cabinet.errors import CabinetError, Conflict
from energo_cabinet.models import LinkRequestStatus, Notification, NotificationKind
from energo_cabinet.services.contract.contract import list_contracts
from energo_cabinet.services.contract.link_decision import accept_request, refuse_request, waiting_requests
from energo_cabinet.services.contract.link_request import my_link_requests
from tests.services.contract.scene import NUMBER, SYSTEM, activated

pytestmark = pytest.mark.usefixtures("surroundings")


def told(session):
    return [row.kind for row in session.exec(select(Notification))]


def test_accepted_request_links_and_tells(session, region):
    anna = activated(session, region, contract_number="7638-294-0611")
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

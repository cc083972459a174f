"""Requests for a contract, decided by the staff (Э-24, Э-36)."""

import pytest

from energo_cabinet.errors import CabinetError, Conflict
from energo_cabinet.models import LinkRequest, LinkRequestStatus, NotificationKind
from energo_cabinet.services.customers.request import accept_link, list_requests, refuse_link
from tests.cast import contract
from tests.services.customers.scene import WHY, entry, kinds
from tests.services.test_strangers import asked


def test_a_request_is_decided_and_the_person_told(session, cast):
    request_id = asked(cast)
    (card,) = list_requests(session, cast.grigory).cards
    assert (card.id, card.known_id, card.email) == (request_id, 0, "anna@example.org")
    with pytest.raises(CabinetError, match="unknown_contract"):
        accept_link(session, cast.grigory, request_id)
    other = contract(session, cast.supplier, number="40-1")
    accept_link(session, cast.grigory, request_id, "40-1")
    assert session.get(LinkRequest, request_id).contract_id == other.id
    assert kinds(session, cast.anna) == [NotificationKind.LINK_ACCEPTED]
    assert list_requests(session, cast.grigory).waiting == 0


def test_a_number_is_known_however_its_dashes_are_written(session, cast):
    session.get(LinkRequest, asked(cast)).contract_number = "7638 294061"
    (card,) = list_requests(session, cast.grigory).cards
    assert (card.known_id, card.known_name) == (cast.contract.id, cast.contract.customer_name)
    accept_link(session, cast.grigory, card.id)
    assert session.get(LinkRequest, card.id).status == LinkRequestStatus.LINKED


def test_a_refusal_needs_words(session, cast):
    request_id = asked(cast)
    for words in ("", " ", "x" * 501, None):
        with pytest.raises(CabinetError, match="reason_required"):
            refuse_link(session, cast.grigory, request_id, words)
    refuse_link(session, cast.grigory, request_id, WHY)
    assert session.get(LinkRequest, request_id).status == LinkRequestStatus.REFUSED
    assert entry(session).whose_id == cast.anna.user
    with pytest.raises(Conflict):
        accept_link(session, cast.grigory, request_id, cast.contract.number)

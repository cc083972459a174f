"""What a page sends while somebody types a ticket: kept for its owner, refused to everybody else."""

from __future__ import annotations

import pytest
from sqlmodel import select

from energo_cabinet.models import TicketDraft
from energo_cabinet.services.ticket.draft import new_form, reply_draft
from energo_cabinet.services.ticket.ticket import open_ticket
from tests.api.energy.test_download import as_person as as_person
from tests.api.energy.test_download import client as client
from tests.services.ticket.scene import FORM

pytestmark = pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
TYPED = {"theme": "Замена", "text": "Экран погас"}


def test_typed_is_kept(session, as_person, cast):
    key = new_form(session, cast.anna, cast.contract.id).key
    address = f"/tickets/drafts/new/{cast.contract.id}"
    assert as_person(cast.anna).post(address, data=TYPED | {"key": key}).status_code == 204
    assert new_form(session, cast.anna, cast.contract.id).draft["text"] == "Экран погас"
    assert as_person(cast.anna).post(address, data=TYPED | {"key": "used-up"}).status_code == 409


def test_reply_is_kept(session, as_person, cast):
    ticket = open_ticket(session, cast.anna, cast.contract.id, FORM)
    address = f"/tickets/drafts/reply/{ticket.card.id}"
    data = {"text": "Ещё", "key": ticket.reply_key}
    assert as_person(cast.anna).post(address, data=data).status_code == 204
    assert reply_draft(session, cast.anna, ticket.card.id) == "Ещё"


@pytest.mark.parametrize("place", ["new/{contract}", "reply/{ticket}", "new/999999", "reply/0", f"reply/{2**70}"])
def test_strangers_and_visitors_keep_nothing(session, as_person, client, cast, place):
    ticket = open_ticket(session, cast.anna, cast.contract.id, FORM).card.id
    session.commit()
    address = "/tickets/drafts/" + place.format(contract=cast.contract.id, ticket=ticket)
    assert client.post(address, data=TYPED).status_code == 401
    assert as_person(cast.boris).post(address, data=TYPED).status_code == 404
    assert session.exec(select(TicketDraft)).all() == []

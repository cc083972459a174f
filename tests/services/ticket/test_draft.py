"""Drafts of tickets and replies: kept while typing, gone when sent (brief of Н-138…Н-142)."""

from __future__ import annotations

from dataclasses import replace

from energo_cabinet.services.ticket.draft import discard_draft, new_form, reply_draft, save_draft, save_reply_draft
from energo_cabinet.services.ticket.ticket import open_ticket, reply, ticket_thread
from tests import cast as make
from tests.services.ticket.scene import FORM

TYPED = {"category": "meter", "theme": "Замена", "text": "Прибор не светится", "email": "a@b.org", "phone": ""}


def test_form_begins_with_the_profile(session, cast):
    """Н-139, Н-140, Э-73."""
    cast.supplier.email = "help@nekta.example"
    make.meter(session, cast.point, serial_number="77")
    form = new_form(session, cast.anna, cast.contract.id)
    assert (form.email, form.phone, form.supplier_email) == ("anna@example.org", "", "help@nekta.example")
    assert [(point.id, point.name, point.serial) for point in form.points] == [
        (cast.point.id, "Квартира 42, ввод", "77")
    ]
    assert (form.contract_number, form.draft) == ("7638-294-061", {})


def test_typed_comes_back_and_goes_when_sent(session, cast):
    key = new_form(session, cast.anna, cast.contract.id).key
    assert save_draft(session, cast.anna, cast.contract.id, TYPED | {"key": key, "evil": "x"})
    assert new_form(session, cast.anna, cast.contract.id).draft == TYPED
    open_ticket(session, cast.anna, cast.contract.id, replace(FORM, key=key))
    assert not save_draft(session, cast.anna, cast.contract.id, TYPED | {"key": key})
    after = new_form(session, cast.anna, cast.contract.id)
    assert (after.draft, after.key == key) == ({}, False)


def test_discarded_and_emptied_drafts_are_gone(session, cast):
    form = new_form(session, cast.anna, cast.contract.id)
    save_draft(session, cast.anna, cast.contract.id, TYPED | {"key": form.key, "text": "\ud800\0т"})
    assert new_form(session, cast.anna, cast.contract.id).draft["text"] == "т"
    save_draft(session, cast.anna, cast.contract.id, {"key": form.key, "theme": " ", "text": ""})
    assert new_form(session, cast.anna, cast.contract.id).draft == {}
    save_draft(session, cast.anna, cast.contract.id, TYPED | {"key": form.key})
    discard_draft(session, cast.anna, cast.contract.id)
    assert new_form(session, cast.anna, cast.contract.id).draft == {}


def test_reply_has_a_draft_of_its_own(session, cast):
    ticket = open_ticket(session, cast.anna, cast.contract.id, FORM)
    typed = {"text": "Ещё вопрос", "key": ticket.reply_key}
    assert save_reply_draft(session, cast.anna, ticket.card.id, typed)
    assert reply_draft(session, cast.anna, ticket.card.id) == "Ещё вопрос"
    reply(session, cast.anna, ticket.card.id, "Ещё вопрос", ticket.reply_key)
    assert reply_draft(session, cast.anna, ticket.card.id) == ""
    assert not save_reply_draft(session, cast.anna, ticket.card.id, typed)
    assert ticket_thread(session, cast.anna, ticket.card.id).reply_key != ticket.reply_key

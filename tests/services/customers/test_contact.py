"""Where the supplier reaches a customer: checked, audited and told, so that nobody moves it unseen (RC-1)."""

from __future__ import annotations

import pytest
from sqlmodel import select

from energo_cabinet.errors import InvalidInput, NotFound
from energo_cabinet.models import NotificationKind, OutboxLetter
from energo_cabinet.services.customers.contact import set_contact
from tests.services.customers.scene import entry, kinds

pytestmark = pytest.mark.usefixtures("surroundings")


def test_a_change_is_kept_and_the_address_before_and_readers_are_told(session, cast):
    set_contact(session, cast.grigory, cast.contract.id, " Abonent@Example.org ", "8 (912) 000-18-42")
    assert (cast.contract.contact_email, cast.contract.contact_phone) == ("abonent@example.org", "+79120001842")
    assert "abonent@example.org" not in entry(session).details and "18-42" in entry(session).details
    set_contact(session, cast.grigory, cast.contract.id, "thief@example.org", "")
    letters = session.exec(select(OutboxLetter.to_email).where(OutboxLetter.subject.contains("больше не приходят")))
    assert letters.all() == ["abonent@example.org"]
    assert kinds(session, cast.anna) == [NotificationKind.CONTACT_CHANGED] * 2


def test_the_same_again_tells_nobody(session, cast):
    set_contact(session, cast.grigory, cast.contract.id, "", "")
    assert kinds(session, cast.anna) == []


@pytest.mark.parametrize(
    ("email", "phone", "wrong"),
    [("x", "", {"email"}), ("", "12", {"phone"}), ("x", "12", {"email", "phone"}), ("a@b.ru\n", "\x00", {"phone"})],
)
def test_what_is_no_contact_is_said_and_nothing_changes(session, cast, email, phone, wrong):
    with pytest.raises(InvalidInput) as caught:
        set_contact(session, cast.grigory, cast.contract.id, email, phone)
    assert set(caught.value.fields) == wrong and cast.contract.contact_email == ""


def test_another_supplier_s_staff_reach_nobody(session, cast):
    with pytest.raises(NotFound):
        set_contact(session, cast.darya, cast.contract.id, "", "")

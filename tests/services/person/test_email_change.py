"""Another e-mail: confirmed by the new address, told to and undone by the old one (Н-53; ASVS 6.4, 7.5.1)."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from energo_cabinet.auth import rate
from energo_cabinet.auth.access import Subject
from energo_cabinet.auth.passwords import hash_password
from energo_cabinet.errors import CabinetError, Conflict, InvalidInput, WrongSecret
from energo_cabinet.models import LoginSession, OutboxLetter, SecondFactor, User
from energo_cabinet.services.person.email_change import (
    ask_email,
    cancel_email,
    confirm_email,
    pending_email,
    undo_email,
)
from energo_cabinet.services.sign_in import account
from tests.cast import NOW, person
from tests.services.person.scene import at_desk
from tests.services.sign_in.test_registration import FORM

PASSWORD, FRESH, NEW = "Синий трактор 7", "Жёлтый трактор 88", "new@example.org"
pytestmark = pytest.mark.usefixtures("surroundings")


@pytest.fixture(scope="module")
def stored():
    return hash_password(PASSWORD)


@pytest.fixture
def anna(session, stored):
    who = person(session, "anna@example.org", "Соколова Анна")
    session.get(User, who.user).password_hash = stored
    return at_desk(session, who)


def visitor(at=NOW):
    return Subject("anonymous", at, ip="192.0.2.1")


def letters(session, to):
    session.flush()
    return [row.text for row in session.exec(select(OutboxLetter).order_by(OutboxLetter.id)) if row.to_email == to]


def key_in(text):
    return re.search(r"/(?:email|reset)\?\w+=(\S+)", text)[1]


def asked(session, who, email=NEW):
    """The keys for the new address and for the old one."""
    ask_email(session, who, email, PASSWORD)
    return key_in(letters(session, email)[-1]), key_in(letters(session, "anna@example.org")[-1])


def address(session, who):
    session.expire_all()
    return session.get(User, who.user).email


def refused(session, service, who, key):
    with pytest.raises(CabinetError) as caught:
        service(session, who, key)
    return caught.value.code


def test_nothing_changes_before_the_new_address_confirms(session, anna):
    key, _ = asked(session, anna)
    assert address(session, anna) == "anna@example.org"
    assert pending_email(session, anna).new_email == NEW
    assert "n•••@example.org" in letters(session, "anna@example.org")[-1]
    confirm_email(session, visitor(), key)
    assert address(session, anna) == NEW
    assert pending_email(session, anna) is None
    assert refused(session, confirm_email, visitor(), key) == "invalid_code"


def test_other_sessions_end_with_the_old_address(session, anna):
    at_desk(session, anna, "Chrome")
    key, _ = asked(session, anna)
    confirm_email(session, anna, key)
    session.expire_all()
    assert [row.id for row in session.exec(select(LoginSession)) if row.revoked_at is None] == [anna.session_id]


def test_the_old_address_undoes_it_within_the_term(session, anna):
    key, undo = asked(session, anna)
    confirm_email(session, visitor(), key)
    assert key_in(letters(session, "anna@example.org")[-1]) == undo
    undo_email(session, visitor(NOW + timedelta(days=6)), undo)
    assert address(session, anna) == "anna@example.org"
    assert all(row.revoked_at for row in session.exec(select(LoginSession)))
    assert refused(session, undo_email, visitor(), undo) == "invalid_code"


def test_the_first_address_undoes_however_often_it_was_changed_since(session, anna):
    """RC-1 1c: A to b and b to c, both the attacker's, who knows the password and sets up a factor of his own."""
    key, undo = asked(session, anna)
    confirm_email(session, visitor(), key)
    thief = replace(anna, at=NOW + timedelta(hours=1))
    second_key, second_undo = asked_again(session, thief, "c@evil.example.org")
    confirm_email(session, visitor(thief.at), second_key)
    session.add(SecondFactor(user_id=anna.user, kind="totp", started_at=thief.at, confirmed_at=thief.at))
    session.flush()
    late = visitor(NOW + timedelta(days=6))
    undo_email(session, late, undo)
    assert address(session, anna) == "anna@example.org"
    assert session.get(SecondFactor, anna.user) is None
    with pytest.raises(WrongSecret):
        account.sign_in(session, late, "anna@example.org", PASSWORD, False)
    for service, secret in ((undo_email, second_undo), (confirm_email, second_key)):
        assert refused(session, service, late, secret) == "invalid_code"
    account.reset_password(session, late, key_in(letters(session, "anna@example.org")[-1]), FRESH, FRESH)
    assert account.sign_in(session, late, "anna@example.org", FRESH, False)


def asked_again(session, who, email):
    ask_email(session, who, email, PASSWORD)
    return key_in(letters(session, email)[-1]), key_in(letters(session, NEW)[-1])


def test_the_old_address_may_refuse_before_it_is_confirmed(session, anna):
    key, undo = asked(session, anna)
    undo_email(session, visitor(), undo)
    assert refused(session, confirm_email, visitor(), key) == "invalid_code"
    assert address(session, anna) == "anna@example.org"


def test_terms_end(session, anna):
    key, undo = asked(session, anna)
    assert refused(session, confirm_email, visitor(NOW + timedelta(hours=25)), key) == "invalid_code"
    confirm_email(session, visitor(), key)
    assert refused(session, undo_email, visitor(NOW + timedelta(days=8)), undo) == "invalid_code"


def test_another_user_cannot_use_the_link(session, anna):
    boris = person(session, "boris@example.org", "Борис")
    key, _ = asked(session, anna)
    assert refused(session, confirm_email, boris, key) == "invalid_code"
    assert (address(session, anna), address(session, boris)) == ("anna@example.org", "boris@example.org")


def test_a_taken_address_is_not_given_away(session, anna):
    person(session, "boris@example.org", "Борис")
    ask_email(session, anna, "boris@example.org", PASSWORD)
    assert pending_email(session, anna).new_email == "boris@example.org"
    assert "/email" not in letters(session, "boris@example.org")[-1]


def test_taken_meanwhile_is_refused(session, anna):
    key, _ = asked(session, anna)
    person(session, NEW, "Борис")
    assert refused(session, confirm_email, visitor(), key) == "invalid_code"


def test_an_old_address_stays_reserved_while_it_may_be_demanded_back(session, anna):
    key, _ = asked(session, anna)
    confirm_email(session, visitor(), key)
    with pytest.raises(Conflict):
        account.register(session, visitor(), replace(FORM, email="anna@example.org"))
    rate.forget_all()
    account.register(session, visitor(NOW + timedelta(days=8)), replace(FORM, email="anna@example.org"))


def test_a_newer_wish_or_a_cancel_kills_the_link(session, anna):
    first, _ = asked(session, anna)
    second, _ = asked(session, replace(anna, at=NOW + timedelta(seconds=1)), "newer@example.org")
    assert refused(session, confirm_email, visitor(NOW + timedelta(seconds=2)), first) == "invalid_code"
    cancel_email(session, replace(anna, at=NOW + timedelta(seconds=2)))
    assert refused(session, confirm_email, visitor(NOW + timedelta(seconds=3)), second) == "invalid_code"


@pytest.mark.parametrize(
    ("email", "password", "error"),
    [
        ("x", PASSWORD, InvalidInput),
        ("anna@example.org", PASSWORD, InvalidInput),
        (NEW, "x", WrongSecret),
        (7, PASSWORD, InvalidInput),
    ],
)
def test_refusals(session, anna, email, password, error):
    with pytest.raises(error):
        ask_email(session, anna, email, password)
    assert letters(session, NEW) == []


@pytest.mark.parametrize("key", ["", "x", "x" * 5000, None, 7, "\x00"])
def test_forged_keys(session, anna, key):
    asked(session, anna)
    assert (
        refused(session, confirm_email, visitor(), key)
        == refused(session, undo_email, visitor(), key)
        == "invalid_code"
    )

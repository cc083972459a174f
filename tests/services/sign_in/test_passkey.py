"""Passkeys of the profile: whose, how many, what it takes to change them, who is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from energo_cabinet.auth import rate
from energo_cabinet.auth.second_factor import has_passkey, remove_passkeys
from energo_cabinet.errors import CabinetError, InvalidInput, NotFound, StepUpNeeded, WrongSecret
from energo_cabinet.models import AuditEntry, Passkey, PasskeyCeremony, RecoveryCode, StaffMember
from energo_cabinet.services.person.access_journal import my_access_journal
from energo_cabinet.services.sign_in.passkey import (
    MOST,
    add_passkey,
    begin_adding,
    has_passkeys,
    list_passkeys,
    remove_passkey,
    rename_passkey,
)
from energo_cabinet.services.sign_in.second_factor import switch_off
from tests.cast import NOW
from tests.services.person.scene import alive, at_desk, letters
from tests.services.sign_in.authenticator import Authenticator
from tests.services.sign_in.scene import PASSWORD, later, with_passkey

pytestmark = pytest.mark.usefixtures("surroundings")


@pytest.fixture
def member(session, anna):
    """Анна works for the installation."""
    known = {"name": "Соколова", "role": "system_admin", "added_at": NOW, "accepted_at": NOW}
    session.add(StaffMember(user_id=anna.user, **known))
    session.flush()
    return at_desk(session, anna)


def actions(session):
    return list(session.exec(select(AuditEntry.action).order_by(AuditEntry.id)))


def test_one_is_added_listed_renamed_and_removed(session, passkey):
    who = passkey.who
    card = list_passkeys(session, who).cards[0]
    assert (card.name, card.created_at, card.last_used_at, card.disabled_at) == ("Телефон", NOW, None, None)
    rename_passkey(session, who, card.id, "  Мой \n телефон ")
    assert list_passkeys(session, who).cards[0].name == "Мой телефон"
    remove_passkey(session, who, card.id, PASSWORD, "")
    assert list_passkeys(session, who).cards == [] and not has_passkeys(session, who)
    assert letters(session) == ["Добавлен ключ доступа: Энерго Кабинет", "Удалён ключ доступа: Энерго Кабинет"]
    assert actions(session) == ["passkey.add", "passkey.remove"]
    assert my_access_journal(session, who).lines == ()  # one's own doing is no foreign look


def test_adding_and_removing_end_the_other_sessions(session, anna):
    other, mine = at_desk(session, anna), at_desk(session, anna)
    with_passkey(session, mine)
    assert alive(session) == [mine.session_id]
    other = at_desk(session, anna)
    remove_passkey(session, mine, list_passkeys(session, mine).cards[0].id, PASSWORD, "")
    assert other.session_id not in alive(session)


def test_the_browser_is_asked_for_a_key_that_knows_its_user(session, anna):
    who = at_desk(session, anna)
    options = begin_adding(session, who, "Телефон", PASSWORD, "")
    assert options["rp"] == {"id": "localhost", "name": "Энерго Кабинет"}
    wanted = options["authenticatorSelection"]
    assert (wanted["residentKey"], wanted["userVerification"]) == ("required", "required")
    assert "anna" not in options["user"]["id"] and len(options["challenge"]) >= 43
    add_passkey(session, who, Authenticator().makes(options))
    again = begin_adding(session, who, "Ноутбук", PASSWORD, "")
    assert len(again["excludeCredentials"]) == 1 and again["user"]["id"] == options["user"]["id"]


@pytest.mark.parametrize("name", ["", " ", "x" * 61, "\x00", "a‮b", None, 7])
def test_a_name_is_a_short_text(session, passkey, name):
    with pytest.raises(InvalidInput):
        begin_adding(session, passkey.who, name, PASSWORD, "")
    with pytest.raises(InvalidInput):
        rename_passkey(session, passkey.who, list_passkeys(session, passkey.who).cards[0].id, name)


def test_the_password_is_asked(session, passkey):
    key = list_passkeys(session, passkey.who).cards[0].id
    for call in (
        lambda word: begin_adding(session, passkey.who, "x", word, ""),
        lambda word: remove_passkey(session, passkey.who, key, word, ""),
    ):
        with pytest.raises(InvalidInput):
            call("")
        with pytest.raises(WrongSecret):
            call("мимо")


def test_where_a_code_guards_the_account_it_guards_passkeys_too(session, anna, totp):
    who = replace(at_desk(session, anna), at=later())
    with pytest.raises(InvalidInput, match="required"):
        begin_adding(session, who, "Телефон", PASSWORD, "")
    with pytest.raises(WrongSecret):
        begin_adding(session, who, "Телефон", PASSWORD, "000000")
    with_passkey(session, who, code=totp.at(later()))
    with_passkey(session, who, "Ноутбук")  # the session has just shown one
    stale = replace(who, at=later(600))
    with pytest.raises(InvalidInput):
        remove_passkey(session, stale, list_passkeys(session, who).cards[0].id, PASSWORD, "")
    remove_passkey(session, stale, list_passkeys(session, who).cards[0].id, PASSWORD, totp.recovery[0])


def test_a_member_whose_only_factor_are_passkeys_shows_one(session, member):
    with_passkey(session, member)
    stale = replace(member, at=later(600))
    key = list_passkeys(session, member).cards[0].id
    for call in (
        lambda: begin_adding(session, stale, "x", PASSWORD, ""),
        lambda: remove_passkey(session, stale, key, PASSWORD, ""),
    ):
        with pytest.raises(StepUpNeeded) as caught:
            call()
        assert caught.value.by == "passkey"


def test_a_member_gets_recovery_codes_with_the_first_and_a_lost_one_is_removed_by_one(session, member):
    made = Authenticator()
    codes = add_passkey(session, member, made.makes(begin_adding(session, member, "Ключ", PASSWORD, "")))
    session.flush()
    assert len(codes) == 10
    second = Authenticator()
    assert add_passkey(session, member, second.makes(begin_adding(session, member, "Ещё", PASSWORD, ""))) == []
    stale = replace(member, at=later(600))
    remove_passkey(session, stale, list_passkeys(session, member).cards[0].id, PASSWORD, codes[0])
    assert [card.name for card in list_passkeys(session, member).cards] == ["Ещё"]


def test_a_customer_gets_no_codes_that_nothing_asks_for(session, passkey):
    assert session.exec(select(RecoveryCode)).all() == []


def test_recovery_codes_stay_while_they_stand_in_for_something(session, member, totp):
    with_passkey(session, replace(member, at=later()), code=totp.at(later()))
    switch_off(session, member, PASSWORD, totp.recovery[0])
    assert len(session.exec(select(RecoveryCode)).all()) == 10
    assert remove_passkeys(session, member.user) == 1
    assert session.exec(select(RecoveryCode)).all() == [] and not has_passkey(session, member.user)


def test_a_reset_may_keep_those_of_before(session, passkey):
    with_passkey(session, replace(passkey.who, at=later()), "Чужой")
    assert remove_passkeys(session, passkey.who.user, since=NOW) == 1
    assert [card.name for card in list_passkeys(session, passkey.who).cards] == ["Телефон"]


def test_another_s_is_not_found(session, passkey, boris):
    key = list_passkeys(session, passkey.who).cards[0].id
    with pytest.raises(NotFound):
        rename_passkey(session, boris, key, "Моё")
    with pytest.raises(NotFound):
        remove_passkey(session, boris, key, PASSWORD, "")


def test_a_paired_phone_adds_none(session, anna):
    with pytest.raises(NotFound):
        begin_adding(session, replace(anna, device_id=1), "x", PASSWORD, "")


def test_there_is_an_end_to_their_number(session, passkey):
    for number in range(MOST - 1):
        key = {"credential": f"c{number}", "public_key": "x", "user_handle": passkey.handle, "created_at": NOW}
        session.add(Passkey(user_id=passkey.who.user, name="x", **key))
    session.flush()
    with pytest.raises(CabinetError, match="passkey_too_many"):
        begin_adding(session, passkey.who, "x", PASSWORD, "")


def refused(session, who, answer):
    with pytest.raises(CabinetError) as caught:
        add_passkey(session, who, answer)
    return caught.value


def test_what_was_made_elsewhere_or_without_its_user_is_refused_and_spends_the_challenge(session, anna):
    who = at_desk(session, anna)
    wrong = [{"origin": "https://evil.example"}, {"origin": "http://localhost:3001"}, {"site": "evil.example"}]
    for how in (*wrong, {"flags": 0x01}, {"flags": 0x04}):
        rate.forget_all()
        options = begin_adding(session, who, "x", PASSWORD, "")
        error = refused(session, who, Authenticator(**how).makes(options))
        assert (error.code, error.commits) == ("passkey_refused", True)
        assert refused(session, who, Authenticator().makes(options)).code == "passkey_expired"
    assert list_passkeys(session, who).cards == []


def test_a_challenge_of_adding_is_of_its_session_and_its_minutes(session, anna, boris):
    who = at_desk(session, anna)
    options = begin_adding(session, who, "x", PASSWORD, "")
    answer = Authenticator().makes(options)
    assert refused(session, boris, answer).code == "passkey_expired"
    assert refused(session, at_desk(session, anna), answer).code == "passkey_expired"
    assert refused(session, replace(who, at=NOW + timedelta(minutes=5)), answer).code == "passkey_expired"
    assert add_passkey(session, who, answer) == []
    assert refused(session, who, answer).code == "passkey_expired"


def test_one_passkey_is_of_one_account(session, passkey, boris):
    """Registered again by somebody else it would sign its owner in to their account."""
    options = begin_adding(session, passkey.who, "x", PASSWORD, "")
    assert refused(session, passkey.who, passkey.copied().makes(options)).code == "passkey_known"


@pytest.mark.parametrize("answer", ["", "{}", "[]", "null", "x" * 30_000, None, 7, '{"id": "\\u0000"}', "\ud800"])
def test_anything_else_is_just_refused(session, anna, answer):
    who = at_desk(session, anna)
    begin_adding(session, who, "x", PASSWORD, "")
    assert refused(session, who, answer).code == "passkey_refused"


def test_what_is_over_does_not_stay(session, anna):
    who = at_desk(session, anna)
    begin_adding(session, who, "x", PASSWORD, "")
    begin_adding(session, replace(at_desk(session, anna), at=later(3600)), "x", PASSWORD, "")
    assert len(session.exec(select(PasskeyCeremony)).all()) == 1

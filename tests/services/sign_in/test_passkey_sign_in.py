"""Signing in by a passkey: alone, as a member's second step, beside an authenticator; as proof of who one is."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlmodel import select
from webauthn.helpers import base64url_to_bytes

from energo_cabinet.auth import rate
from energo_cabinet.auth.login_session import find_session
from energo_cabinet.auth.staff_session import staff_role
from energo_cabinet.errors import CabinetError, NotFound, SecondStepNeeded, TooManyAttempts
from energo_cabinet.models import LoginSession, Passkey, StaffMember, User
from energo_cabinet.services.sign_in import account
from energo_cabinet.services.sign_in.passkey import begin_adding, list_passkeys, remove_passkey
from energo_cabinet.services.sign_in.passkey_sign_in import (
    begin_proof,
    begin_second_step,
    begin_sign_in,
    finish_by_passkey,
    prove_by_passkey,
    sign_in_by_passkey,
)
from energo_cabinet.services.sign_in.second_step import finish_sign_in
from energo_cabinet.settings import get_settings
from tests.cast import NOW
from tests.services.person.scene import at_desk
from tests.services.sign_in.scene import PASSWORD, later, step, visitor, with_passkey

pytestmark = pytest.mark.usefixtures("surroundings")


@pytest.fixture
def member(session, anna):
    """Анна works for the installation and has a passkey."""
    known = {"name": "Соколова", "role": "system_admin", "added_at": NOW, "accepted_at": NOW}
    session.add(StaffMember(user_id=anna.user, **known))
    session.flush()
    return with_passkey(session, at_desk(session, anna))


def signs_in(session, passkey, at=NOW, remember=False, **more):
    asked = begin_sign_in(session, visitor(at))
    return sign_in_by_passkey(session, visitor(at), asked.token, passkey.signs(asked.options, **more), remember)


def refused(call, *args, **more):
    with pytest.raises(CabinetError) as caught:
        call(*args, **more)
    return caught.value.code


def test_a_passkey_alone_opens_a_session(session, passkey):
    asked = begin_sign_in(session, visitor())
    assert (asked.options["rpId"], asked.options["userVerification"]) == ("localhost", "required")
    assert asked.options.get("allowCredentials", []) == []  # nobody learns what passkeys there are
    done = sign_in_by_passkey(session, visitor(later()), asked.token, passkey.signs(asked.options), True)
    login, user = find_session(session, done.token, later())
    assert user.id == passkey.who.user and done.remember and login.remember
    assert login.passkey_at == login.proved_at == later()
    assert list_passkeys(session, passkey.who).cards[0].last_used_at == later()


def test_it_is_two_factors_by_itself_and_the_password_goes_on_beside_it(session, passkey):
    assert account.sign_in(session, visitor(), "anna@example.org", PASSWORD, False)
    assert signs_in(session, passkey)


def test_beginnings_without_an_end_are_counted_by_address(session, passkey):
    for _ in range(20):
        begin_sign_in(session, visitor())
    with pytest.raises(TooManyAttempts):
        begin_sign_in(session, visitor())
    assert begin_sign_in(session, visitor(ip="198.51.100.9"))
    rate.forget_all()
    for _ in range(25):
        assert signs_in(session, passkey)


def test_guesses_at_the_password_do_not_shut_a_passkey_out(session, passkey):
    session.get(User, passkey.who.user).failed_sign_ins = 1000
    assert signs_in(session, passkey)


def test_staff_give_the_password_first(session, member):
    asked = begin_sign_in(session, visitor())
    with pytest.raises(CabinetError) as caught:
        sign_in_by_passkey(session, visitor(), asked.token, member.signs(asked.options), False)
    assert caught.value.code == "passkey_staff" and caught.value.commits


def test_a_member_s_password_waits_for_the_passkey(session, member):
    with pytest.raises(SecondStepNeeded) as caught:
        account.sign_in(session, visitor(), "anna@example.org", PASSWORD, False)
    assert (caught.value.by, caught.value.passkey) == ("passkey", True)
    session.flush()
    token = caught.value.token
    options = begin_second_step(session, visitor(), token)
    assert len(options["allowCredentials"]) == 1
    done = finish_by_passkey(session, visitor(), token, member.signs(options))
    assert find_session(session, done.token, NOW)[1].id == member.who.user
    assert refused(finish_by_passkey, session, visitor(), token, member.signs(options)) == "second_step_expired"


def test_a_passkey_is_a_member_s_second_factor(session, member, surroundings):
    surroundings.set(mode="production")
    user, row = session.get(User, member.who.user), session.exec(select(StaffMember)).one()
    assert not staff_role(session, user, row, get_settings()).needs_second_factor
    remove_passkey(session, member.who, list_passkeys(session, member.who).cards[0].id, PASSWORD, "")
    assert staff_role(session, user, row, get_settings()).needs_second_factor


def test_beside_an_authenticator_either_will_do(session, anna, totp):
    who = replace(at_desk(session, anna), at=later())
    made = with_passkey(session, who, code=totp.at(later()))
    token = step(session, later())
    options = begin_second_step(session, visitor(later()), token)
    assert finish_by_passkey(session, visitor(later()), token, made.signs(options))
    assert finish_sign_in(session, visitor(later(90)), step(session, later(90)), totp.at(later(90)))


def test_a_second_step_takes_its_own_user_s_passkeys_only(session, member, boris):
    """Борис has Анна's password, and a passkey of his own."""
    his = with_passkey(session, boris)
    token = step(session)
    options = begin_second_step(session, visitor(), token)
    assert refused(finish_by_passkey, session, visitor(), token, his.signs(options)) == "passkey_refused"
    his.handle = ""
    options = begin_second_step(session, visitor(), token)
    assert refused(finish_by_passkey, session, visitor(), token, his.signs(options)) == "passkey_refused"


def test_a_step_has_its_tries(session, member):
    token = step(session)
    for _ in range(5):
        begin_second_step(session, visitor(), token)
        assert refused(finish_by_passkey, session, visitor(), token, "{}") == "passkey_refused"
    rate.forget_all()
    assert refused(begin_second_step, session, visitor(), token) == "second_step_expired"


def test_a_challenge_is_for_what_it_was_given_for(session, member):
    token = step(session)
    options = begin_second_step(session, visitor(), token)
    assert refused(sign_in_by_passkey, session, visitor(), token, member.signs(options), False) == "passkey_expired"
    proof = begin_proof(session, member.who)
    assert refused(finish_by_passkey, session, visitor(), token, member.signs(proof)) == "passkey_refused"


def test_a_passkey_proves_once_and_in_its_session(session, member):
    login = session.get(LoginSession, member.who.session_id)
    login.proved_at = login.passkey_at = None
    options = begin_proof(session, member.who)
    answer = member.signs(options)
    other = at_desk(session, member.who)
    assert refused(prove_by_passkey, session, other, answer) == "passkey_expired"
    prove_by_passkey(session, replace(member.who, at=later()), answer)
    assert login.proved_at == login.passkey_at == later()
    assert refused(prove_by_passkey, session, replace(member.who, at=later()), answer) == "passkey_expired"


def test_proof_is_by_one_s_own(session, passkey, boris):
    assert refused(begin_proof, session, boris) == "passkey_none"
    with_passkey(session, boris)
    options = begin_proof(session, boris)
    passkey.handle = ""
    assert refused(prove_by_passkey, session, boris, passkey.signs(options)) == "passkey_refused"
    with pytest.raises(NotFound):
        begin_proof(session, replace(boris, session_id=None, device_id=1))


def test_tries_to_prove_are_counted_with_the_password_s(session, member):
    for _ in range(5):
        begin_proof(session, member.who)
        assert refused(prove_by_passkey, session, member.who, "{}") == "passkey_refused"
    options = begin_proof(session, member.who)
    with pytest.raises(TooManyAttempts):
        prove_by_passkey(session, member.who, member.signs(options))


def test_a_key_of_this_kind_is_kept_without_secrets(session, passkey):
    row = session.exec(select(Passkey)).one()
    assert base64url_to_bytes(row.credential) == passkey.id
    assert begin_adding(session, passkey.who, "x", PASSWORD, "")["user"]["id"] == row.user_handle

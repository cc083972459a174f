"""What is asked of an authenticator, and every way we know to answer with what is not one's own (WebAuthn 7.2)."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from sqlmodel import select
from webauthn.helpers import bytes_to_base64url

from energo_cabinet.auth import rate
from energo_cabinet.errors import CabinetError
from energo_cabinet.models import AuditEntry, User, UserStatus
from energo_cabinet.services.person.access_journal import my_access_journal
from energo_cabinet.services.sign_in.passkey import list_passkeys, remove_passkey
from energo_cabinet.services.sign_in.passkey_sign_in import (
    begin_sign_in,
    sign_in_by_passkey,
)
from tests.cast import NOW
from tests.services.person.scene import letters
from tests.services.sign_in.authenticator import PRESENT, VERIFIED
from tests.services.sign_in.scene import PASSWORD, later, visitor, with_passkey

pytestmark = pytest.mark.usefixtures("surroundings")


def signs_in(session, passkey, at=NOW, remember=False, **more):
    asked = begin_sign_in(session, visitor(at))
    return sign_in_by_passkey(session, visitor(at), asked.token, passkey.signs(asked.options, **more), remember)


def refused(call, *args, **more):
    with pytest.raises(CabinetError) as caught:
        call(*args, **more)
    return caught.value.code


def test_an_assertion_is_good_once(session, passkey):
    """Replayed in the same browser, and in another one."""
    asked = begin_sign_in(session, visitor())
    answer = passkey.signs(asked.options)
    assert sign_in_by_passkey(session, visitor(), asked.token, answer, False)
    assert refused(sign_in_by_passkey, session, visitor(), asked.token, answer, False) == "passkey_expired"
    other = begin_sign_in(session, visitor())
    assert refused(sign_in_by_passkey, session, visitor(), other.token, answer, False) == "passkey_refused"


def test_somebody_else_s_challenge_is_none(session, passkey):
    """What a phished Анна has signed for the attacker's browser, and the other way round."""
    hers, theirs = begin_sign_in(session, visitor()), begin_sign_in(session, visitor(ip="198.51.100.9"))
    signed = passkey.signs(theirs.options)
    assert refused(sign_in_by_passkey, session, visitor(), hers.token, signed, False) == "passkey_refused"
    assert refused(sign_in_by_passkey, session, visitor(), "", signed, False) == "passkey_expired"


def test_a_challenge_lives_for_minutes(session, passkey):
    asked = begin_sign_in(session, visitor())
    late = visitor(NOW + timedelta(minutes=5))
    assert refused(sign_in_by_passkey, session, late, asked.token, passkey.signs(asked.options), False) == (
        "passkey_expired"
    )


def test_a_wrong_answer_spends_the_challenge(session, passkey):
    asked = begin_sign_in(session, visitor())
    with pytest.raises(CabinetError) as caught:
        sign_in_by_passkey(session, visitor(), asked.token, "{}", False)
    assert caught.value.commits
    answer = passkey.signs(asked.options)
    assert refused(sign_in_by_passkey, session, visitor(), asked.token, answer, False) == "passkey_expired"


WRONG = {
    "another origin": {"origin": "https://evil.example"},
    "a name like ours": {"origin": "http://localhost.evil.example:3000"},
    "another port": {"origin": "http://localhost:3001"},
    "another site": {"site": "evil.example"},
    "an unverified user": {"flags": PRESENT},
    "an absent user": {"flags": VERIFIED},
    "no handle": {"handle": ""},
    "another's handle": {"handle": bytes_to_base64url(b"x" * 64)},
}


@pytest.mark.parametrize("how", WRONG.values(), ids=WRONG)
def test_an_assertion_for_anything_else_is_refused(session, passkey, how):
    for name, value in how.items():
        setattr(passkey, name, value)
    assert refused(signs_in, session, passkey) == "passkey_refused"


@pytest.mark.parametrize("more", [{"type": "webauthn.create"}, {"challenge": "AAAA"}, {"origin": None}])
def test_what_the_client_says_is_checked(session, passkey, more):
    assert refused(signs_in, session, passkey, **more) == "passkey_refused"


def test_the_public_address_decides_and_nothing_else(session, passkey, surroundings):
    """The site of before moves: its passkeys do not open the new one."""
    surroundings.set(public_url="https://lk.example.ru")
    assert begin_sign_in(session, visitor()).options["rpId"] == "lk.example.ru"
    assert refused(signs_in, session, passkey) == "passkey_refused"


def test_a_signature_by_another_key_is_refused(session, passkey, boris):
    forged = passkey.copied()
    forged.key = type(passkey)().key
    assert refused(signs_in, session, forged) == "passkey_refused"
    assert signs_in(session, passkey)


def test_the_handle_of_another_account_signs_in_to_neither(session, passkey, boris):
    other = with_passkey(session, boris)
    mixed = passkey.copied()
    mixed.handle = other.handle
    assert refused(signs_in, session, mixed) == "passkey_refused"


@pytest.mark.parametrize("status", [UserStatus.DISABLED, UserStatus.PENDING])
def test_an_account_that_is_not_active_stays_shut(session, passkey, status):
    session.get(User, passkey.who.user).status = status
    assert refused(signs_in, session, passkey) == "passkey_refused"


def test_a_removed_passkey_opens_nothing(session, passkey):
    remove_passkey(session, passkey.who, list_passkeys(session, passkey.who).cards[0].id, PASSWORD, "")
    assert refused(signs_in, session, passkey) == "passkey_refused"


def test_a_copy_is_told_by_its_count_and_disables_the_passkey(session, passkey):
    copy = passkey.copied()
    assert signs_in(session, passkey) and signs_in(session, passkey)
    assert refused(signs_in, session, copy, later()) == "passkey_copied"
    assert refused(signs_in, session, passkey) == "passkey_disabled"
    assert list_passkeys(session, passkey.who).cards[0].disabled_at == later()
    assert letters(session)[-1] == "Ключ доступа отключён: Энерго Кабинет"
    entry = session.exec(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert (entry.action, entry.whose_id, entry.actor_id) == ("passkey.disable", passkey.who.user, None)
    assert my_access_journal(session, passkey.who).lines[0].action == "passkey.disable"


def test_a_count_that_falls_back_to_nothing_is_a_copy_too(session, passkey):
    signs_in(session, passkey)
    passkey.counts, passkey.count = False, 0
    assert refused(signs_in, session, passkey) == "passkey_copied"


def test_an_authenticator_that_never_counts_is_fine(session, passkey):
    passkey.counts = False
    for _ in range(3):
        assert signs_in(session, passkey)


def test_a_low_count_without_the_key_disables_nothing(session, passkey):
    """Who knows a credential's id only must not be able to shut its owner out."""
    signs_in(session, passkey)
    forged = passkey.copied()
    forged.key, forged.count = type(passkey)().key, 0
    assert refused(signs_in, session, forged) == "passkey_refused"
    assert signs_in(session, passkey)


@pytest.mark.parametrize("answer", ["", "{}", "[]", "null", "x" * 30_000, None, 7, "\x00", '{"id":1}', "\ud800"])
def test_anything_else_is_just_refused(session, passkey, answer):
    asked = begin_sign_in(session, visitor())
    assert refused(sign_in_by_passkey, session, visitor(), asked.token, answer, False) == "passkey_refused"


def test_broken_pieces_of_a_good_answer_are_refused(session, passkey):
    asked = begin_sign_in(session, visitor())
    good = json.loads(passkey.signs(asked.options))
    for name in ("clientDataJSON", "authenticatorData", "signature", "userHandle"):
        for wrong in ("", "AA", good["response"][name][:-8], "ж", 7, None):
            asked = begin_sign_in(session, visitor())
            rate.forget_all()
            answer = json.dumps(good | {"response": good["response"] | {name: wrong}})
            assert refused(sign_in_by_passkey, session, visitor(), asked.token, answer, False) == "passkey_refused"


@pytest.mark.parametrize("token", ["", "x", "x" * 5000, None, 7, "\x00"])
def test_a_forged_token_has_no_challenge(session, passkey, token):
    assert refused(sign_in_by_passkey, session, visitor(), token, "{}", False) == "passkey_expired"

"""Recovering access (Э-45, Н-31…33; SECURITY 2.1, test plan 11, 13)."""

from datetime import timedelta

import pytest

from energo_cabinet.auth.access import Subject
from energo_cabinet.auth.login_session import find_session
from energo_cabinet.auth.passwords import hash_password
from energo_cabinet.errors import CabinetError, InvalidInput, TooManyAttempts
from energo_cabinet.models import User, UserStatus
from energo_cabinet.services.sign_in import account
from energo_cabinet.services.sign_in.password_reset import request_reset, reset_password
from tests.cast import NOW
from tests.services.sign_in.test_registration import key_in, letters, visitor

OLD, NEW = "Синий трактор 7", "Жёлтый трактор 8"

pytestmark = pytest.mark.usefixtures("surroundings")


@pytest.fixture(scope="module")
def stored():
    return hash_password(OLD)


@pytest.fixture
def anna(session, stored):
    user = User(email="anna@example.org", full_name="Соколова Анна", password_hash=stored, password_changed_at=NOW)
    user.status, user.created_at = UserStatus.ACTIVE, NOW
    session.add(user)
    session.flush()
    return user


def asked(session, email="anna@example.org", at=NOW):
    request_reset(session, visitor(at), email)
    session.flush()
    return key_in(letters(session)[-1])


def reset(session, key, password=NEW, password2=None, at=NOW):
    reset_password(session, visitor(at), key, password, password if password2 is None else password2)
    session.expire_all()


def refuse(session, key, at=NOW):
    with pytest.raises(CabinetError) as caught:
        reset(session, key, at=at)
    assert caught.value.code == "invalid_code"


def test_mailed_link_sets_a_new_password_once(session, anna):
    key = asked(session)
    reset(session, key)
    assert account.sign_in(session, visitor(), "anna@example.org", NEW, False)
    with pytest.raises(CabinetError):
        account.sign_in(session, visitor(), "anna@example.org", OLD, False)
    refuse(session, key)


def test_reset_ends_every_session_and_tells_the_owner(session, anna):
    tokens = [account.sign_in(session, visitor(), anna.email, OLD, remember) for remember in (False, True)]
    reset(session, asked(session))
    assert [find_session(session, token, NOW) for token in tokens] == [None, None]
    assert "изменён" in letters(session)[-1].subject


def test_reset_helps_after_a_hundred_failures(session, anna):
    anna.failed_sign_ins = 100
    session.add(anna)
    reset(session, asked(session))
    assert account.sign_in(session, visitor(), anna.email, NEW, False)


def test_link_dies_after_half_an_hour(session, anna):
    key = asked(session)
    refuse(session, key, NOW + timedelta(minutes=30))
    reset(session, key, at=NOW + timedelta(minutes=29))


def test_link_dies_with_the_password_and_with_the_address(session, anna):
    first, second = asked(session), asked(session)
    reset(session, first)
    refuse(session, second)
    third = asked(session)
    user = session.get(User, anna.id)
    user.email = "anna.new@example.org"
    session.add(user)
    session.flush()
    refuse(session, third)


def test_activation_key_resets_nothing(session, anna):
    request_reset(session, visitor(), anna.email)
    with pytest.raises(CabinetError):
        account.activate(session, visitor(), key_in(letters(session)[-1]), OLD)


@pytest.mark.parametrize(
    ("password", "password2", "fields"),
    [
        ("short", "short", {"password": "password_too_short"}),
        ("password1", "password1", {"password": "password_common"}),
        ("Соколова1", "Соколова1", {"password": "password_personal"}),
        (NEW, OLD, {"password2": "passwords_differ"}),
        (None, None, {"password": "wrong_type"}),
    ],
)
def test_bad_password_leaves_the_link_good(session, anna, password, password2, fields):
    key = asked(session)
    with pytest.raises(InvalidInput) as caught:
        reset(session, key, password, password2)
    assert caught.value.fields == fields
    reset(session, key)


def test_unknown_address_gets_the_same_answer_and_no_letter(session, anna):
    assert request_reset(session, visitor(), "nobody@example.org") is None
    assert letters(session) == []


def test_a_pending_account_chooses_its_password_behind_the_link(session, anna):
    """Whoever applied for the address, its owner gets in and nobody else."""
    anna.status = UserStatus.PENDING
    session.add(anna)
    reset(session, asked(session))
    session.expire_all()
    assert session.get(User, anna.id).status == UserStatus.ACTIVE


def test_disabled_account_gets_nothing(session, anna):
    key = asked(session)
    anna.status = UserStatus.DISABLED
    session.add(anna)
    session.flush()
    refuse(session, key)
    before = len(letters(session))
    request_reset(session, visitor(), anna.email)
    assert len(letters(session)) == before


@pytest.mark.parametrize("email", ["anna@example.org", "nobody@example.org"])
def test_fourth_request_an_hour_is_refused_for_known_and_unknown_alike(session, anna, email):
    for _ in range(3):
        request_reset(session, visitor(), email)
    with pytest.raises(TooManyAttempts):
        request_reset(session, visitor(), email)


def test_another_user_is_not_affected_by_the_limit(session, anna):
    for _ in range(3):
        request_reset(session, visitor(), "nobody@example.org")
    assert asked(session)


def test_signed_in_stranger_resets_nobody_elses_password(session, anna):
    boris = Subject("customer", NOW, user_id=anna.id + 1, session_id=7)
    with pytest.raises(CabinetError):
        reset_password(session, boris, "guessed", NEW, NEW)

"""Signing in and out (Э-41…48, Н-5…7, Н-34…36; SECURITY 2.1, 2.3)."""

from datetime import timedelta

import pytest
from passlib.hash import argon2
from sqlmodel import select

from energo_cabinet.auth.access import Subject
from energo_cabinet.auth.login_session import find_session, sha256
from energo_cabinet.auth.passwords import hash_password
from energo_cabinet.errors import NotActivated, NotSignedIn, TooManyAttempts, WrongSecret
from energo_cabinet.models import LoginSession, OutboxLetter, User, UserStatus
from energo_cabinet.services.sign_in import account
from tests.cast import NOW

PASSWORD = "Синий трактор 7"

pytestmark = pytest.mark.usefixtures("surroundings")


@pytest.fixture(scope="module")
def stored():
    return hash_password(PASSWORD)


@pytest.fixture
def anna(session, stored):
    return kept(session, "anna@example.org", stored)


def kept(session, email, stored, status=UserStatus.ACTIVE):
    user = User(email=email, full_name="Соколова Анна Викторовна", password_hash=stored, password_changed_at=NOW)
    user.status, user.created_at = status, NOW
    session.add(user)
    session.flush()
    return user


def visitor(ip="192.0.2.1", at=NOW):
    return Subject("anonymous", at, ip=ip, device="Firefox")


def sign_in(session, email="anna@example.org", password=PASSWORD, who=None, remember=False):
    return account.sign_in(session, who or visitor(), email, password, remember)


def refused(session, **given):
    with pytest.raises(WrongSecret) as caught:
        sign_in(session, **given)
    return caught.value.code, caught.value.params


def test_right_password_opens_a_session(session, anna):
    token = sign_in(session, email="  Anna@Example.org ")
    login, user = find_session(session, token, NOW)
    assert user.id == anna.id
    assert (login.ip, login.device) == ("192.0.2.1", "Firefox")


def test_database_keeps_only_the_hash_of_a_256_bit_cookie(session, anna):
    token = sign_in(session)
    row = session.exec(select(LoginSession)).one()
    assert len(token) >= 43
    assert row.token_sha256 == sha256(token)
    assert token not in repr(row.model_dump())


def test_session_lasts_twelve_idle_hours_or_thirty_days_when_remembered(session, anna):
    short, long = sign_in(session), sign_in(session, remember=True)
    for token, alive, dead in ((short, 11, 13), (long, 24 * 29, 24 * 31)):
        assert find_session(session, token, NOW + timedelta(hours=alive))
        assert find_session(session, token, NOW + timedelta(hours=dead)) is None


def test_disabled_user_has_no_live_session_and_gets_none(session, anna):
    token = sign_in(session)
    anna.status = UserStatus.DISABLED
    session.add(anna)
    session.flush()
    assert find_session(session, token, NOW) is None
    assert refused(session)[0] == "wrong_credentials"


def test_signing_in_again_gives_a_new_value_and_ends_the_old_one(session, anna):
    old = sign_in(session)
    login, _ = find_session(session, old, NOW)
    new = sign_in(session, who=Subject("customer", NOW, user_id=anna.id, session_id=login.id, ip="192.0.2.1"))
    assert new != old
    assert find_session(session, old, NOW) is None
    assert find_session(session, new, NOW)


def test_signing_out_kills_this_session_only(session, anna):
    here, there = sign_in(session), sign_in(session)
    login, _ = find_session(session, here, NOW)
    account.sign_out(session, Subject("customer", NOW, user_id=anna.id, session_id=login.id))
    assert find_session(session, here, NOW) is None
    assert find_session(session, there, NOW)


def test_unknown_address_and_wrong_password_are_told_apart_by_nothing(session, anna):
    known = refused(session, password="Жёлтый трактор 8")
    unknown = refused(session, email="nobody@example.org")
    assert known == unknown == ("wrong_credentials", {})


def test_sixth_failure_waits_a_quarter_of_an_hour(session, anna):
    for _ in range(5):
        refused(session, password="wrong")
    with pytest.raises(TooManyAttempts) as caught:
        sign_in(session)
    assert 1 <= caught.value.params["minutes"] <= 15


def test_failures_elsewhere_do_not_lock_the_owner_out(session, anna, stored):
    for _ in range(5):
        refused(session, password="wrong", who=visitor("198.51.100.7"))
    assert sign_in(session, who=visitor("192.0.2.1"))


def test_one_address_guesses_at_most_twenty_times_an_hour(session, anna):
    for number in range(20):
        refused(session, email=f"user{number}@example.org")
    with pytest.raises(TooManyAttempts):
        sign_in(session, email="user20@example.org")


def test_successes_use_up_no_limit(session, anna):
    for _ in range(25):
        assert sign_in(session)


def test_after_a_hundred_failures_in_a_row_a_stranger_s_right_guess_is_none(session, anna):
    anna.failed_sign_ins = 100
    session.add(anna)
    session.flush()
    assert refused(session)[0] == "wrong_credentials"


def test_success_starts_the_row_of_failures_anew(session, anna):
    refused(session, password="wrong")
    sign_in(session)
    session.refresh(anna)
    assert anna.failed_sign_ins == 0


def test_pending_account_is_named_only_to_who_knows_its_password(session, stored):
    kept(session, "new@example.org", stored, UserStatus.PENDING)
    assert refused(session, email="new@example.org", password="wrong")[0] == "wrong_credentials"
    with pytest.raises(NotActivated):
        sign_in(session, email="new@example.org")
    assert session.exec(select(OutboxLetter.to_email)).one() == "new@example.org"


def test_weak_hash_is_replaced_at_sign_in(session):
    weak = argon2.using(type="ID", memory_cost=8192, time_cost=1, parallelism=1).hash(PASSWORD)
    user = kept(session, "anna@example.org", weak)
    sign_in(session)
    session.flush()
    assert user.password_hash.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert sign_in(session)


@pytest.mark.parametrize("text", ["x" * 1_000_000, "\x00", "' OR 1=1 --", "\ud800", "<script>"])
def test_any_text_as_address_or_password_is_just_wrong(session, anna, text):
    assert refused(session, email=text)[0] == "wrong_credentials"
    assert refused(session, password=text)[0] == "wrong_credentials"


def test_current_user_is_shown_with_initials(session, anna):
    profile = account.current_user(session, Subject("customer", NOW, user_id=anna.id))
    assert (profile.full_name, profile.initials) == ("Соколова Анна Викторовна", "СА")


def test_visitor_is_nobody(session):
    with pytest.raises(NotSignedIn):
        account.current_user(session, visitor())

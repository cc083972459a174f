"""The second factor: authenticator, SMS, recovery codes, the step between password and session (Н-13; ASVS 6.5)."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pyotp
import pytest
from sqlmodel import Session, select

from energo_cabinet.auth import rate
from energo_cabinet.auth.access import Subject
from energo_cabinet.auth.login_session import find_session
from energo_cabinet.auth.passwords import hash_password
from energo_cabinet.auth.sealed import CannotUnseal, seal, unseal
from energo_cabinet.auth.second_factor import use_recovery_code
from energo_cabinet.errors import CabinetError, InvalidInput, SecondStepNeeded, TooManyAttempts, WrongSecret
from energo_cabinet.models import LoginSession, OutboxLetter, RecoveryCode, SecondFactor, SmsMessage, User
from energo_cabinet.services.sign_in import account
from energo_cabinet.services.sign_in.second_factor import (
    confirm_factor,
    factor_status,
    new_recovery_codes,
    send_factor_code,
    start_authenticator,
    start_sms,
    switch_off,
)
from energo_cabinet.services.sign_in.second_step import finish_sign_in, send_code_again
from tests.cast import NOW, person
from tests.services.sign_in.test_registration import key_in

PASSWORD = "Синий трактор 7"
pytestmark = pytest.mark.usefixtures("surroundings")


@pytest.fixture(scope="module")
def stored():
    return hash_password(PASSWORD)


@pytest.fixture
def anna(session, stored):
    who = person(session, "anna@example.org", "Соколова Анна")
    user = session.get(User, who.user)
    user.password_hash, user.phone = stored, "+79120001842"
    session.flush()
    return who


@pytest.fixture
def totp(session, anna):
    """Анна's authenticator, on, and her recovery codes."""
    made = pyotp.TOTP(start_authenticator(session, anna, PASSWORD).secret)
    made.recovery = confirm_factor(session, anna, made.at(NOW))
    return made


def visitor(at=NOW, ip="192.0.2.1"):
    return Subject("anonymous", at, ip=ip, device="Firefox")


def step(session, at=NOW):
    with pytest.raises(SecondStepNeeded) as caught:
        account.sign_in(session, visitor(at), "anna@example.org", PASSWORD, True)
    session.flush()
    return caught.value.token


def later(seconds=60):
    return NOW + timedelta(seconds=seconds)


def refused(session, token, code, at):
    with pytest.raises(CabinetError) as caught:
        finish_sign_in(session, visitor(at), token, code)
    return caught.value.code


def sms_code(session):
    newest = session.exec(select(SmsMessage).order_by(SmsMessage.id.desc())).first()
    return re.match(r"\d{6}", newest.text)[0]


def test_nothing_is_on_before_a_code_confirms_it(session, anna):
    start_authenticator(session, anna, PASSWORD)
    assert factor_status(session, anna).kind == ""
    assert account.sign_in(session, visitor(), "anna@example.org", PASSWORD, False)
    with pytest.raises(WrongSecret):
        confirm_factor(session, anna, "000000")
    assert factor_status(session, anna).kind == ""


def test_password_alone_opens_no_session_any_more(session, totp, anna):
    before = len(session.exec(select(LoginSession)).all())
    token = step(session)
    assert len(session.exec(select(LoginSession)).all()) == before
    assert find_session(session, token, NOW) is None
    assert factor_status(session, anna).codes_left == 10


def test_the_code_of_the_application_opens_it(session, totp, anna):
    done = finish_sign_in(session, visitor(later()), step(session, later()), totp.at(later()))
    assert done.remember
    assert find_session(session, done.token, later())[1].id == anna.user


def test_a_code_is_good_once_also_for_its_owner(session, totp):
    """Replay: seen over a shoulder or on the wire; also the one that switched the factor on."""
    assert refused(session, step(session), totp.at(NOW), NOW) == "wrong_second_code"
    code = totp.at(later())
    finish_sign_in(session, visitor(later()), step(session, later()), code)
    assert refused(session, step(session, later()), code, later()) == "wrong_second_code"


def test_an_older_code_of_the_window_is_not_good_after_a_newer_one(session, totp):
    finish_sign_in(session, visitor(later()), step(session, later()), totp.at(later(90)))
    assert refused(session, step(session, later()), totp.at(later()), later()) == "wrong_second_code"


def test_five_guesses_end_the_step(session, totp):
    token = step(session, later())
    for number in range(5):
        assert refused(session, token, f"{number:06d}", later()) == "wrong_second_code"
    rate.forget_all()
    assert refused(session, token, totp.at(later()), later()) == "second_step_expired"


def test_guessing_in_many_browsers_counts_for_the_account(session, totp):
    for number in range(5):
        refused(session, step(session, later()), f"{number:06d}", later())
    with pytest.raises(TooManyAttempts):
        finish_sign_in(session, visitor(later(), "198.51.100.9"), step(session, later()), totp.at(later()))


def test_a_step_ends_after_ten_minutes_or_its_use_or_a_new_password(session, totp, anna):
    token = step(session)
    assert refused(session, token, totp.at(later(601)), later(601)) == "second_step_expired"
    used = step(session, later())
    finish_sign_in(session, visitor(later()), used, totp.at(later()))
    assert refused(session, used, totp.at(later(120)), later(120)) == "second_step_expired"
    fresh = step(session, later(120))
    session.get(User, anna.user).password_changed_at = later(130)
    assert refused(session, fresh, totp.at(later(150)), later(150)) == "second_step_expired"


@pytest.mark.parametrize("token", ["", "x", "x" * 5000, None, 7, "\x00"])
def test_a_forged_step_is_none(session, totp, token):
    assert refused(session, token, "000000", NOW) == "second_step_expired"


@pytest.mark.parametrize("code", ["", "0", "００００００", "x" * 100_000, None, 123456, "\x00", "' OR 1=1"])
def test_any_text_as_code_is_just_wrong(session, totp, code):
    assert refused(session, step(session, later()), code, later()) == "wrong_second_code"


def test_a_recovery_code_works_once_and_is_told_by_letter(session, totp):
    code = totp.recovery[3].lower().replace("-", " ")
    finish_sign_in(session, visitor(later()), step(session, later()), code)
    assert session.exec(select(OutboxLetter.subject)).all()[-1] == "Использован код восстановления: Энерго Кабинет"
    assert refused(session, step(session, later()), code, later()) == "wrong_second_code"


def test_recovery_codes_are_kept_as_digests(session, totp):
    rows = session.exec(select(RecoveryCode)).all()
    kept = " ".join(str(row.model_dump()) for row in rows)
    assert len(totp.recovery) == len(set(totp.recovery)) == 10
    assert all(code.replace("-", "") not in kept and len(code) == 29 for code in totp.recovery)


def test_of_fifty_racing_for_one_recovery_code_one_wins(session, engine, totp, anna):
    session.commit()

    def use(_number):
        with Session(engine) as own:
            won = use_recovery_code(own, anna.user, totp.recovery[0], NOW)
            own.commit()
            return won

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(use, range(50))) == 1


def test_the_secret_is_sealed_to_its_row(session, totp, anna, surroundings):
    sealed = session.get(SecondFactor, anna.user).sealed_secret
    assert totp.secret not in sealed
    assert unseal(sealed, f"second_factor:{anna.user}") == totp.secret
    for row, text in ((f"second_factor:{anna.user + 1}", sealed), (f"second_factor:{anna.user}", "gone:" + sealed[4:])):
        with pytest.raises(CannotUnseal):
            unseal(text, row)


def test_keys_are_changed_by_putting_a_new_one_first(surroundings):
    old, new = "a:" + "QUFB" * 10 + "QUE=", "b:" + "QkJC" * 10 + "QkI="
    surroundings.set(seal_keys=old)
    sealed = seal("secret", "row")
    surroundings.set(seal_keys=f"{new},{old}")
    assert (unseal(sealed, "row"), seal("x", "row")[:2], sealed[:2]) == ("secret", "b:", "a:")


def test_a_code_by_sms_opens_the_session(session, anna):
    """Н-13."""
    assert start_sms(session, anna, PASSWORD) == "+79120001842"
    confirm_factor(session, anna, sms_code(session))
    token = step(session)
    done = finish_sign_in(session, visitor(), token, sms_code(session))
    assert find_session(session, done.token, NOW)


def test_a_code_by_sms_is_bound_to_its_browser_and_dies_with_the_next(session, anna):
    start_sms(session, anna, PASSWORD)
    confirm_factor(session, anna, sms_code(session))
    rate.forget_all()
    first = step(session)
    stolen = sms_code(session)
    other = step(session)
    assert refused(session, other, stolen, NOW) == "wrong_second_code"
    send_code_again(session, visitor(), first)
    assert refused(session, first, stolen, NOW) == "wrong_second_code" or stolen == sms_code(session)
    assert finish_sign_in(session, visitor(), first, sms_code(session))


def test_codes_by_sms_are_limited(session, anna):
    start_sms(session, anna, PASSWORD)
    confirm_factor(session, anna, sms_code(session))
    send_factor_code(session, anna)
    send_factor_code(session, anna)
    with pytest.raises(TooManyAttempts):
        send_factor_code(session, anna)


def test_switching_off_asks_password_and_code(session, totp, anna):
    at = replace(anna, at=later())
    for password, code, error in (
        ("x", totp.at(later()), WrongSecret),
        (PASSWORD, "000000", WrongSecret),
        (PASSWORD, "", InvalidInput),
    ):
        with pytest.raises(error):
            switch_off(session, at, password, code)
    switch_off(session, at, PASSWORD, totp.at(later()))
    assert factor_status(session, at).kind == ""
    assert session.exec(select(RecoveryCode)).all() == []
    assert account.sign_in(session, visitor(), "anna@example.org", PASSWORD, False)


def test_new_recovery_codes_replace_the_old(session, totp, anna):
    at = replace(anna, at=later())
    fresh = new_recovery_codes(session, at, PASSWORD, totp.at(later()))
    assert not use_recovery_code(session, anna.user, totp.recovery[0], later())
    assert use_recovery_code(session, anna.user, fresh[0], later())


def test_it_cannot_be_replaced_while_on_nor_started_without_the_password(session, totp, anna):
    for start in (start_authenticator, start_sms):
        with pytest.raises(CabinetError) as caught:
            start(session, anna, PASSWORD)
        assert caught.value.code == "second_factor_on"


def test_without_a_phone_there_is_no_sms(session, anna):
    session.get(User, anna.user).phone = ""
    with pytest.raises(CabinetError) as caught:
        start_sms(session, anna, PASSWORD)
    assert caught.value.code == "phone_missing"


def test_a_reset_password_does_not_go_around_it(session, totp, anna):
    """ASVS 6.4.3."""
    account.request_reset(session, visitor(), "anna@example.org")
    session.flush()
    key = key_in(session.exec(select(OutboxLetter).order_by(OutboxLetter.id.desc())).first())
    account.reset_password(session, visitor(), key, "Жёлтый трактор 8", "Жёлтый трактор 8")
    session.expire_all()
    with pytest.raises(SecondStepNeeded):
        account.sign_in(session, visitor(later()), "anna@example.org", "Жёлтый трактор 8", False)

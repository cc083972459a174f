"""The second factor: authenticator, SMS, recovery codes, the step between password and session (Н-13; ASVS 6.5)."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlmodel import Session, select

from energo_cabinet.auth.login_session import find_session
from energo_cabinet.auth.sealed import CannotUnseal, seal, unseal
from energo_cabinet.auth.second_factor import use_recovery_code
from energo_cabinet.errors import CabinetError, InvalidInput, SecondStepNeeded, TooManyAttempts, WrongSecret
from energo_cabinet.models import LoginSession, OutboxLetter, RecoveryCode, SecondFactor, User
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
from energo_cabinet.services.sign_in.second_step import finish_sign_in
from tests.cast import NOW
from tests.services.sign_in.scene import PASSWORD, later, sms_code, step, visitor
from tests.services.sign_in.test_registration import key_in

pytestmark = pytest.mark.usefixtures("surroundings")


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


def test_a_clock_that_jumped_shuts_nobody_out(session, totp):
    """RC-3 3f: after one sign-in a day ahead every right code was wrong until the clock had caught up."""
    ahead = later(86_400)
    finish_sign_in(session, visitor(ahead), step(session, ahead), totp.at(ahead))
    now = later(120)
    code = totp.at(now)
    assert finish_sign_in(session, visitor(now), step(session, now), code)
    with pytest.raises(WrongSecret):  # and used once it is used up
        finish_sign_in(session, visitor(now), step(session, now), code)


def test_a_changed_key_says_what_to_do_and_recovery_codes_help(session, totp, anna, surroundings):
    """RC-3 3e: every sign-in by authenticator was a fault of the server."""
    surroundings.set(secret_key="another key of this installation 77")
    with pytest.raises(CabinetError) as caught:
        finish_sign_in(session, visitor(later()), step(session, later()), totp.at(later()))
    assert caught.value.code == "factor_unreadable"
    assert finish_sign_in(session, visitor(later()), step(session, later()), totp.recovery[0])

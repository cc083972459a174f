"""The step between password and session: codes good once, guesses counted, bound to its browser (Н-13; ASVS 6.5)."""

from __future__ import annotations

import pytest
from sqlmodel import select

from energo_cabinet.auth import rate
from energo_cabinet.auth.login_session import find_session
from energo_cabinet.errors import CabinetError, TooManyAttempts
from energo_cabinet.models import OutboxLetter, User
from energo_cabinet.services.sign_in.second_factor import confirm_factor, start_sms
from energo_cabinet.services.sign_in.second_step import finish_sign_in, send_code_again
from tests.cast import NOW
from tests.services.sign_in.scene import PASSWORD, later, sms_code, step, visitor

pytestmark = pytest.mark.usefixtures("surroundings")


def refused(session, token, code, at):
    with pytest.raises(CabinetError) as caught:
        finish_sign_in(session, visitor(at), token, code)
    return caught.value.code


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
    newest = session.exec(select(OutboxLetter.subject).order_by(OutboxLetter.id.desc())).first()
    assert newest == "Использован код восстановления: Энерго Кабинет"
    assert refused(session, step(session, later()), code, later()) == "wrong_second_code"


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

"""Fifty hands on one link: exactly one succeeds, on both databases (SECURITY test plan 10, ASVS 15.4.2)."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlmodel import Session, select

from energo_cabinet import door
from energo_cabinet.database import get_engine
from energo_cabinet.errors import CabinetError
from energo_cabinet.models import OneTimeCode, User, UserStatus
from energo_cabinet.services.sign_in import account
from tests.services.sign_in.test_registration import FORM, key_in, letters

HANDS = 50
CALLER = door.Caller(ip="192.0.2.1")


def all_at_once(service, *args):
    """How often each outcome came."""

    def once(number):
        try:
            door.run(CALLER, service, *[arg(number) if callable(arg) else arg for arg in args])
        except CabinetError as error:
            return error.code
        return "done"

    with ThreadPoolExecutor(HANDS) as hands:
        found = list(hands.map(once, range(HANDS)))
    return {outcome: found.count(outcome) for outcome in set(found)}


def newest_key():
    with Session(get_engine()) as session:
        return key_in(letters(session)[-1])


@pytest.fixture
def registered(installation):
    door.run(CALLER, account.register, FORM)


def test_activation_link_works_for_one(registered):
    outcome = all_at_once(account.activate, newest_key(), FORM.password)
    assert outcome["done"] == 1 and set(outcome) <= {"done", "invalid_code", "too_many_attempts"}


def test_reset_link_works_for_one_and_its_password_is_the_one_set(registered):
    door.run(CALLER, account.activate, newest_key(), FORM.password)
    door.run(CALLER, account.request_reset, FORM.email)
    passwords = [f"Жёлтый трактор {number}" for number in range(HANDS)]
    outcome = all_at_once(account.reset_password, newest_key(), passwords.__getitem__, passwords.__getitem__)
    assert outcome == {"done": 1, "invalid_code": HANDS - 1}


def test_one_application_of_many_at_once_makes_the_account(installation):
    installation.set(limit_letter_ip="1000/hour", limit_letter_address="1000/hour")
    outcome = all_at_once(account.register, FORM)
    assert set(outcome) <= {"done", "email_taken"}
    with Session(get_engine()) as session:
        (user,) = session.exec(select(User)).all()
        assert user.status == UserStatus.PENDING
        assert len(session.exec(select(OneTimeCode)).all()) == outcome["done"]


def test_parallel_guesses_do_not_slip_under_the_limit(registered):
    """Test plan 11: fifty guesses at once, five are looked at."""
    door.run(CALLER, account.activate, newest_key(), FORM.password)
    assert all_at_once(account.sign_in, FORM.email, "wrong", False) == {
        "wrong_credentials": 5,
        "too_many_attempts": HANDS - 5,
    }

"""Fifty hands that know the password and one code at once: exactly one gets in, on both databases (plan 10)."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pyotp
import pytest

from energo_cabinet import door
from energo_cabinet.errors import CabinetError, SecondStepNeeded
from energo_cabinet.services.sign_in import account
from energo_cabinet.services.sign_in.second_factor import confirm_factor, start_authenticator
from energo_cabinet.services.sign_in.second_step import finish_sign_in
from energo_cabinet.services.sign_in.user_entry import add_user
from tests.services.sign_in.scene import PASSWORD
from tests.soak.draw import number

HANDS = number("hands on one code")
ANNA = "anna@example.org"
WIDE = ("login_account", "login_ip", "second_factor")


@pytest.fixture
def factor(installation):
    """Анна's authenticator and recovery codes; limits wide, so that the code itself is what stops the others."""
    installation.set(**{f"limit_{name}": "10000/hour" for name in WIDE})
    door.run_as_system(add_user, ANNA, PASSWORD, "Соколова Анна")
    desk = door.Caller(sid=door.run(door.Caller(), account.sign_in, ANNA, PASSWORD, False))
    totp = pyotp.TOTP(door.run(desk, start_authenticator, PASSWORD).secret)
    totp.recovery = door.run(desk, confirm_factor, totp.at(datetime.now(UTC) - timedelta(seconds=30)))
    return totp


def step(hand):
    """A browser whose password was right."""
    with pytest.raises(SecondStepNeeded) as caught:
        door.run(door.Caller(ip=f"192.0.2.{hand}"), account.sign_in, ANNA, PASSWORD, False)
    return caught.value.token


def outcomes(steps, code):
    """How often each answer came to hands that typed the code at once."""

    def once(hand):
        try:
            door.run(door.Caller(ip=f"192.0.2.{hand}"), finish_sign_in, steps[hand % len(steps)], code)
        except CabinetError as error:
            return error.code
        return "in"

    with ThreadPoolExecutor(HANDS) as hands:
        found = list(hands.map(once, range(HANDS)))
    return {answer: found.count(answer) for answer in set(found)}


def one_got_in(found):
    return found.pop("in") == 1 and set(found) <= {"wrong_second_code", "second_step_expired"}


def test_one_of_fifty_hands_in_ten_browsers_gets_in_by_one_code_of_the_application(factor):
    assert one_got_in(outcomes([step(hand) for hand in range(10)], factor.now()))


def test_one_of_fifty_hands_in_ten_browsers_gets_in_by_one_recovery_code(factor):
    assert one_got_in(outcomes([step(hand) for hand in range(10)], factor.recovery[0]))


def test_one_of_fifty_hands_on_one_step_gets_in(factor):
    assert one_got_in(outcomes([step(0)], factor.now()))

"""No malicious lock-out: guesses from elsewhere leave the owner's browser and the mailed link open (RC-2 2a)."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from energo_cabinet.auth import rate
from energo_cabinet.auth.login_session import sha256
from energo_cabinet.errors import TooManyAttempts, WrongSecret
from energo_cabinet.models import KnownBrowser, OutboxLetter, User
from energo_cabinet.services.sign_in import account
from energo_cabinet.services.sign_in.known_browser import know_browser
from tests.cast import person
from tests.services.sign_in.scene import PASSWORD, later, visitor

pytestmark = pytest.mark.usefixtures("surroundings")
EMAIL = "anna@example.org"
BROWSER = "b" * 43


def guess(session, ip, email=EMAIL):
    with pytest.raises((WrongSecret, TooManyAttempts)) as caught:
        account.sign_in(session, visitor(ip=ip), email, "неверный", False)
    return caught.value.code


def guessed_at(session):
    """A hundred wrong passwords from a hundred networks."""
    for number in range(100):
        guess(session, f"2001:db8:{number:x}::1")
        rate.forget_all()  # in an hour each of them
    session.expire_all()


def opens(session, who, opening=""):
    try:
        return bool(account.sign_in(session, who, EMAIL, PASSWORD, False, opening))
    except WrongSecret:
        return False


def test_one_subscriber_of_ipv6_is_one(session, anna):
    """2a as it was run: 100 wrong passwords from 100 addresses of one /64 met no limit."""
    answers = [guess(session, f"2001:db8:5:6::{number:x}") for number in range(100)]
    assert answers.count("wrong_credentials") == 5 and answers.count("too_many_attempts") == 95
    assert session.get(User, anna.user).failed_sign_ins == 5


def test_networks_of_one_48_together_do_ten_times_as_much(session):
    answers = [guess(session, f"2001:db8:5:{number:x}::1", f"u{number}@example.org") for number in range(240)]
    assert answers.count("wrong_credentials") == 200


def test_the_owner_s_own_browser_stays_open(session, anna):
    assert know_browser(session, replace(anna, browser=BROWSER)) == BROWSER
    guessed_at(session)
    assert not opens(session, visitor(later()))
    assert opens(session, replace(visitor(later()), browser=BROWSER))
    assert session.get(User, anna.user).failed_sign_ins == 0


def test_the_mailed_link_opens_a_new_browser_and_is_mailed_once_a_day(session, anna):
    guessed_at(session)
    guess(session, "198.51.100.7")
    (letter,) = session.exec(select(OutboxLetter).where(OutboxLetter.to_email == EMAIL)).all()
    key = re.search(r"/login\?open=([\w-]+)", letter.text)[1]
    assert not opens(session, visitor(later()), key[:-1] + "x")
    assert opens(session, visitor(later()), key)


def test_a_link_dies_after_a_day(session, anna):
    guessed_at(session)
    letter = session.exec(select(OutboxLetter).where(OutboxLetter.to_email == EMAIL)).one()
    key = re.search(r"/login\?open=([\w-]+)", letter.text)[1]
    rate.forget_all()
    assert not opens(session, visitor(later() + timedelta(days=1)), key)


def test_a_known_browser_guesses_no_more_than_others(session, anna):
    know_browser(session, replace(anna, browser=BROWSER))
    here = replace(visitor(), browser=BROWSER)
    for _ in range(5):
        with pytest.raises(WrongSecret):
            account.sign_in(session, here, EMAIL, "x", False)
    with pytest.raises(TooManyAttempts):
        account.sign_in(session, here, EMAIL, PASSWORD, False)


def test_another_s_browser_is_not_known(session, anna):
    guessed_at(session)
    for browser in ("", "x", "c" * 43, "b" * 200):
        assert not opens(session, replace(visitor(later()), browser=browser))
        rate.forget_all()


def test_a_browser_is_kept_as_a_digest_and_one_of_many_accounts(session, anna):
    boris = person(session, "boris@example.org", "Борис")
    token = know_browser(session, anna)
    assert know_browser(session, replace(boris, browser=token)) == token
    assert know_browser(session, replace(anna, browser=token)) == token
    kept = session.exec(select(KnownBrowser.token_sha256)).all()
    assert kept == [sha256(token)] * 2 and len(token) >= 40


@pytest.mark.parametrize("email", ["nobody@example.org", ""])
def test_nothing_is_mailed_to_nobody(session, email):
    for number in range(3):
        guess(session, f"198.51.100.{number}", email)
    assert session.exec(select(OutboxLetter)).all() == []

"""Codes by SMS: written once, claimed once, forgotten once they have left or expired (Н-13; ASVS 6.5)."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from energo_cabinet.auth import rate
from energo_cabinet.auth.second_factor import PHONE_CODE_LIFE
from energo_cabinet.errors import PermissionDenied, TooManyAttempts
from energo_cabinet.models import SmsMessage, User
from energo_cabinet.services.notice.sms import (
    LEASE,
    PAUSE,
    claim_sms,
    is_sms_possible,
    send_code,
    sms_postponed,
    sms_sent,
)
from tests.cast import NOW, person

PHONE = "+79120001842"


@pytest.fixture(autouse=True)
def _fresh_limits():
    rate.forget_all()


def send(session, cast, system, phone=PHONE):
    send_code(session, system, session.get(User, cast.anna.user), phone, "step")
    session.flush()
    return session.exec(select(SmsMessage).order_by(SmsMessage.id.desc())).first()


def claimed(session, system, later=timedelta()):
    found = claim_sms(session, replace(system, at=NOW + later))
    session.expire_all()
    return found and found.message_id


def test_a_code_leaves_once_and_is_forgotten(session, cast, system):
    row = send(session, cast, system)
    due = claim_sms(session, system)
    assert (due.id, due.to_phone, bool(re.match(r"\d{6}\D", due.text))) == (row.id, PHONE, True)
    assert claim_sms(session, system) is None
    sms_sent(session, system, row.id)
    session.expire_all()
    assert (row.sent_at, row.text) == (NOW, "") and claimed(session, system, LEASE * 2) is None


def test_one_claimed_by_a_process_that_died_is_claimed_again(session, cast, system):
    row = send(session, cast, system)
    moments = (timedelta(), LEASE - timedelta(seconds=1), LEASE)
    assert [claimed(session, system, later) for later in moments] == [row.message_id, None, row.message_id]
    assert row.attempts == 2


def test_what_could_not_leave_is_tried_again_soon(session, cast, system):
    row = send(session, cast, system)
    claim_sms(session, system)
    sms_postponed(session, system, row.id, "503 " * 200)
    session.expire_all()
    assert (row.next_try_at, len(row.last_error)) == (NOW + PAUSE, 300)
    assert claimed(session, system, PAUSE) == row.message_id


def test_a_code_that_has_expired_is_not_sent_any_more(session, cast, system):
    """The gateway was away: an old code would only confuse, and its text is not kept."""
    row = send(session, cast, system)
    assert claimed(session, system, PHONE_CODE_LIFE) == row.message_id
    assert claimed(session, system, PHONE_CODE_LIFE + timedelta(seconds=1)) is None
    assert (row.text, row.last_error, bool(row.failed_at)) == ("", "expired", True)


def test_a_phone_is_not_flooded_and_another_is_not_in_its_way(session, cast, system):
    for _ in range(3):
        send(session, cast, system)
    with pytest.raises(TooManyAttempts):
        send(session, cast, system)
    assert send(session, cast, system, "+79120001843").to_phone == "+79120001843"


@pytest.mark.parametrize(("language", "words"), [("ru", "код"), ("en", "is your code")])
def test_the_words_around_the_code_follow_the_readers_language(session, cast, system, language, words):
    session.get(User, cast.anna.user).language = language
    assert words in send(session, cast, system).text


def test_without_a_gateway_production_offers_no_sms(session, surroundings):
    assert is_sms_possible()
    surroundings.set(mode="production", public_url="https://cabinet.example.org")
    assert not is_sms_possible()
    surroundings.set(sms_url="https://token@sms.example.org/send")
    assert is_sms_possible()


def test_codes_of_others_are_nobodys_to_claim(session, cast, system):
    send(session, cast, system)
    with pytest.raises(PermissionDenied):
        claim_sms(session, cast.anna)


@pytest.fixture
def pumped(session, cast, system):
    """40 text messages to 40 numbers, as `start_sms` asks for them; how many have left."""

    def pump(addresses, users):
        for number in range(40):
            who = replace(system, ip=addresses[number % len(addresses)])
            with suppress(TooManyAttempts):
                send_code(
                    session, who, session.get(User, users[number % len(users)].user), f"+791200{number:05}", "step"
                )
        session.flush()
        return len(session.exec(select(SmsMessage)).all())

    return pump


def test_forty_numbers_of_one_account_get_ten_a_day(pumped, cast):
    """RC-2c: a signed-in user changed the number 40 times and had 40 messages sent, from wherever they liked."""
    assert pumped([f"192.0.2.{number}" for number in range(40)], [cast.anna]) == 10


def test_forty_accounts_at_one_address_get_thirty_a_day(session, pumped, cast):
    many = [person(session, f"n{number}@example.org", "Новый") for number in range(40)]
    assert pumped(["2001:db8:5:6::1", "2001:db8:5:6::2"], many) == 30


def test_another_account_at_another_address_is_not_in_its_way(session, pumped, cast, surroundings):
    surroundings.set(limit_sms_ip="3/day")
    assert pumped(["192.0.2.1"], [cast.anna]) == 3
    assert pumped(["192.0.2.2"], [cast.boris]) == 6

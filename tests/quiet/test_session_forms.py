"""How long forms take tells nothing of who is known (SECURITY 2.1, 2.2; test plan 12, 13)."""

import statistics
import time
from dataclasses import replace
from types import SimpleNamespace

import pytest

from energo_cabinet import door
from energo_cabinet.services.sign_in.registration import register
from tests.api.browser import anna as anna
from tests.api.browser import browser
from tests.api.sign_in.test_session import sign_in
from tests.services.sign_in.test_registration import FORM
from tests.soak import draw

pytestmark = [pytest.mark.soak, pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)]
PAIRS = draw.number("forms of known and unknown")


def alike(call):
    """The answers to a known and to unknown addresses, and by how much their median times differ (taken in turns)."""
    answers, spent = set(), {True: [], False: []}
    for number in range(2 * PAIRS):
        is_known = number % 2 == 0
        started = time.perf_counter()
        answer = call("anna@example.org" if is_known else f"nobody{number}@example.org")
        spent[is_known].append(time.perf_counter() - started)
        answers.add((answer.status_code, answer.headers["location"], answer.text))
    known, unknown = statistics.median(spent[True]), statistics.median(spent[False])
    return answers, abs(known - unknown) / known


def test_sign_in_answers_known_and_unknown_alike_in_words_and_time(anna, installation, figure):
    installation.set(limit_login_account="1000/hour", limit_login_ip="1000/hour")
    client = browser()
    answers, difference = alike(lambda email: sign_in(client, email=email, password="wrong"))
    figure(f"{PAIRS} + {PAIRS} sign-ins, medians differ by {difference:.1%}")
    assert len(answers) == 1
    assert difference < 0.1


def test_recovery_answers_known_and_unknown_alike_in_words_and_time(anna, installation, figure):
    installation.set(limit_letter_address="1000/hour", limit_letter_ip="1000/hour")
    client = browser()
    answers, difference = alike(lambda email: client.post("/api/recover", data={"email": email}))
    figure(f"{PAIRS} + {PAIRS} recoveries, medians differ by {difference:.1%}")
    assert len(answers) == 1
    assert difference < 0.1


def test_registration_answers_known_and_unknown_alike_in_words_and_time(anna, installation, figure):
    """Only where the operator hides who is known (Н-17 says it otherwise)."""
    installation.set(hide_account_existence="true", limit_letter_address="1000/hour", limit_letter_ip="1000/hour")

    def apply(email):
        done = door.run(door.Caller(ip="192.0.2.1"), register, replace(FORM, email=email))
        return SimpleNamespace(status_code=200, headers={"location": ""}, text=repr(done))

    answers, difference = alike(apply)
    figure(f"{PAIRS} + {PAIRS} registrations, medians differ by {difference:.1%}")
    assert len(answers) == 1
    assert difference < 0.1

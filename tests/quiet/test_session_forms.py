"""How long forms take tells nothing of who is known (SECURITY 2.1, 2.2; test plan 12, 13)."""

import statistics
import time

import pytest

from tests.api.browser import anna as anna
from tests.api.browser import browser
from tests.api.sign_in.test_session import sign_in

pytestmark = pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)


def alike(call):
    """The answers to a known and to unknown addresses, and by how much their median times differ (taken in turns)."""
    answers, spent = set(), {True: [], False: []}
    for number in range(22):
        is_known = number % 2 == 0
        started = time.perf_counter()
        answer = call("anna@example.org" if is_known else f"nobody{number}@example.org")
        spent[is_known].append(time.perf_counter() - started)
        answers.add((answer.status_code, answer.headers["location"], answer.text))
    known, unknown = statistics.median(spent[True]), statistics.median(spent[False])
    return answers, abs(known - unknown) / known


def test_sign_in_answers_known_and_unknown_alike_in_words_and_time(anna, installation):
    installation.set(limit_login_account="1000/hour", limit_login_ip="1000/hour")
    client = browser()
    answers, difference = alike(lambda email: sign_in(client, email=email, password="wrong"))
    assert len(answers) == 1
    assert difference < 0.1


def test_recovery_answers_known_and_unknown_alike_in_words_and_time(anna, installation):
    installation.set(limit_letter_address="1000/hour", limit_letter_ip="1000/hour")
    client = browser()
    answers, difference = alike(lambda email: client.post("/api/recover", data={"email": email}))
    assert len(answers) == 1
    assert difference < 0.1

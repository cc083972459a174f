"""Logs without secrets and without forged lines (SECURITY T15…T17, ASVS 16.2.5, 16.4.1)."""

import json
import logging

import pytest

from energo_cabinet import logging_setup
from energo_cabinet.logging_setup import redact
from energo_cabinet.settings import Settings

CANARY = "canary-4711"


@pytest.mark.parametrize(
    "message",
    [
        f"POST /api/reset?key={CANARY}",
        f"headers: {{'cookie': 'sid={CANARY}; lang=ru', 'host': 'x'}}",
        f'{{"password": "{CANARY}", "password2": "{CANARY}"}}',
        f"Cookie: __Host-sid={CANARY}",
        f"Authorization: Bearer {CANARY}".replace("Bearer ", "Bearer="),
        f"connecting to smtp://user:{CANARY}@mail.example.org:587",
        f"Received event … Event data: {{'name': 'x', 'note': '{CANARY}'}}",
        f"Error transforming event argument 'form' with value '{CANARY}' and type hint 'int'",
        f"Failed to deserialize event data: {CANARY}\nsecond line {CANARY}.",
        f"[SQL: UPDATE user_account SET password_hash=? ]\n[parameters: ('{CANARY}',)]",
    ],
)
def test_value_after_the_name_of_a_secret_is_hidden(message):
    assert CANARY not in redact(message)


def test_long_message_is_cut():
    assert len(redact("x" * 1_000_000)) < 3_000


@pytest.fixture
def lines(capsys):
    """Log records of a foreign logger as they reach stderr."""
    before = logging.getLogRecordFactory()
    logger = logging.getLogger("some.library")

    def written(as_json, call):
        handler = logging_setup._handler(as_json)
        logger.addHandler(handler)
        logger.propagate = False
        logging.setLogRecordFactory(logging_setup._redacted_record)
        try:
            call(logger)
        finally:
            logger.removeHandler(handler)
            logging.setLogRecordFactory(before)
        captured = capsys.readouterr()
        return (captured.out + captured.err).splitlines()

    return written


def test_no_line_can_be_forged(lines):
    forged = "bob\n2026-11-21 09:00:00 ERROR gate: admin signed in\x1b[2K\r"
    first, *rest = lines(False, lambda log: log.warning("hello %s", forged))
    assert "WARNING some.library: hello bob" in first
    assert all(line.startswith("    ") for line in rest)
    assert not any("\x1b" in line or "\r" in line for line in rest)


def test_an_escape_sequence_hides_no_secret():
    """RC-6 6b: ESC[2J before «password» left no boundary of a word, and the value was written."""
    assert CANARY not in redact(f"\x1b[2Jpassword={CANARY}")


def test_reflex_writes_a_record_on_one_line_and_wraps_nothing(capsys):
    """RC-6 6b: Reflex's console broke lines at words, so that a visitor's began one."""
    logger = logging.getLogger("reflex")
    before = (list(logger.handlers), logger.propagate)
    try:
        logger.addHandler(logging.StreamHandler())
        logging_setup._plain(logger)
        assert logger.handlers == [] and logger.propagate
    finally:
        logger.handlers, logger.propagate = before


def test_what_one_makes_in_a_minute_is_bounded(lines):
    def flood(log):
        for number in range(5_000):
            log.error("denied %d", number)

    written = lines(False, flood)
    assert len(written) == logging_setup.Bounded.MOST and "more of this minute are left out" in written[-1]


def test_traceback_is_kept_without_secrets(lines):
    def fail(log):
        try:
            raise ValueError(f"password={CANARY}")
        except ValueError:
            log.exception("a handler failed")

    written = "\n".join(lines(False, fail))
    assert "ValueError" in written
    assert CANARY not in written


def test_json_lines_all_parse(lines):
    def several(log):
        log.error("one\ntwo")
        log.error("three %s", {"password": CANARY})

    written = lines(True, several)
    assert [json.loads(line)["level"] for line in written] == ["error", "error"]
    assert CANARY not in "".join(written)


def test_wrong_number_of_arguments_loses_no_record(lines):
    assert "half" in lines(False, lambda log: log.error("half %s %s", 1))[0]


def test_json_is_a_setting():
    assert Settings(log_json=True).log_json

"""What a phone does with a code: claims it once, in time, and enters by its claim (F-21)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from energo_cabinet.auth.login_session import revoke
from energo_cabinet.errors import TooManyAttempts
from energo_cabinet.services.phone.device import list_devices
from energo_cabinet.services.phone.pairing import confirm_pairing, show_code, shown_pairing
from energo_cabinet.services.phone.pairing_claim import claim_pairing, enter_by_claim, token_by_claim
from tests.cast import NOW
from tests.services.phone.scene import claimed, refused


def test_the_typed_code_does_the_same_in_any_spelling(session, desk, phone):
    shown = show_code(session, desk)
    typed = f" {shown.typed[:4].lower()}-{shown.typed[4:]} "
    assert claim_pairing(session, phone, typed, "Телефон").check


@pytest.mark.parametrize("given", ["", "0O1I-0O1I", "ABCD-EFG", "x" * 200, "код", "\ud800", "A" * 43])
def test_a_guessed_code_is_unknown(session, desk, phone, given):
    show_code(session, desk)
    assert refused(claim_pairing, session, phone, given, "Чужой") == "pairing_unknown"


def test_two_phones_one_picture(session, desk, phone):
    shown, _ = claimed(session, desk, phone)
    assert refused(claim_pairing, session, phone, shown.code, "Второй") == "pairing_used"
    assert shown_pairing(session, desk).device_name == "Телефон Анны"


@pytest.mark.parametrize("collect", [enter_by_claim, token_by_claim])
def test_a_claim_without_confirmation_lets_nobody_in(session, desk, phone, collect):
    _, claim = claimed(session, desk, phone)
    assert refused(collect, session, phone, claim.claim) == "pairing_waiting"
    assert refused(collect, session, replace(phone, at=NOW + timedelta(seconds=121)), claim.claim) == "pairing_expired"
    assert list_devices(session, desk) == []


def test_a_claim_is_collected_once(session, desk, phone):
    shown, claim = claimed(session, desk, phone)
    confirm_pairing(session, desk, shown.pairing_id)
    enter_by_claim(session, phone, claim.claim)
    assert refused(enter_by_claim, session, phone, claim.claim) == "pairing_used"
    assert refused(token_by_claim, session, phone, claim.claim) == "pairing_used"


def test_a_password_reset_between_confirmation_and_entry_keeps_the_phone_out(session, desk, phone):
    shown, claim = claimed(session, desk, phone)
    confirm_pairing(session, desk, shown.pairing_id)
    revoke(session, desk.user, NOW)
    assert refused(enter_by_claim, session, phone, claim.claim) == "pairing_expired"


def test_guesses_are_counted_per_address(session, desk, phone):
    for _ in range(20):
        assert refused(claim_pairing, session, phone, "ABCDEFGH", "") == "pairing_unknown"
    shown = show_code(session, desk)
    with pytest.raises(TooManyAttempts):
        claim_pairing(session, phone, shown.code, "")
    assert claim_pairing(session, replace(phone, ip="192.0.2.77"), shown.code, "").check


def test_ten_phones_an_hour(session, desk, phone):
    for _ in range(10):
        claimed(session, desk, phone)
    with pytest.raises(TooManyAttempts):
        claimed(session, desk, phone)


@pytest.mark.parametrize(
    ("given", "kept"),
    [("  iPhone \t Анны ", "iPhone Анны"), ("x" * 100, "x" * 60), ("\u202eenohPi", ""), (7, ""), ("\x00", "")],
)
def test_a_device_name_is_one_readable_line(session, desk, phone, given, kept):
    claimed(session, desk, phone, given)
    assert shown_pairing(session, desk).device_name == kept

"""Joining a phone by a code (Э-65…72, F-21, issue part 4): each wrong way gets its own clear answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import Session, select

from energo_cabinet.auth import rate
from energo_cabinet.auth.login_session import find_session, open_session, revoke
from energo_cabinet.auth.pairing_code import typed_of
from energo_cabinet.errors import CabinetError, NotFound, PermissionDenied, TooManyAttempts
from energo_cabinet.models import LiveEvent, Pairing, User
from energo_cabinet.services.phone.device import is_phone, list_devices, revoke_device
from energo_cabinet.services.phone.pairing import (
    TOPIC,
    confirm_pairing,
    hide_codes,
    refuse_pairing,
    show_code,
    shown_pairing,
)
from energo_cabinet.services.phone.pairing_claim import claim_pairing, claim_status, enter_by_claim, token_by_claim
from energo_cabinet.services.sign_in.account import sign_out
from energo_cabinet.settings import get_settings
from tests.cast import NOW

LATE = timedelta(seconds=61)


def at_computer(session: Session, who):
    """A browser of somebody, signed in."""
    token = open_session(session, who, session.get(User, who.user), False, get_settings())
    session.flush()
    return replace(who, session_id=find_session(session, token, NOW)[0].id)


@pytest.fixture
def desk(session, cast, surroundings):
    rate.forget_all()
    return at_computer(session, cast.anna)


@pytest.fixture
def phone(anonymous):
    return anonymous


def refused(call, *args) -> str:
    with pytest.raises(CabinetError) as caught:
        call(*args)
    return caught.value.code


def claimed(session, desk, phone, name="Телефон Анны"):
    """A shown code in the hands of a phone: (what was shown, what the phone got)."""
    shown = show_code(session, desk)
    return shown, claim_pairing(session, phone, shown.code, name)


def test_shown_claimed_confirmed_and_in_without_a_password(session, desk, phone):
    shown, claim = claimed(session, desk, phone)
    view = shown_pairing(session, desk)
    assert (view.status, view.device_name, view.check) == ("claimed", "Телефон Анны", claim.check)
    assert confirm_pairing(session, desk, shown.pairing_id) == "Телефон Анны"
    assert claim_status(session, phone, claim.claim) == "confirmed"
    login, user = find_session(session, enter_by_claim(session, phone, claim.claim), NOW)
    assert (user.id, login.remember) == (desk.user, True)
    assert is_phone(session, replace(desk, session_id=login.id))
    assert [d.name for d in list_devices(session, desk)] == ["Телефон Анны"]


def test_every_step_is_told_to_the_page(session, desk, phone):
    shown, claim = claimed(session, desk, phone)
    confirm_pairing(session, desk, shown.pairing_id)
    enter_by_claim(session, phone, claim.claim)
    assert [e.topic for e in session.exec(select(LiveEvent)) if e.topic == TOPIC] == [TOPIC] * 3


def test_only_digests_are_stored(session, desk, phone):
    shown, claim = claimed(session, desk, phone)
    row = session.get(Pairing, shown.pairing_id)
    stored = " ".join(str(value) for value in row.model_dump().values())
    assert not any(secret in stored for secret in (shown.code, shown.typed, claim.claim))
    assert len(shown.code) >= 43 and len(claim.claim) >= 43


def test_the_typed_code_does_the_same_in_any_spelling(session, desk, phone):
    shown = show_code(session, desk)
    typed = f" {shown.typed[:4].lower()}-{shown.typed[4:]} "
    assert claim_pairing(session, phone, typed, "Телефон").check


@pytest.mark.parametrize("given", ["", "0O1I-0O1I", "ABCD-EFG", "x" * 200, "код", "\ud800", "A" * 43])
def test_a_guessed_code_is_unknown(session, desk, phone, given):
    show_code(session, desk)
    assert refused(claim_pairing, session, phone, given, "Чужой") == "pairing_unknown"


@pytest.mark.parametrize("given", ["", "ABCD-EFG", "ABCDEFG0", "ABCDEFGHJ"])
def test_what_is_no_code_is_not_looked_for(given):
    assert typed_of(given) == ""


def test_a_code_is_good_for_a_minute(session, desk, phone):
    shown = show_code(session, desk)
    late = replace(phone, at=NOW + LATE)
    assert refused(claim_pairing, session, late, shown.code, "") == "pairing_expired"
    assert shown_pairing(session, replace(desk, at=late.at)).status == "expired"


def test_two_phones_one_picture(session, desk, phone):
    shown, _ = claimed(session, desk, phone)
    assert refused(claim_pairing, session, phone, shown.code, "Второй") == "pairing_used"
    assert shown_pairing(session, desk).device_name == "Телефон Анны"


def test_a_newer_code_and_a_closed_page_end_the_older(session, desk, phone):
    older, newer = show_code(session, desk), show_code(session, desk)
    assert refused(claim_pairing, session, phone, older.code, "") == "pairing_expired"
    hide_codes(session, desk)
    assert refused(claim_pairing, session, phone, newer.code, "") == "pairing_expired"


@pytest.mark.parametrize("collect", [enter_by_claim, token_by_claim])
def test_a_claim_without_confirmation_lets_nobody_in(session, desk, phone, collect):
    _, claim = claimed(session, desk, phone)
    assert refused(collect, session, phone, claim.claim) == "pairing_waiting"
    assert refused(collect, session, replace(phone, at=NOW + timedelta(seconds=121)), claim.claim) == "pairing_expired"
    assert list_devices(session, desk) == []


def test_refusing_is_final(session, desk, phone):
    shown, claim = claimed(session, desk, phone)
    assert refuse_pairing(session, desk, shown.pairing_id) == "Телефон Анны"
    assert claim_status(session, phone, claim.claim) == "refused"
    assert refused(enter_by_claim, session, phone, claim.claim) == "pairing_refused"
    assert refused(confirm_pairing, session, desk, shown.pairing_id) == "pairing_expired"


def test_a_claim_is_collected_once(session, desk, phone):
    shown, claim = claimed(session, desk, phone)
    confirm_pairing(session, desk, shown.pairing_id)
    enter_by_claim(session, phone, claim.claim)
    assert refused(enter_by_claim, session, phone, claim.claim) == "pairing_used"
    assert refused(token_by_claim, session, phone, claim.claim) == "pairing_used"


def test_confirmation_comes_too_late(session, desk, phone):
    shown, _ = claimed(session, desk, phone)
    late = replace(desk, at=NOW + timedelta(seconds=121))
    assert refused(confirm_pairing, session, late, shown.pairing_id) == "pairing_expired"


def test_only_the_session_that_shows_it_decides(session, cast, desk, phone):
    """Bound to the computer: neither another browser of Анна's nor Борис may confirm."""
    shown, _ = claimed(session, desk, phone)
    others = (at_computer(session, cast.anna), at_computer(session, cast.boris), cast.anna)
    for other in others:
        with pytest.raises(NotFound):
            confirm_pairing(session, other, shown.pairing_id)
        assert shown_pairing(session, other).status == "none"


def test_signing_out_at_the_computer_ends_the_code_and_the_claim(session, desk, phone):
    shown = show_code(session, desk)
    sign_out(session, desk)
    assert refused(claim_pairing, session, phone, shown.code, "") == "pairing_expired"


def test_a_password_reset_between_confirmation_and_entry_keeps_the_phone_out(session, desk, phone):
    shown, claim = claimed(session, desk, phone)
    confirm_pairing(session, desk, shown.pairing_id)
    revoke(session, desk.user, NOW)
    assert refused(enter_by_claim, session, phone, claim.claim) == "pairing_expired"


def test_without_a_browser_session_there_is_no_code(session, cast, surroundings):
    with pytest.raises(PermissionDenied):
        show_code(session, replace(cast.anna, device_id=1))


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


def test_revoking_ends_session_and_token(session, desk, phone):
    """The list of devices: revoked ones go; a stranger's id is nobody's."""
    shown, claim = claimed(session, desk, phone)
    confirm_pairing(session, desk, shown.pairing_id)
    cookie = enter_by_claim(session, phone, claim.claim)
    (device,) = list_devices(session, desk)
    assert revoke_device(session, desk, device.id) == "Телефон Анны"
    assert find_session(session, cookie, NOW) is None
    assert list_devices(session, desk) == []
    with pytest.raises(NotFound):
        revoke_device(session, desk, device.id)


def test_signing_out_on_the_phone_takes_it_off_the_list(session, desk, phone):
    shown, claim = claimed(session, desk, phone)
    confirm_pairing(session, desk, shown.pairing_id)
    login, _ = find_session(session, enter_by_claim(session, phone, claim.claim), NOW)
    sign_out(session, replace(desk, session_id=login.id))
    assert list_devices(session, desk) == []

"""Joining a phone by a code (Э-65…72, F-21, issue part 4): each wrong way gets its own clear answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from energo_cabinet.auth.login_session import find_session
from energo_cabinet.auth.pairing_code import typed_of
from energo_cabinet.errors import NotFound, PermissionDenied
from energo_cabinet.models import LiveEvent, Pairing
from energo_cabinet.services.phone.device import is_phone, list_devices
from energo_cabinet.services.phone.pairing import (
    TOPIC,
    confirm_pairing,
    hide_codes,
    refuse_pairing,
    show_code,
    shown_pairing,
)
from energo_cabinet.services.phone.pairing_claim import claim_pairing, claim_status, enter_by_claim
from energo_cabinet.services.sign_in.account import sign_out
from tests.cast import NOW
from tests.services.phone.scene import at_computer, claimed, refused

LATE = timedelta(seconds=61)


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


@pytest.mark.parametrize("given", ["", "ABCD-EFG", "ABCDEFG0", "ABCDEFGHJ"])
def test_what_is_no_code_is_not_looked_for(given):
    assert typed_of(given) == ""


def test_a_code_is_good_for_a_minute(session, desk, phone):
    shown = show_code(session, desk)
    late = replace(phone, at=NOW + LATE)
    assert refused(claim_pairing, session, late, shown.code, "") == "pairing_expired"
    assert shown_pairing(session, replace(desk, at=late.at)).status == "expired"


def test_a_newer_code_and_a_closed_page_end_the_older(session, desk, phone):
    older, newer = show_code(session, desk), show_code(session, desk)
    assert refused(claim_pairing, session, phone, older.code, "") == "pairing_expired"
    hide_codes(session, desk)
    assert refused(claim_pairing, session, phone, newer.code, "") == "pairing_expired"


def test_refusing_is_final(session, desk, phone):
    shown, claim = claimed(session, desk, phone)
    assert refuse_pairing(session, desk, shown.pairing_id) == "Телефон Анны"
    assert claim_status(session, phone, claim.claim) == "refused"
    assert refused(enter_by_claim, session, phone, claim.claim) == "pairing_refused"
    assert refused(confirm_pairing, session, desk, shown.pairing_id) == "pairing_expired"


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


def test_without_a_browser_session_there_is_no_code(session, cast, surroundings):
    with pytest.raises(PermissionDenied):
        show_code(session, replace(cast.anna, device_id=1))

"""Paired phones: listed, revoked, gone when they sign out (Э-65…72)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from energo_cabinet.auth.login_session import find_session
from energo_cabinet.errors import NotFound
from energo_cabinet.services.phone.device import list_devices, revoke_device
from energo_cabinet.services.phone.pairing import confirm_pairing
from energo_cabinet.services.phone.pairing_claim import enter_by_claim
from energo_cabinet.services.sign_in.account import sign_out
from tests.cast import NOW
from tests.services.phone.scene import claimed


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

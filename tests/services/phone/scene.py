"""Codes shown and claimed, for the tests of pairing."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlmodel import Session

from energo_cabinet.auth.login_session import find_session, open_session
from energo_cabinet.errors import CabinetError
from energo_cabinet.models import User
from energo_cabinet.services.phone.pairing import show_code
from energo_cabinet.services.phone.pairing_claim import claim_pairing
from energo_cabinet.settings import get_settings
from tests.cast import NOW


def at_computer(session: Session, who):
    """A browser of somebody, signed in."""
    token = open_session(session, who, session.get(User, who.user), False, get_settings())
    session.flush()
    return replace(who, session_id=find_session(session, token, NOW)[0].id)


def refused(call, *args) -> str:
    with pytest.raises(CabinetError) as caught:
        call(*args)
    return caught.value.code


def claimed(session, desk, phone, name="Телефон Анны"):
    """A shown code in the hands of a phone: (what was shown, what the phone got)."""
    shown = show_code(session, desk)
    return shown, claim_pairing(session, phone, shown.code, name)

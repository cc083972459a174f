"""Анна with a password and a phone, and her authenticator."""

from __future__ import annotations

import pyotp
import pytest

from energo_cabinet.auth.passwords import hash_password
from energo_cabinet.models import User
from energo_cabinet.services.sign_in.second_factor import confirm_factor, start_authenticator
from tests.cast import NOW, person
from tests.services.sign_in.scene import PASSWORD


@pytest.fixture(scope="module")
def stored():
    return hash_password(PASSWORD)


@pytest.fixture
def anna(session, stored):
    who = person(session, "anna@example.org", "Соколова Анна")
    user = session.get(User, who.user)
    user.password_hash, user.phone = stored, "+79120001842"
    session.flush()
    return who


@pytest.fixture
def totp(session, anna):
    """Анна's authenticator, on, and her recovery codes."""
    made = pyotp.TOTP(start_authenticator(session, anna, PASSWORD).secret)
    made.recovery = confirm_factor(session, anna, made.at(NOW))
    return made

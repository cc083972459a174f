"""Анна with a password and a phone, her authenticator application, her passkey."""

from __future__ import annotations

import pyotp
import pytest

from energo_cabinet.auth.passwords import hash_password
from energo_cabinet.models import User
from energo_cabinet.services.sign_in.second_factor import confirm_factor, start_authenticator
from tests.cast import NOW, person
from tests.services.person.scene import at_desk
from tests.services.sign_in.scene import PASSWORD, with_passkey


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


@pytest.fixture
def passkey(session, anna):
    """Анна's passkey, and the session that it was added in."""
    return with_passkey(session, at_desk(session, anna))


@pytest.fixture
def boris(session, stored):
    """Борис, who has a password too."""
    who = person(session, "boris@example.org", "Борисов Борис")
    session.get(User, who.user).password_hash = stored
    session.flush()
    return at_desk(session, who)

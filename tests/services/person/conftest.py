"""Анна, everything about whom says «Канарейка»."""

from __future__ import annotations

from dataclasses import replace

import pytest

from energo_cabinet.auth.passwords import hash_password
from energo_cabinet.models import Notification, NotificationKind, User
from energo_cabinet.services.person.consent import give_consent
from tests.cast import NOW
from tests.services.person.scene import CANARY, PASSWORD, at_desk


@pytest.fixture(scope="module")
def stored():
    return hash_password(PASSWORD)


@pytest.fixture
def anna(session, cast, stored):
    """Анна, everything about whom says «Канарейка»; Борис has a notification too."""
    user = session.get(User, cast.anna.user)
    user.password_hash, user.full_name, user.phone, user.address = stored, f"{CANARY} Анна", "+79120001842", CANARY
    cast.link.title = f"{CANARY} дом"
    for who, title in ((cast.anna, f"{CANARY} долг"), (cast.boris, "чужое")):
        session.add(Notification(user_id=who.user, kind=NotificationKind.DEBT, title=title, created_at=NOW))
    for purpose in ("terms", "personal_data"):
        give_consent(session, cast.anna, purpose)
    return at_desk(session, replace(cast.anna, ip="192.0.2.1"), CANARY)

"""Sealed values move to the newest key, and one is told which old key nothing needs (RC-3 3e)."""

from __future__ import annotations

import base64

import pytest
from sqlmodel import Session

from energo_cabinet.auth.sealed import seal
from energo_cabinet.auth.second_factor import totp_secret
from energo_cabinet.models import FactorKind, SecondFactor
from energo_cabinet.services.staff.reseal import reseal
from tests.cast import NOW

pytestmark = pytest.mark.usefixtures("surroundings")
NEW, OLD = (f"{name}:{base64.b64encode(name.encode() * 16).decode()}" for name in ("k2", "k1"))


@pytest.fixture
def factor(session: Session, cast, surroundings):
    """Sealed with k1."""
    surroundings.set(seal_keys=OLD)
    sealed = seal("SECRET", f"second_factor:{cast.anna.user}")
    row = SecondFactor(user_id=cast.anna.user, kind=FactorKind.TOTP, sealed_secret=sealed, started_at=NOW)
    session.add(row)
    session.flush()
    return row


def test_everything_is_sealed_with_the_newest_and_still_opens(session, system, factor, surroundings):
    surroundings.set(seal_keys=f"{NEW},{OLD}")
    done = reseal(session, system)
    assert (done.moved, done.unreadable, done.needed) == (1, {}, ["k2"]) and "k1" in done.not_needed
    surroundings.set(seal_keys=NEW)
    assert factor.sealed_secret.startswith("k2:") and totp_secret(factor) == "SECRET"
    assert reseal(session, system).moved == 0


def test_what_a_lost_key_sealed_is_told_and_left(session, system, factor, surroundings):
    before = factor.sealed_secret
    surroundings.set(seal_keys=NEW)
    done = reseal(session, system)
    assert (done.moved, done.unreadable, factor.sealed_secret) == (0, {"k1": 1}, before)

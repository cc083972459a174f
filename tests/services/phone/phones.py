"""Rows about phones: a code on a computer's screen, a paired phone."""

from __future__ import annotations

from sqlmodel import Session

from energo_cabinet.auth.access import Subject
from energo_cabinet.auth.login_session import find_session, open_session
from energo_cabinet.models import PairedDevice, Pairing, User
from energo_cabinet.settings import get_settings
from tests.cast import NOW


def shown_code(session: Session, who: Subject) -> int:
    """A claimed code that somebody's computer shows."""
    token = open_session(session, who, session.get(User, who.user), False, get_settings())
    session.flush()
    login, _ = find_session(session, token, NOW)
    times = {"created_at": NOW, "expires_at": NOW, "claimed_at": NOW}
    row = Pairing(user_id=who.user, session_id=login.id, code_sha256="x", typed_argon2="x", **times)
    return _kept(session, row)


def phone_of(session: Session, who: Subject) -> int:
    """A phone of somebody's."""
    return _kept(session, PairedDevice(user_id=who.user, name="Телефон", paired_at=NOW, last_seen_at=NOW))


def _kept(session: Session, row) -> int:
    session.add(row)
    session.flush()
    return row.id

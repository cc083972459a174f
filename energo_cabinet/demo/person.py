"""What makes the demo's profiles worth looking at: phones, consents, sessions on other devices."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from sqlmodel import Session, select

from energo_cabinet.auth.login_session import sha256
from energo_cabinet.demo.places import ANNA, BORIS
from energo_cabinet.models import Consent, LoginSession, User
from energo_cabinet.services.sign_in.registration import CONSENTS, consent_text

PHONES = {ANNA: "+79120001842", BORIS: "+79120002718"}
DEVICES = (
    ("iPhone; CPU iPhone OS 18_1 like Mac OS X", "Version/18.1 Mobile/15E148 Safari/604.1", "203.0.113.24", 9, 2),
    ("Windows NT 10.0; Win64; x64", "Chrome/130.0 YaBrowser/24.12 Safari/537.36", "198.51.100.7", 21, 70),
)
"""System, engine, address, signed in days ago, last seen hours ago."""


def load(session: Session, now: datetime) -> None:
    """Add them for the people of demo.data; nobody holds the cookies of these sessions."""
    for user in session.exec(select(User).where(User.email.in_(PHONES))).all():  # type: ignore[attr-defined]
        user.phone = PHONES[user.email]
        session.add(user)
        for purpose in CONSENTS:
            session.add(_consent(user, purpose, now))
        if user.email == ANNA:
            session.add_all(_device(user, now, *device) for device in DEVICES)


def _consent(user: User, purpose: str, at: datetime) -> Consent:
    version, digest = consent_text(purpose, user.language)
    return Consent(
        user_id=user.id,
        purpose=purpose,
        text_version=version,
        text_sha256=digest,
        given_at=at,
        ip="203.0.113.24",
    )


def _device(user: User, now: datetime, system: str, engine: str, ip: str, days: int, hours: int) -> LoginSession:
    began = now - timedelta(days=days)
    return LoginSession(
        token_sha256=sha256(secrets.token_urlsafe(32)),
        user_id=user.id,
        created_at=began,
        last_seen_at=now - timedelta(hours=hours),
        idle_until=began + timedelta(days=30),
        expires_at=began + timedelta(days=30),
        remember=True,
        ip=ip,
        device=f"Mozilla/5.0 ({system}) AppleWebKit/537.36 (KHTML, like Gecko) {engine}",
    )

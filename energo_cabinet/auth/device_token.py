"""Bearer tokens of paired devices: 256 bits, kept as SHA-256, revocable at once."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from energo_cabinet.auth.login_session import TOUCH_EVERY, sha256
from energo_cabinet.errors import NotSignedIn
from energo_cabinet.models import PairedDevice, User, UserStatus
from energo_cabinet.settings import Settings

MAX_LENGTH = 128


def new_token() -> str:
    """A token; it goes to the device and nowhere else."""
    return secrets.token_urlsafe(32)


def find_device(session: Session, token: str, at: datetime, settings: Settings) -> PairedDevice:
    """The device behind a token. NotSignedIn: "device_revoked" for one that was good once, "not_signed_in" else."""
    owned = select(PairedDevice, User).join(User, col(User.id) == PairedDevice.user_id)
    good = 0 < len(token) <= MAX_LENGTH and token.isascii()
    row = session.exec(owned.where(PairedDevice.token_sha256 == sha256(token))).first() if good else None
    if row is None:
        raise NotSignedIn
    device, user = row
    is_idle = at - device.last_seen_at > timedelta(days=settings.device_idle_days)
    if device.revoked_at is not None or is_idle or user.status != UserStatus.ACTIVE:
        raise NotSignedIn("device_revoked")
    if at - device.last_seen_at >= TOUCH_EVERY:
        device.last_seen_at = at
        session.add(device)
    return device

"""A phone of Анна's with an application, so that the list of devices has something to show; nobody has its token."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel import Session, select

from energo_cabinet.auth.device_token import new_token
from energo_cabinet.auth.login_session import sha256
from energo_cabinet.demo.places import ANNA
from energo_cabinet.models import PairedDevice, User


def load(session: Session, now: datetime) -> None:
    """Paired eighteen days ago, last seen this morning."""
    anna = session.exec(select(User).where(User.email == ANNA)).one()
    session.add(
        PairedDevice(
            user_id=anna.id,
            name="Pixel 7 Анны",
            token_sha256=sha256(new_token()),
            paired_at=now - timedelta(days=18),
            last_seen_at=now - timedelta(hours=3),
        )
    )

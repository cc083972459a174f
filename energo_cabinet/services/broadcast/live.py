"""Who hears of a broadcast at once: its readers who are signed in, and the staff who watch it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import Session, col, select

from energo_cabinet.auth.access import Subject
from energo_cabinet.models import Broadcast, LiveEvent, LoginSession
from energo_cabinet.services.notice.notification import TOPIC as NOTIFICATIONS
from energo_cabinet.services.notice.staff_live import tell_staff

TOPIC = "broadcasts"
"""Of the live events that tell the staff: a broadcast has changed."""


def tell_readers(session: Session, subject: Subject, user_ids: Sequence[int]) -> None:
    """One event a person, and only for those who have a session: nobody else can have a tab open."""
    live = (
        col(LoginSession.revoked_at).is_(None),
        col(LoginSession.idle_until) > subject.at,
        col(LoginSession.expires_at) > subject.at,
    )
    signed_in = select(LoginSession.user_id).where(col(LoginSession.user_id).in_(user_ids), *live).distinct()
    users = sorted(session.exec(signed_in)) if user_ids else []
    session.add_all([LiveEvent(user_id=user, topic=NOTIFICATIONS, created_at=subject.at) for user in users])


def tell_staff_of(session: Session, subject: Subject, row: Broadcast) -> None:
    """The tabs of the supplier's staff that show the broadcast read it anew."""
    row.told_at = subject.at
    tell_staff(session, subject, row.supplier_id, "notices", TOPIC)

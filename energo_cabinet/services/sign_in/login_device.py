"""Sessions and devices: where the caller is signed in, ending one of them or all the others (ASVS 7.4.3, 7.5.2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from energo_cabinet.auth.access import Subject, service
from energo_cabinet.auth.login_session import revoke
from energo_cabinet.errors import NotFound
from energo_cabinet.models import LoginSession
from energo_cabinet.settings import get_settings

SHOWN = 50


@dataclass(frozen=True, slots=True)
class LoginDevice:
    """A live session: the browser's own name (User-Agent), address, first and last seen (default zone)."""

    id: int
    device: str
    ip: str
    created_at: datetime
    last_seen_at: datetime
    is_this: bool


@service("customer", "login_session.list")
def list_devices(session: Session, subject: Subject) -> list[LoginDevice]:
    """The caller's live sessions, this one first, then by when they were last seen; at most SHOWN."""
    rows = session.exec(
        select(LoginSession)
        .where(
            LoginSession.user_id == subject.user,
            col(LoginSession.revoked_at).is_(None),
            col(LoginSession.idle_until) > subject.at,
            col(LoginSession.expires_at) > subject.at,
        )
        .order_by(col(LoginSession.id) != (subject.session_id or 0), col(LoginSession.last_seen_at).desc())
        .limit(SHOWN)
    )
    return [_device(row, ZoneInfo(get_settings().default_zone), subject) for row in rows]


@service("customer", "login_session.end")
def end_device(session: Session, subject: Subject, login_id: int) -> None:
    """End one session of the caller's; its tabs are closed at once. NotFound for anybody else's or none."""
    row = session.get(LoginSession, login_id)
    if row is None or row.user_id != subject.user:
        raise NotFound
    revoke(session, subject.user, subject.at, only=login_id)


@service("customer", "login_session.end_others")
def end_other_devices(session: Session, subject: Subject) -> None:
    """End every session of the caller's but this one."""
    revoke(session, subject.user, subject.at, keep=subject.session_id)


def _device(row: LoginSession, zone: ZoneInfo, subject: Subject) -> LoginDevice:
    times = (row.created_at.astimezone(zone), row.last_seen_at.astimezone(zone))
    return LoginDevice(row.id, row.device, row.ip, *times, row.id == subject.session_id)

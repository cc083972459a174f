"""Login sessions: a 256-bit cookie, of which the database keeps the SHA-256 (SECURITY 2.1)."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import bindparam
from sqlmodel import Session, col, or_, select, update

from energo_cabinet.auth.access import Subject
from energo_cabinet.models import LiveEvent, LoginSession, PairedDevice, StaffMember, User, UserStatus
from energo_cabinet.settings import Settings

TOUCH_EVERY = timedelta(minutes=1)
SESSIONS = "sessions"
"""Topic of the live event when a session begins or ends: other tabs show it, tabs of an ended one are closed."""

_BY_TOKEN = (  # built once: every call through the door runs it
    select(LoginSession, User, StaffMember)
    .join(User, col(User.id) == LoginSession.user_id)
    .join(StaffMember, col(StaffMember.user_id) == LoginSession.user_id, isouter=True)
    .where(LoginSession.token_sha256 == bindparam("token"))
)


def sha256(secret: str) -> str:
    """Hex digest under which a random secret (≥ 112 bits) is stored."""
    return hashlib.sha256(secret.encode()).hexdigest()


def open_session(
    session: Session, subject: Subject, user: User, remember: bool, settings: Settings, by_passkey: bool = False
) -> str:
    """Create a login session for `user`; the returned token goes into the cookie and nowhere else."""
    token = secrets.token_urlsafe(32)
    session.add(LiveEvent(user_id=user.id, topic=SESSIONS, created_at=subject.at))
    idle, absolute = _limits(settings, remember, is_staff(session, user.id))
    session.add(
        LoginSession(
            token_sha256=sha256(token),
            user_id=user.id,
            created_at=subject.at,
            last_seen_at=subject.at,
            idle_until=subject.at + idle,
            expires_at=subject.at + absolute,
            remember=remember,
            ip=subject.ip,
            device=subject.device[:200],
            proved_at=subject.at,
            passkey_at=subject.at if by_passkey else None,
        )
    )
    return token


def find_session(session: Session, token: str, at: datetime) -> tuple[LoginSession, User] | None:
    """The live session of a cookie value and its active user, or None."""
    found = find_with_member(session, token, at)
    return found[:2] if found else None


def find_with_member(
    session: Session, token: str, at: datetime
) -> tuple[LoginSession, User, StaffMember | None] | None:
    """`find_session` with the user's row among the staff, if there is one."""
    if not token:
        return None
    row = session.execute(_BY_TOKEN, {"token": sha256(token)}).first()
    if row is None:
        return None
    login, user, member = row
    alive = login.revoked_at is None and at < login.idle_until and at < login.expires_at
    return (login, user, member) if alive and user.status == UserStatus.ACTIVE else None


def seen_through(subject: Subject, login: LoginSession) -> Subject:
    """The subject, or the customer through whose eyes this member looks just now."""
    staff, until = subject.staff, login.viewing_until
    if staff is None or until is None or subject.at >= until or "customers" not in staff.permissions:
        return subject
    if staff.supplier_id is None or staff.supplier_id != login.viewing_supplier_id:
        return subject
    seen = {"user_id": login.viewing_user_id, "viewer_id": subject.user_id, "viewing_supplier_id": staff.supplier_id}
    return replace(subject, **seen)  # type: ignore[arg-type]


def is_touch_due(login: LoginSession, at: datetime) -> bool:
    """Whether the last use was noted longer ago than TOUCH_EVERY."""
    return at - login.last_seen_at >= TOUCH_EVERY


def touch(session: Session, login: LoginSession, at: datetime, settings: Settings, is_staff: bool = False) -> None:
    """Move the idle deadline on, at most once a minute."""
    if not is_touch_due(login, at):
        return
    login.last_seen_at = at
    if is_staff or not login.remember:
        login.idle_until = min(at + _limits(settings, login.remember, is_staff)[0], login.expires_at)
    session.add(login)


def touch_by_id(session: Session, login_id: int, at: datetime, settings: Settings, is_staff: bool) -> None:
    """`touch` for a session that another transaction has read."""
    login = session.get(LoginSession, login_id)
    if login is not None:
        touch(session, login, at, settings, is_staff)


def _limits(settings: Settings, remember: bool, is_staff: bool) -> tuple[timedelta, timedelta]:
    """Idle and absolute limit of a session; «Запомнить меня» means nothing to staff."""
    if is_staff:
        return timedelta(minutes=settings.staff_idle_minutes), timedelta(hours=settings.staff_session_hours)
    absolute = timedelta(days=settings.session_remember_days)
    return absolute if remember else timedelta(hours=settings.session_idle_hours), absolute


def is_staff(session: Session, user_id: int) -> bool:
    """Whether it is the account of a member of the staff who has accepted."""
    live = (col(StaffMember.accepted_at).is_not(None), col(StaffMember.removed_at).is_(None))
    return session.exec(select(StaffMember.id).where(StaffMember.user_id == user_id, *live)).first() is not None


def revoke(session: Session, user_id: int, at: datetime, keep: int | None = None, only: int | None = None) -> None:
    """End sessions of a user: all, all but `keep`, or `only` one; the paired devices that hold them end too."""
    query = update(LoginSession).where(col(LoginSession.user_id) == user_id, col(LoginSession.revoked_at).is_(None))
    devices = update(PairedDevice).where(col(PairedDevice.user_id) == user_id, col(PairedDevice.revoked_at).is_(None))
    of_device = col(PairedDevice.login_session_id)
    if keep is not None:
        query = query.where(col(LoginSession.id) != keep)
        devices = devices.where(or_(of_device.is_(None), of_device != keep))
    if only is not None:
        query = query.where(col(LoginSession.id) == only)
        devices = devices.where(of_device == only)
    session.exec(query.values(revoked_at=at))
    session.exec(devices.values(revoked_at=at))
    session.add(LiveEvent(user_id=user_id, topic=SESSIONS, created_at=at))

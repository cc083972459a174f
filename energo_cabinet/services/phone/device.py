"""Phones that may enter: listed and revoked by their owner (F-21)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select, update
from sqlmodel.sql.expression import SelectOfScalar

from energo_cabinet.auth.access import Subject, service
from energo_cabinet.auth.login_session import revoke
from energo_cabinet.errors import NotFound
from energo_cabinet.models import LiveEvent, LoginSession, PairedDevice
from energo_cabinet.services.phone.pairing import TOPIC
from energo_cabinet.settings import get_settings


@dataclass(frozen=True, slots=True)
class DeviceCard:
    """A phone in the list; `name` "" for one that told none, `is_this` the caller's own; times in the default zone."""

    id: int
    name: str
    kind: str
    paired_at: datetime
    last_seen_at: datetime
    is_this: bool


@service("customer", "phone.list")
def list_devices(session: Session, subject: Subject) -> list[DeviceCard]:
    """The caller's phones that may still enter, the newest first; "application" with a token or "browser"."""
    query = (
        select(PairedDevice, LoginSession)
        .join(LoginSession, col(LoginSession.id) == PairedDevice.login_session_id, isouter=True)
        .where(PairedDevice.user_id == subject.user, col(PairedDevice.revoked_at).is_(None))
        .order_by(col(PairedDevice.id).desc())
    )
    return [_card(device, login, subject) for device, login in session.exec(query) if _is_alive(login, subject)]


@service("customer", "phone.revoke")
def revoke_device(session: Session, subject: Subject, device_id: int) -> str:
    """Shut a phone out at once: its token and its login session; its name. NotFound: not the caller's."""
    device = _own(session, subject, device_id)
    if device.login_session_id is not None:
        revoke(session, subject.user, subject.at, only=device.login_session_id)
    mine = update(PairedDevice).where(col(PairedDevice.id) == device.id)
    session.exec(mine.values(revoked_at=subject.at))
    session.add(LiveEvent(user_id=subject.user, topic=TOPIC, created_at=subject.at))
    return device.name


@service("public", "phone.is_phone")
def is_phone(session: Session, subject: Subject) -> bool:
    """Whether the caller's login session is a phone's: only there data are kept for the time without a network."""
    if subject.session_id is None:
        return False
    mine = _alive(subject).where(PairedDevice.login_session_id == subject.session_id)
    return session.exec(mine).first() is not None


def _alive(subject: Subject) -> SelectOfScalar[PairedDevice]:
    return select(PairedDevice).where(PairedDevice.user_id == subject.user, col(PairedDevice.revoked_at).is_(None))


def _own(session: Session, subject: Subject, device_id: int) -> PairedDevice:
    device = session.exec(_alive(subject).where(PairedDevice.id == device_id)).first()
    if device is None:
        raise NotFound
    return device


def _is_alive(login: LoginSession | None, subject: Subject) -> bool:
    return login is None or (login.revoked_at is None and subject.at < min(login.idle_until, login.expires_at))


def _card(device: PairedDevice, login: LoginSession | None, subject: Subject) -> DeviceCard:
    zone = ZoneInfo(get_settings().default_zone)
    return DeviceCard(
        id=device.id,
        name=device.name,
        kind="application" if login is None else "browser",
        paired_at=device.paired_at.astimezone(zone),
        last_seen_at=(device if login is None else login).last_seen_at.astimezone(zone),
        is_this=device.id == subject.device_id if login is None else login.id == subject.session_id,
    )

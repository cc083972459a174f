"""Joining a phone by a code (Э-65…72, F-21): shown here, claimed there, confirmed here, collected there.

Each step is one conditional UPDATE, so that of any number of hands exactly one succeeds.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import ColumnElement, delete
from sqlmodel import Session, col, select, update

from energo_cabinet import routes
from energo_cabinet.auth import rate
from energo_cabinet.auth.access import Subject, service
from energo_cabinet.auth.login_session import sha256
from energo_cabinet.auth.pairing_code import argon2_of, new_code, new_typed
from energo_cabinet.domain.phone.scanned import picture_text
from energo_cabinet.errors import Conflict, NotFound, PermissionDenied
from energo_cabinet.models import LiveEvent, Pairing
from energo_cabinet.settings import get_settings

TOPIC = "pairing"
KEPT = timedelta(hours=1)

Status = Literal["none", "shown", "claimed", "confirmed", "refused", "expired"]


@dataclass(frozen=True, slots=True)
class ShownCode:
    """A fresh code: `code` is in the text of the `picture`, `typed` beside it, both are nowhere else.

    It lives `seconds`; the page may renew it `renewals` times by itself.
    """

    pairing_id: int
    code: str
    picture: str
    typed: str
    seconds: int
    renewals: int


@dataclass(frozen=True, slots=True)
class PairingView:
    """What has become of the newest code of this login session; `check` is the number both screens show."""

    pairing_id: int
    status: Status
    device_name: str = ""
    check: str = ""


@service("customer", "pairing.show_code")
def show_code(session: Session, subject: Subject) -> ShownCode:
    """A new code, bound to the caller's login session; the one before is worth nothing from now on.

    PermissionDenied: a caller without a browser session cannot let others in. TooManyAttempts: too many codes.
    """
    if subject.session_id is None:
        raise PermissionDenied("pairing_needs_browser")
    settings = get_settings()
    rate.take(settings.limit_pairing_code, "pairing-code", str(subject.user))
    hide_codes(session, subject)
    old = (col(Pairing.user_id) == subject.user, col(Pairing.created_at) < subject.at - KEPT)
    session.execute(delete(Pairing).where(*old))
    code, typed = new_code(), new_typed()
    row = Pairing(
        user_id=subject.user,
        session_id=subject.session_id,
        code_sha256=sha256(code),
        typed_argon2=argon2_of(typed),
        created_at=subject.at,
        expires_at=subject.at + timedelta(seconds=settings.pairing_code_seconds),
    )
    session.add(row)
    session.flush()
    picture = picture_text(settings.base_url, routes.MOBILE, code)
    renewals = settings.pairing_shown_minutes * 60 // settings.pairing_code_seconds
    return ShownCode(row.id, code, picture, typed, settings.pairing_code_seconds, renewals)


@service("customer", "pairing.hide_codes")
def hide_codes(session: Session, subject: Subject) -> None:
    """Withdraw what this login session shows and nobody has claimed."""
    mine = (col(Pairing.user_id) == subject.user, col(Pairing.session_id) == subject.session_id)
    unclaimed = (col(Pairing.claimed_at).is_(None), col(Pairing.cancelled_at).is_(None))
    session.exec(update(Pairing).where(*mine, *unclaimed).values(cancelled_at=subject.at))


@service("customer", "pairing.shown")
def shown_pairing(session: Session, subject: Subject) -> PairingView:
    """How the newest code of this login session stands."""
    query = select(Pairing).where(Pairing.user_id == subject.user, Pairing.session_id == subject.session_id)
    row = session.exec(query.order_by(col(Pairing.id).desc())).first()
    if row is None:
        return PairingView(0, "none")
    return PairingView(row.id, status_of(row, subject.at), row.device_name, row.check_number)


@service("customer", "pairing.confirm")
def confirm_pairing(session: Session, subject: Subject, pairing_id: int) -> str:
    """«Подтвердить»: let the claiming phone in; its name. NotFound: not shown by this session; Conflict: too late."""
    values = {"confirmed_at": subject.at}
    return _decide(session, subject, pairing_id, values, col(Pairing.claimed_at) > subject.at - confirm_time())


@service("customer", "pairing.refuse")
def refuse_pairing(session: Session, subject: Subject, pairing_id: int) -> str:
    """Keep the claiming phone out; its name. NotFound: not shown by this session; Conflict: decided already."""
    return _decide(session, subject, pairing_id, {"refused_at": subject.at}, col(Pairing.claimed_at).is_not(None))


def confirm_time() -> timedelta:
    """How long after its claim a phone may be confirmed, and after that may come in."""
    return timedelta(seconds=get_settings().pairing_confirm_seconds)


def status_of(row: Pairing, at: datetime) -> Status:
    """Where a pairing stands at a moment."""
    if row.refused_at is not None:
        return "refused"
    if row.confirmed_at is not None:
        return "confirmed"
    if row.claimed_at is not None:
        return "claimed" if at < row.claimed_at + confirm_time() else "expired"
    return "shown" if row.cancelled_at is None and at < row.expires_at else "expired"


def _decide(
    session: Session, subject: Subject, pairing_id: int, values: dict[str, datetime], when: ColumnElement[bool]
) -> str:
    mine = (
        col(Pairing.id) == pairing_id,
        col(Pairing.user_id) == subject.user,
        col(Pairing.session_id) == subject.session_id,
    )
    row = session.exec(select(Pairing).where(*mine)).first()
    if row is None:
        raise NotFound
    open_ = (col(Pairing.confirmed_at).is_(None), col(Pairing.refused_at).is_(None), when)
    if session.exec(update(Pairing).where(*mine, *open_).values(**values)).rowcount != 1:
        raise Conflict("pairing_expired")
    session.add(LiveEvent(user_id=subject.user, topic=TOPIC, created_at=subject.at))
    return row.device_name

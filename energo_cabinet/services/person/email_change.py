"""Another e-mail to sign in with (Н-53): the new address confirms by letter, the old one is told and may undo it."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, or_, select, update

from energo_cabinet import routes
from energo_cabinet.auth import one_time_code, rate
from energo_cabinet.auth.access import Subject, service
from energo_cabinet.auth.login_session import revoke, sha256
from energo_cabinet.auth.second_factor import active_factor, remove_factor, remove_passkeys
from energo_cabinet.domain.masked import masked_email
from energo_cabinet.errors import CabinetError, InvalidInput
from energo_cabinet.models import CodePurpose, EmailChange, User, UserStatus
from energo_cabinet.services.notice import letter
from energo_cabinet.services.sign_in.reauthentication import confirm_password
from energo_cabinet.services.sign_in.registration import is_reserved, normal_email
from energo_cabinet.settings import get_settings

MAX_KEY = 100


@dataclass(frozen=True, slots=True)
class PendingEmail:
    """An address that has not confirmed yet."""

    new_email: str
    expires_at: datetime


@service("customer", "email_change.pending")
def pending_email(session: Session, subject: Subject) -> PendingEmail | None:
    """The address the caller's account waits for."""
    row = session.exec(_waiting(subject.user, subject.at)).first()
    return PendingEmail(row.new_email, row.expires_at) if row else None


@service("customer", "email_change.ask")
def ask_email(session: Session, subject: Subject, email: str, password: str) -> None:
    """Mail the new address a link that confirms it, and tell the old one, which may refuse; nothing changes yet.

    A taken address gets a letter without a link: the answer here is the same. InvalidInput("email"), errors of
    `confirm_password`, TooManyAttempts.
    """
    settings, address = get_settings(), normal_email(email)
    user = confirm_password(session, subject, password)
    if address == user.email:
        raise InvalidInput({"email": "email_same"})
    rate.take_from(settings.limit_letter_ip, "letter-ip", subject.ip)
    rate.take(settings.limit_letter_address, "letter", address)
    cancel_email(session, subject)
    key, undo = secrets.token_urlsafe(32), _undo_key(user.id, subject.at)
    session.add(
        EmailChange(
            user_id=subject.user,
            old_email=user.email,
            new_email=address,
            code_sha256=sha256(key),
            undo_sha256=sha256(undo),
            asked_at=subject.at,
            expires_at=subject.at + timedelta(hours=settings.activation_hours),
        )
    )
    if is_taken(session, address, subject.at):
        letter.post(session, subject, "email_claimed", address, user.language)
    else:
        letter.post(session, subject, "email_confirm", address, user.language, link=_link("key", key))
    letter.post(
        session, subject, "email_asked", user.email, user.language, new=masked_email(address), link=_link("undo", undo)
    )


@service("customer", "email_change.cancel")
def cancel_email(session: Session, subject: Subject) -> None:
    """Forget the address the account waits for."""
    waiting = update(EmailChange).where(*_is_waiting(subject.user, subject.at))
    session.exec(waiting.values(expires_at=subject.at))


@service("public", "email_change.confirm")
def confirm_email(session: Session, subject: Subject, key: str) -> None:
    """The mailed key: from now on the account has the new address; every other session ends.

    CabinetError("invalid_code", "key"): unknown, used, expired, taken meanwhile, or somebody else is signed in here.
    """
    row = _by(session, EmailChange.code_sha256, key)
    if row is None or (subject.user_id is not None and subject.user_id != row.user_id):
        raise CabinetError("invalid_code", "key")
    undo_until = subject.at + timedelta(days=get_settings().email_undo_days)
    mine = update(EmailChange).where(*_is_waiting(row.user_id, subject.at), col(EmailChange.id) == row.id)
    if session.exec(mine.values(confirmed_at=subject.at, undo_until=undo_until)).rowcount != 1:
        raise CabinetError("invalid_code", "key")
    user = _move(session, row.user_id, row.old_email, row.new_email)
    revoke(session, row.user_id, subject.at, keep=subject.session_id if subject.user_id else None)
    undo, days = _link("undo", _undo_key(row.user_id, row.asked_at)), get_settings().email_undo_days
    letter.post(
        session,
        subject,
        "email_changed",
        row.old_email,
        user.language,
        new=masked_email(row.new_email),
        link=undo,
        days=days,
    )


@service("public", "email_change.undo")
def undo_email(session: Session, subject: Subject, key: str) -> None:
    """The old address refuses: a waiting change is forgotten, a done one is taken back, all sessions end.

    However often the address was changed since: whoever changed it knew the password, so that ends too, together with
    a second factor and passkeys added after the change; none of the later changes can be confirmed or undone any more.
    """
    row = _by(session, EmailChange.undo_sha256, key)
    if row is None or row.undone_at is not None:
        raise CabinetError("invalid_code", "key")
    undoable = or_(
        col(EmailChange.undo_until) > subject.at,
        (col(EmailChange.confirmed_at).is_(None)) & (col(EmailChange.expires_at) > subject.at),
    )
    mine = update(EmailChange).where(col(EmailChange.id) == row.id, col(EmailChange.undone_at).is_(None), undoable)
    if session.exec(mine.values(undone_at=subject.at, expires_at=subject.at)).rowcount != 1:
        raise CabinetError("invalid_code", "key")
    session.refresh(row)  # it may have been confirmed between our look and our write
    if row.confirmed_at is not None:
        _take_back(session, subject, row)
    revoke(session, row.user_id, subject.at)


def _take_back(session: Session, subject: Subject, row: EmailChange) -> None:
    """The first address again, and a letter there with a link to choose a new password."""
    user = session.get_one(User, row.user_id, populate_existing=True)
    if user.email != row.old_email:
        user = _move(session, row.user_id, user.email, row.old_email)
    later = update(EmailChange).where(col(EmailChange.user_id) == row.user_id, col(EmailChange.id) > row.id)
    session.exec(later.where(col(EmailChange.undone_at).is_(None)).values(undone_at=subject.at, expires_at=subject.at))
    factor = active_factor(session, row.user_id)
    if factor is not None and factor.confirmed_at is not None and factor.confirmed_at > row.asked_at:
        remove_factor(session, row.user_id)
    remove_passkeys(session, row.user_id, since=row.asked_at)
    user = session.get_one(User, row.user_id)
    user.password_hash, user.password_changed_at, user.failed_sign_ins = "", subject.at, 0
    session.add(user)
    session.flush()
    life = timedelta(days=get_settings().email_undo_days)
    key = one_time_code.issue(session, CodePurpose.RESET, user, subject.at, life)
    link = f"{get_settings().base_url}{routes.RESET}?key={quote(key, safe='')}"
    letter.post(session, subject, "email_undone", row.old_email, user.language, link=link)


def is_taken(session: Session, email: str, at: datetime) -> bool:
    """Whether an address is somebody's, or was until lately and may be demanded back."""
    return session.exec(select(User.id).where(User.email == email)).first() is not None or is_reserved(
        session, email, at
    )


def _move(session: Session, user_id: int, old: str, new: str) -> User:
    """One atomic UPDATE from the address the letter spoke of; a later change makes it fail."""
    mine = (col(User.id) == user_id, col(User.email) == old, col(User.status) == UserStatus.ACTIVE)
    try:
        if session.exec(update(User).where(*mine).values(email=new)).rowcount != 1:
            raise CabinetError("invalid_code", "key")
    except IntegrityError as error:  # somebody registered it meanwhile
        raise CabinetError("invalid_code", "key") from error
    user = session.get(User, user_id, populate_existing=True)
    assert user is not None
    return user


def _by(session: Session, column: object, key: object) -> EmailChange | None:
    if not isinstance(key, str) or not 0 < len(key) <= MAX_KEY:
        return None
    return session.exec(select(EmailChange).where(column == sha256(key))).first()


def _is_waiting(user_id: int, at: datetime) -> tuple[Any, ...]:
    return (
        col(EmailChange.user_id) == user_id,
        col(EmailChange.confirmed_at).is_(None),
        col(EmailChange.undone_at).is_(None),
        col(EmailChange.expires_at) > at,
    )


def _waiting(user_id: int, at: datetime) -> Any:
    return select(EmailChange).where(*_is_waiting(user_id, at)).order_by(col(EmailChange.id).desc())


def _undo_key(user_id: int, asked_at: datetime) -> str:
    """Made of the installation's key, so that both letters to the old address can carry it; 256 bits."""
    return hmac.digest(get_settings().key, f"undo e-mail|{user_id}|{asked_at.isoformat()}".encode(), "sha256").hex()


def _link(name: str, key: str) -> str:
    return f"{get_settings().base_url}{routes.EMAIL}?{name}={quote(key, safe='')}"

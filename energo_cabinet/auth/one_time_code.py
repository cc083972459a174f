"""Mailed secrets: 256 bits, kept as SHA-256, redeemed by one atomic UPDATE; a new password or address kills them."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, col, select, update

from energo_cabinet.auth.login_session import sha256
from energo_cabinet.errors import CabinetError
from energo_cabinet.models import CodePurpose, OneTimeCode, User

MAX_LENGTH = 100


def issue(
    session: Session,
    purpose: CodePurpose,
    user: User,
    at: datetime,
    life: timedelta,
    application: Mapping[str, Any] | None = None,
) -> str:
    """A new secret for `user`, valid until `at + life`; it goes into the letter and nowhere else."""
    secret = secrets.token_urlsafe(32)
    session.add(
        OneTimeCode(
            purpose=purpose,
            code_sha256=sha256(secret),
            user_id=user.id,
            created_at=at,
            expires_at=at + life,
            bound_to=_binding(user),
            application=dict(application) if application else None,
        )
    )
    return secret


def redeem(session: Session, purpose: CodePurpose, secret: object, at: datetime) -> User:
    """The user whose secret this is; CabinetError("invalid_code") if unknown, used, expired or overtaken."""
    user = find_owner(session, purpose, secret)
    if user is None or not isinstance(secret, str):
        raise CabinetError("invalid_code", "key")
    redeemed = session.exec(
        update(OneTimeCode)
        .where(
            col(OneTimeCode.code_sha256) == sha256(secret),
            col(OneTimeCode.used_at).is_(None),
            col(OneTimeCode.expires_at) > at,
            col(OneTimeCode.bound_to) == _binding(user),
        )
        .values(used_at=at)
    )
    if redeemed.rowcount != 1:
        raise CabinetError("invalid_code", "key")
    return user


def find_owner(session: Session, purpose: CodePurpose, secret: object) -> User | None:
    """The user a secret was issued for, redeemable or not."""
    if not isinstance(secret, str) or not 0 < len(secret) <= MAX_LENGTH:
        return None
    query = select(User).join(OneTimeCode, col(OneTimeCode.user_id) == User.id)
    return session.exec(query.where(OneTimeCode.code_sha256 == sha256(secret), OneTimeCode.purpose == purpose)).first()


def find_live(session: Session, purpose: CodePurpose, secret: object, at: datetime) -> OneTimeCode | None:
    """The row of a secret that is still good; nothing is used up."""
    user = find_owner(session, purpose, secret)
    if user is None or not isinstance(secret, str):
        return None
    live = (
        col(OneTimeCode.used_at).is_(None),
        col(OneTimeCode.expires_at) > at,
        OneTimeCode.bound_to == _binding(user),
    )
    return session.exec(select(OneTimeCode).where(OneTimeCode.code_sha256 == sha256(secret), *live)).first()


def application_of(session: Session, secret: object) -> Mapping[str, Any] | None:
    """What an activation link would make of its account; nothing is used up."""
    if not isinstance(secret, str) or not 0 < len(secret) <= MAX_LENGTH:
        return None
    query = select(OneTimeCode.application).where(OneTimeCode.purpose == CodePurpose.ACTIVATION)
    return session.exec(query.where(OneTimeCode.code_sha256 == sha256(secret))).first()


def first_application(session: Session, user_id: int) -> Mapping[str, Any] | None:
    """The oldest application that an account's links hold."""
    query = select(OneTimeCode.application).where(OneTimeCode.user_id == user_id)
    kept = query.where(OneTimeCode.purpose == CodePurpose.ACTIVATION, col(OneTimeCode.application).is_not(None))
    return session.exec(kept.order_by(col(OneTimeCode.id))).first()


def forget_applications(session: Session, user_id: int) -> None:
    """The account is active: what others applied for under its address is nobody's any more."""
    session.exec(update(OneTimeCode).where(col(OneTimeCode.user_id) == user_id).values(application=None))


def _binding(user: User) -> str:
    return sha256(f"{user.email}|{user.password_hash}")

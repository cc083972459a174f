"""Recovering access (Э-45, Н-31…33): a mailed link, a new password; every session of the account ends."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import quote

from sqlmodel import Session, col, select, update

from energo_cabinet import routes
from energo_cabinet.auth import one_time_code, rate
from energo_cabinet.auth.access import Subject, service
from energo_cabinet.auth.login_session import revoke
from energo_cabinet.auth.password_rules import password_problem
from energo_cabinet.auth.passwords import hash_password
from energo_cabinet.errors import CabinetError, InvalidInput
from energo_cabinet.models import CodePurpose, User, UserStatus
from energo_cabinet.services.notice import letter
from energo_cabinet.services.sign_in.hold import tell_disabled
from energo_cabinet.services.sign_in.registration import normal_email
from energo_cabinet.settings import get_settings


@service("public", "password.ask_reset")
def request_reset(session: Session, subject: Subject, email: str) -> None:
    """Mail a reset link if the address has an account; the answer is the same if it has none."""
    settings = get_settings()
    address = normal_email(email)
    rate.take_from(settings.limit_letter_ip, "letter-ip", subject.ip)
    rate.take(settings.limit_letter_address, "letter", address)
    user = session.exec(select(User).where(User.email == address)).first()
    if user is None:
        return
    if user.status == UserStatus.DISABLED:
        tell_disabled(session, subject, user)
        return
    life = timedelta(minutes=settings.reset_minutes)
    key = one_time_code.issue(session, CodePurpose.RESET, user, subject.at, life)
    link = f"{settings.base_url}{routes.RESET}?key={quote(key, safe='')}"
    letter.post(session, subject, "reset", address, user.language, link=link, minutes=settings.reset_minutes)


@service("public", "password.reset")
def reset_password(session: Session, subject: Subject, key: str, password: str, password2: str) -> None:
    """Set a new password by a mailed key, once; all sessions and all other links of the account end.

    An account that waits for its activation is active by that: the letter has reached its owner.

    InvalidInput for the passwords (the key stays good), CabinetError("invalid_code", "key") for the key.
    """
    owner = one_time_code.find_owner(session, CodePurpose.RESET, key)
    _check(password, password2, owner)
    password_hash = hash_password(password)
    user = one_time_code.redeem(session, CodePurpose.RESET, key, subject.at)
    changed = session.exec(
        update(User)
        .where(
            col(User.id) == user.id,
            col(User.password_hash) == user.password_hash,
            col(User.status) != UserStatus.DISABLED,
        )
        .values(
            password_hash=password_hash,
            password_changed_at=subject.at,
            failed_sign_ins=0,
            status=UserStatus.ACTIVE,
        )
    )
    if changed.rowcount != 1:  # another link of the same account was faster
        raise CabinetError("invalid_code", "key")
    revoke(session, user.id, subject.at)
    letter.post(session, subject, "password_changed", user.email, user.language)


def _check(password: str, password2: str, owner: User | None) -> None:
    personal = (owner.full_name, owner.email) if owner else ()
    if problem := password_problem(password, *personal):
        raise InvalidInput({"password": problem}, min=get_settings().password_min_length)
    if password2 != password:
        raise InvalidInput({"password2": "passwords_differ"})

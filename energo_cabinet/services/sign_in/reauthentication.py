"""The password once more, and the second factor, before what protects an account is changed (ASVS 7.5.1)."""

from __future__ import annotations

from datetime import timedelta

from sqlmodel import Session

from energo_cabinet.auth import rate
from energo_cabinet.auth.access import Subject
from energo_cabinet.auth.passwords import verify_password
from energo_cabinet.auth.second_factor import active_factor, is_right_code, needs_second_step, use_recovery_code
from energo_cabinet.errors import InvalidInput, NotFound, StepUpNeeded, TooManyAttempts, WrongSecret
from energo_cabinet.models import LoginSession, User
from energo_cabinet.settings import get_settings


def signed_in_user(session: Session, subject: Subject) -> User:
    """The caller's row."""
    user = session.get(User, subject.user, populate_existing=True)
    if user is None:
        raise NotFound
    return user


def confirm_password(session: Session, subject: Subject, password: object, field: str = "password") -> User:
    """The caller, when the password is theirs.

    InvalidInput without one, WrongSecret("wrong_password", field), TooManyAttempts beyond the limit of sign-in.
    """
    user = signed_in_user(session, subject)
    if not isinstance(password, str) or not password:
        raise InvalidInput({field: "required"})
    limit, keys = get_settings().limit_login_account, ("password-again", str(subject.user))
    try:
        rate.take(limit, *keys)
    except TooManyAttempts as error:
        raise TooManyAttempts(int(str(error.params["minutes"])), field=field) from None
    if not verify_password(password, user.password_hash):
        raise WrongSecret("wrong_password", field)
    rate.forget(limit, *keys)
    return user


def confirm_identity(session: Session, subject: Subject, password: object, code: object) -> User:
    """The caller, by the password and, where one is needed to sign in, the second factor as well.

    That is a code, a recovery code, or a passkey that this session has shown within `step_up_minutes`. Errors of
    `confirm_password` and `confirm_code`; StepUpNeeded("passkey") when there is nothing but passkeys to show.
    """
    user = confirm_password(session, subject, password)
    if not needs_second_step(session, user.id) or _has_shown_passkey(session, subject):
        return user
    if active_factor(session, user.id) is None and not (isinstance(code, str) and code.strip()):
        raise StepUpNeeded("passkey")
    confirm_code(session, subject, code)
    return user


def confirm_code(session: Session, subject: Subject, code: object) -> None:
    """A code of the caller's second factor, or a recovery code; each is used up.

    InvalidInput without one, WrongSecret("wrong_second_code", "code"), TooManyAttempts.
    """
    if not isinstance(code, str) or not code.strip():
        raise InvalidInput({"code": "required"})
    limit, keys = get_settings().limit_second_factor, ("second-factor", str(subject.user))
    rate.take(limit, *keys)
    factor = active_factor(session, subject.user)
    is_right = factor is not None and is_right_code(session, factor, code, f"session:{subject.session_id}", subject.at)
    if not is_right and not use_recovery_code(session, subject.user, code, subject.at):
        raise WrongSecret("wrong_second_code", "code")
    rate.forget(limit, *keys)


def _has_shown_passkey(session: Session, subject: Subject) -> bool:
    login = session.get(LoginSession, subject.session_id) if subject.session_id else None
    fresh = timedelta(minutes=get_settings().step_up_minutes)
    return login is not None and login.passkey_at is not None and subject.at - login.passkey_at <= fresh

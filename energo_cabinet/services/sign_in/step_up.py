"""Showing once more who one is: the password, or a code of the authenticator, covers the next minutes of a session."""

from __future__ import annotations

import re

from sqlmodel import Session

from energo_cabinet.auth import rate
from energo_cabinet.auth.access import Subject, service
from energo_cabinet.auth.passwords import verify_password
from energo_cabinet.auth.second_factor import active_factor, is_right_code
from energo_cabinet.errors import InvalidInput, NotFound, WrongSecret
from energo_cabinet.models import FactorKind, LoginSession, User
from energo_cabinet.services.sign_in.reauthentication import signed_in_user
from energo_cabinet.settings import get_settings


@service("customer", "sign_in.prove")
def prove(session: Session, subject: Subject, secret: str) -> None:
    """From now on, and for `step_up_minutes`, this session may do what moves money or power.

    InvalidInput("secret"), WrongSecret("wrong_proof", "secret"), TooManyAttempts; NotFound for a paired phone.
    """
    if not isinstance(secret, str) or not secret.strip():
        raise InvalidInput({"secret": "required"})
    login = session.get(LoginSession, subject.session_id) if subject.session_id else None
    if login is None:
        raise NotFound
    limit, keys = get_settings().limit_login_account, ("prove", str(subject.user))
    rate.take(limit, *keys)
    if not _is_right(session, subject, signed_in_user(session, subject), secret):
        raise WrongSecret("wrong_proof", "secret")
    rate.forget(limit, *keys)
    login.proved_at = subject.at
    session.add(login)


@service("staff:member", "sign_in.proved", audited=False, step_up=True)
def is_proved(session: Session, subject: Subject) -> None:
    """StepUpNeeded unless the session may do now what moves money or power."""


def _is_right(session: Session, subject: Subject, user: User, secret: str) -> bool:
    factor = active_factor(session, user.id)
    is_code = re.fullmatch(r"\s*(?:[0-9]\s*){6}", secret) is not None
    if is_code and factor is not None and factor.kind is FactorKind.TOTP:
        return is_right_code(session, factor, secret, f"session:{subject.session_id}", subject.at)
    return verify_password(secret, user.password_hash)

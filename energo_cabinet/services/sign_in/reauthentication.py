"""The password once more, before what protects an account is changed (ASVS 7.5.1)."""

from __future__ import annotations

from sqlmodel import Session

from energo_cabinet.auth import rate
from energo_cabinet.auth.access import Subject
from energo_cabinet.auth.passwords import verify_password
from energo_cabinet.errors import InvalidInput, NotFound, TooManyAttempts, WrongSecret
from energo_cabinet.models import User
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

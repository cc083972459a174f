"""Accounts: signing in and out, who am I (Э-41…48, Н-5…7, Н-34…36); with registration and reset, one name for all."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select, update

from energo_cabinet.auth import rate
from energo_cabinet.auth.access import Subject, service
from energo_cabinet.auth.login_session import open_session, revoke
from energo_cabinet.auth.passwords import hash_password, needs_rehash, verify_password
from energo_cabinet.domain.email_address import normal_address
from energo_cabinet.domain.form_text import has_forbidden
from energo_cabinet.errors import NotActivated, NotFound, TooManyAttempts, WrongSecret
from energo_cabinet.models import Erasure, User, UserStatus
from energo_cabinet.services.sign_in.hold import refuse_disabled
from energo_cabinet.services.sign_in.known_browser import count_failure, count_try, forget_tries
from energo_cabinet.services.sign_in.password_reset import request_reset, reset_password
from energo_cabinet.services.sign_in.registration import Registration, activate, register, send_activation
from energo_cabinet.services.sign_in.second_step import require_code
from energo_cabinet.settings import get_settings

__all__ = [
    "Person",
    "Registration",
    "activate",
    "current_user",
    "register",
    "request_reset",
    "reset_password",
    "sign_in",
    "sign_out",
    "waiting_for",
]


@dataclass(frozen=True, slots=True)
class Person:
    """The signed-in user as the header shows them; `erased_at`: when the account will be erased."""

    id: int
    full_name: str
    email: str
    initials: str
    erased_at: datetime | None = None


@service("public", "sign_in.by_password")
def sign_in(session: Session, subject: Subject, email: str, password: str, remember: bool, opening: str = "") -> str:
    """The new `sid` cookie value; `opening` is the key of the mailed link of an account that is guessed at.

    SecondStepNeeded when the account has a second factor: no session yet, `second_step.finish_sign_in` opens it.
    WrongSecret("wrong_credentials") alike for a known and an unknown address; NotActivated and AccountDisabled only
    to who knows the password, the first with a new letter; TooManyAttempts beyond the limits.
    """
    settings = get_settings()
    email = normal_address(email) or ("" if has_forbidden(email) else email.strip()[:254])
    rate.take_from(settings.limit_login_ip, "sign-in-ip", subject.ip)
    user = session.exec(select(User).where(User.email == email)).first()
    trier = count_try(session, subject, email, user, opening)
    right = verify_password(password, user.password_hash if user else "")
    if user is None or not right or not trier.may_open(user):
        count_failure(session, subject, email, user)
        raise WrongSecret("wrong_credentials")
    rate.give_back_from(settings.limit_login_ip, "sign-in-ip", subject.ip)
    forget_tries(session, user, trier)
    if user.status == UserStatus.DISABLED:
        refuse_disabled(session, user)
    if user.status == UserStatus.PENDING:
        _remind(session, subject, user)
        raise NotActivated
    _refresh(session, user, password)
    require_code(session, subject, user, remember)
    sign_out(session, subject)  # a new value at every sign-in: the browser's old session ends
    return open_session(session, subject, user, remember, settings)


@service("public", "sign_in.leave")
def sign_out(session: Session, subject: Subject) -> None:
    """End the caller's session on the server; nothing happens to a visitor without one."""
    user_id = subject.viewer_id or subject.user_id
    if user_id is not None:
        revoke(session, user_id, subject.at, only=subject.session_id)


@service("customer", "person.who_am_i")
def current_user(session: Session, subject: Subject) -> Person:
    """The caller."""
    user = session.get(User, subject.user)
    if user is None:
        raise NotFound
    initials = "".join(word[0].upper() for word in user.full_name.split()[:2])
    erasure = waiting_for(session, subject.user)
    return Person(user.id, user.full_name, user.email, initials, erasure.due_at if erasure else None)


def waiting_for(session: Session, user_id: int) -> Erasure | None:
    """The erasure that awaits an account."""
    query = select(Erasure).where(Erasure.user_id == user_id, col(Erasure.done_at).is_(None))
    return session.exec(query.where(col(Erasure.cancelled_at).is_(None))).first()


def _remind(session: Session, subject: Subject, user: User) -> None:
    """A new activation letter, unless enough of them are on their way."""
    with suppress(TooManyAttempts):
        rate.take(get_settings().limit_letter_address, "letter", user.email)
        send_activation(session, subject, user)


def _refresh(session: Session, user: User, password: str) -> None:
    """A hash weaker than today's is replaced."""
    if needs_rehash(user.password_hash):
        session.exec(update(User).where(col(User.id) == user.id).values(password_hash=hash_password(password)))

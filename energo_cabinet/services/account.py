"""Accounts: who signs in, who signs out, who am I (Э-41…48, Н-5…7, Н-34…36)."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session, col, select, update

from energo_cabinet.auth import limits
from energo_cabinet.auth.access import Subject, service
from energo_cabinet.auth.login_session import open_session, revoke
from energo_cabinet.auth.passwords import hash_password, needs_rehash, verify_password
from energo_cabinet.errors import NotFound, WrongSecret
from energo_cabinet.models import User, UserStatus
from energo_cabinet.settings import get_settings


@dataclass(frozen=True, slots=True)
class Profile:
    """The signed-in user as the header shows them."""

    id: int
    full_name: str
    email: str
    initials: str


@service("public")
def sign_in(session: Session, subject: Subject, email: str, password: str, remember: bool) -> str:
    """The new `sid` cookie value; WrongSecret("wrong_credentials") alike for a known and an unknown address."""
    settings = get_settings()
    email = email.strip().casefold()[:254]
    account, address = ("sign-in", email, subject.ip), ("sign-in-ip", subject.ip)
    limits.take(settings.limit_login_ip, *address)
    limits.take(settings.limit_login_account, *account)
    user = session.exec(select(User).where(User.email == email)).first()
    if not _is_right(session, user, password) or user is None:
        raise WrongSecret("wrong_credentials")
    limits.give_back(settings.limit_login_ip, *address)
    limits.forget(settings.limit_login_account, *account)
    return _begin(session, subject, user, password, remember)


@service("public")
def sign_out(session: Session, subject: Subject) -> None:
    """End the caller's session on the server; nothing happens to a visitor without one."""
    if subject.user_id is not None:
        revoke(session, subject.user_id, subject.at, only=subject.session_id)


@service("customer")
def current_user(session: Session, subject: Subject) -> Profile:
    """The caller."""
    user = session.get(User, subject.user)
    if user is None:
        raise NotFound
    initials = "".join(word[0].upper() for word in user.full_name.split()[:2])
    return Profile(user.id or 0, user.full_name, user.email, initials)


def _is_right(session: Session, user: User | None, password: str) -> bool:
    """Whether this password opens this account; a failure is counted on the account."""
    right = verify_password(password, user.password_hash if user else "")
    if user is None:
        return False
    open_ = user.status == UserStatus.ACTIVE and user.failed_sign_ins < get_settings().limit_login_consecutive
    if right and open_:
        return True
    session.exec(update(User).where(col(User.id) == user.id).values(failed_sign_ins=User.failed_sign_ins + 1))
    return False


def _begin(session: Session, subject: Subject, user: User, password: str, remember: bool) -> str:
    """Open a new session; the browser's old one ends (a new value at every sign-in)."""
    sign_out(session, subject)
    user.failed_sign_ins = 0
    if needs_rehash(user.password_hash):
        user.password_hash = hash_password(password)
    session.add(user)
    return open_session(session, subject, user, remember, get_settings())

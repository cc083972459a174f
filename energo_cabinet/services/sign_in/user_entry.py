"""Users added by an administrator's script: active at once, without a letter."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session, select

from energo_cabinet.auth.access import Subject, service
from energo_cabinet.auth.passwords import MAX_LENGTH, hash_password
from energo_cabinet.domain.email_address import normal_address
from energo_cabinet.errors import CabinetError, Conflict
from energo_cabinet.models import User, UserStatus
from energo_cabinet.settings import get_settings


@dataclass(frozen=True, slots=True)
class UserEntry:
    """A user as scripts see it."""

    id: int
    email: str
    name: str
    status: str


@service("system", "person.add_by_command")
def add_user(session: Session, subject: Subject, email: str, password: str, name: str) -> UserEntry:
    """Add an active user; Conflict for a known address, CabinetError for a bad address, name or password."""
    address = normal_address(email)
    if address is None:
        raise CabinetError("user_email_invalid", "email", email=email[:254])
    name = name.strip()
    if not name or len(name) > 200:
        raise CabinetError("user_name_invalid", "name")
    shortest = get_settings().password_min_length
    if not shortest <= len(password) <= MAX_LENGTH:
        raise CabinetError("user_password_length", "password", shortest=shortest, longest=MAX_LENGTH)
    if session.exec(select(User).where(User.email == address)).first():
        raise Conflict("user_exists", "email", email=address)
    user = User(
        email=address,
        full_name=name,
        password_hash=hash_password(password),
        password_changed_at=subject.at,
        status=UserStatus.ACTIVE,
        created_at=subject.at,
    )
    session.add(user)
    session.flush()
    return UserEntry(user.id, user.email, user.full_name, user.status.value)

"""People of a bad day: root, a second administrator, a colleague, signed in and with a second factor."""

from __future__ import annotations

from dataclasses import replace

from sqlmodel import select

from energo_cabinet.models import FactorKind, LoginSession, OutboxLetter, SecondFactor, StaffRoleName, User
from tests import cast as make
from tests.cast import NOW
from tests.services.staff.scene import signed_in


def root_of(session, email="root@example.org"):
    """An administrator of the installation."""
    return make.staff(session, email, "Корнев Роман", None, StaffRoleName.SYSTEM_ADMIN)


def member_of(session, supplier, email, role=StaffRoleName.SUPPLIER_ADMIN):
    """Somebody else who works for a supplier."""
    return make.staff(session, email, "Коллегин", supplier, role)


def with_factor(session, who):
    """An authenticator that is on."""
    row = SecondFactor(user_id=who.user, kind=FactorKind.TOTP, started_at=NOW, confirmed_at=NOW)
    session.add(row)
    session.flush()
    return who


def sessions_of(session, who):
    """How many login sessions are alive."""
    query = select(LoginSession.id).where(LoginSession.user_id == who.user, LoginSession.revoked_at.is_(None))
    return len(session.exec(query).all())


def sign_in(session, who):
    """A login session; its token."""
    token = signed_in(session, who)
    session.flush()
    return token


def status_of(session, who):
    """What the database says of an account."""
    session.expire_all()
    return session.get(User, who.user).status.value


def letters_to(session, email):
    """Texts of the letters to an address."""
    return session.exec(select(OutboxLetter.text).where(OutboxLetter.to_email == email)).all()


def at(who, moment):
    """The same person later, having proved who they are."""
    return replace(who, at=moment, proved_at=moment)

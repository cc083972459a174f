"""Users set up by scripts (Э-26)."""

from __future__ import annotations

from sqlmodel import select

from energo_cabinet.auth.passwords import verify_password
from energo_cabinet.models import User, UserStatus
from energo_cabinet.services.sign_in.user_entry import add_user
from tests.services.supplier.scene import refused


def test_a_user_is_active_at_once(session, system):
    """Э-26: the address is kept case-folded."""
    entry = add_user(session, system, "Anna@Example.test", "correct horse", "Анна")
    user = session.exec(select(User)).one()
    assert (entry.email, user.email, user.status) == ("anna@example.test", "anna@example.test", UserStatus.ACTIVE)
    assert verify_password("correct horse", user.password_hash)


def test_user_refusals(session, system):
    add_user(session, system, "anna@example.test", "correct horse", "Анна")
    assert refused(add_user, session, system, "ANNA@example.test", "correct horse", "А") == ("user_exists", "email")
    assert refused(add_user, session, system, "nobody", "correct horse", "А") == ("user_email_invalid", "email")
    assert refused(add_user, session, system, "b@example.test", "short", "А") == ("user_password_length", "password")
    assert refused(add_user, session, system, "b@example.test", "correct horse", " ") == ("user_name_invalid", "name")

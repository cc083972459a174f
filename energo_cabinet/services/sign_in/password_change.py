"""«Смена пароля» (Н-56…Н-62): the current one, a new one twice; every other session ends at once."""

from __future__ import annotations

from sqlmodel import Session, col, update

from energo_cabinet.auth.access import Subject, service
from energo_cabinet.auth.login_session import revoke
from energo_cabinet.auth.password_rules import password_problem
from energo_cabinet.auth.passwords import hash_password
from energo_cabinet.errors import CabinetError, InvalidInput
from energo_cabinet.models import User
from energo_cabinet.services.notice import letter
from energo_cabinet.services.sign_in.reauthentication import confirm_password, signed_in_user
from energo_cabinet.settings import get_settings


@service("customer", "password.change")
def change_password(session: Session, subject: Subject, current: str, password: str, password2: str) -> None:
    """Set a new password; the owner is told by letter.

    InvalidInput maps the wrong fields; WrongSecret("wrong_password", "current"), TooManyAttempts.
    """
    owner = signed_in_user(session, subject)
    _check(current, password, password2, owner)
    user = confirm_password(session, subject, current, "current")
    was = user.password_hash
    changed = session.exec(
        update(User)
        .where(col(User.id) == user.id, col(User.password_hash) == was)
        .values(password_hash=hash_password(password), password_changed_at=subject.at, failed_sign_ins=0)
    )
    if changed.rowcount != 1:  # another tab or a reset link was faster
        raise CabinetError("wrong_password", "current")
    revoke(session, subject.user, subject.at, keep=subject.session_id)
    letter.post(session, subject, "own_password_changed", user.email, user.language)


def _check(current: object, password: object, password2: object, owner: User) -> None:
    wrong = {} if isinstance(current, str) and current else {"current": "required"}
    if problem := password_problem(password, owner.full_name, owner.email):
        wrong["password"] = problem
    elif password == current:
        wrong["password"] = "password_same"  # noqa: S105
    elif password2 != password:
        wrong["password2"] = "passwords_differ"
    if wrong:
        raise InvalidInput(wrong, min=get_settings().password_min_length)

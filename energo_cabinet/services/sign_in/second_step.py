"""The second step of sign-in: between the right password and the session stands a code or a passkey (Н-13)."""

from __future__ import annotations

import secrets
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlmodel import Session, col, select, update

from energo_cabinet.auth import rate
from energo_cabinet.auth.access import Subject, service
from energo_cabinet.auth.login_session import open_session, revoke, sha256
from energo_cabinet.auth.second_factor import (
    active_factor,
    has_passkey,
    is_right_code,
    needs_second_step,
    use_recovery_code,
)
from energo_cabinet.errors import CabinetError, SecondStepNeeded, TooManyAttempts, WrongSecret
from energo_cabinet.models import FactorKind, RecoveryCode, SignInStep, User, UserStatus
from energo_cabinet.services.notice import letter
from energo_cabinet.services.notice.sms import send_code
from energo_cabinet.settings import get_settings

LIFE = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class FinishedStep:
    """The new `sid` cookie value, and whether it outlives the browser."""

    token: str
    remember: bool


def require_code(session: Session, subject: Subject, user: User, remember: bool) -> None:
    """SecondStepNeeded with the browser's step token when the password alone opens nothing; a code by SMS is sent."""
    if not needs_second_step(session, user.id):
        return
    factor, passkey = active_factor(session, user.id), has_passkey(session, user.id)
    token = secrets.token_urlsafe(32)
    step = SignInStep(
        token_sha256=sha256(token),
        user_id=user.id,
        remember=remember,
        created_at=subject.at,
        expires_at=subject.at + LIFE,
    )
    session.add(step)
    if factor is not None and factor.kind == FactorKind.SMS:
        with suppress(TooManyAttempts):  # the page offers to send it again
            send_code(session, subject, user, factor.phone, _binding(token))
    raise SecondStepNeeded(token, factor.kind.value if factor else "passkey", passkey)


@service("public", "sign_in.second_step")
def finish_sign_in(session: Session, subject: Subject, token: str, code: str) -> FinishedStep:
    """Open the session of a browser whose password was right a moment ago, by a code or a recovery code.

    CabinetError("second_step_expired"): start over; WrongSecret("wrong_second_code"), counted before it is looked at;
    TooManyAttempts beyond the account's limit.
    """
    step, user = open_step(session, subject, token)
    count_step(session, subject, step)
    factor = active_factor(session, user.id)
    if factor is None or not is_right_code(session, factor, code, _binding(token), subject.at):
        if not use_recovery_code(session, user.id, code, subject.at):
            raise WrongSecret("wrong_second_code", "code")
        _tell_of_recovery(session, subject, user)
    return finish_step(session, subject, step, user)


@service("public", "sign_in.send_code_again")
def send_code_again(session: Session, subject: Subject, token: str) -> None:
    """Another code by SMS for a waiting browser; TooManyAttempts beyond the limit."""
    _, user = open_step(session, subject, token)
    factor = active_factor(session, user.id)
    if factor is not None and factor.kind == FactorKind.SMS:
        send_code(session, subject, user, factor.phone, _binding(token))


def open_step(session: Session, subject: Subject, token: object) -> tuple[SignInStep, User]:
    """The step of a browser whose password was right, and whose it is; CabinetError("second_step_expired")."""
    known = token if isinstance(token, str) and 0 < len(token) <= 100 else ""
    query = select(SignInStep, User).join(User, col(User.id) == SignInStep.user_id)
    found = session.exec(query.where(SignInStep.token_sha256 == sha256(known))).first()
    if found is None:
        raise CabinetError("second_step_expired")
    step, user = found
    alive = step.used_at is None and subject.at < step.expires_at and step.tries < get_settings().code_tries
    is_fit = needs_second_step(session, user.id) and user.status == UserStatus.ACTIVE
    if not alive or not is_fit or user.password_changed_at > step.created_at:
        raise CabinetError("second_step_expired")
    return step, user


def count_step(session: Session, subject: Subject, step: SignInStep) -> None:
    """Count a try before it is looked at: by the account (TooManyAttempts) and by the step."""
    rate.take(get_settings().limit_second_factor, "second-factor", str(step.user_id))
    counted = update(SignInStep).where(*_live(step, subject), col(SignInStep.tries) < get_settings().code_tries)
    if session.exec(counted.values(tries=SignInStep.tries + 1)).rowcount != 1:
        raise CabinetError("second_step_expired")


def finish_step(
    session: Session, subject: Subject, step: SignInStep, user: User, by_passkey: bool = False
) -> FinishedStep:
    """Turn a step into a session, once."""
    if session.exec(update(SignInStep).where(*_live(step, subject)).values(used_at=subject.at)).rowcount != 1:
        raise CabinetError("second_step_expired")
    rate.forget(get_settings().limit_second_factor, "second-factor", str(user.id))
    if subject.user_id is not None:  # the browser's old session ends: a new value at every sign-in
        revoke(session, subject.user_id, subject.at, only=subject.session_id)
    opened = open_session(session, subject, user, step.remember, get_settings(), by_passkey)
    return FinishedStep(opened, step.remember)


def _live(step: SignInStep, subject: Subject) -> tuple[Any, ...]:
    return (
        col(SignInStep.id) == step.id,
        col(SignInStep.used_at).is_(None),
        col(SignInStep.expires_at) > subject.at,
    )


def _binding(token: str) -> str:
    """What an SMS code is bound to: this browser's step."""
    return f"step:{sha256(token)}"


def _tell_of_recovery(session: Session, subject: Subject, user: User) -> None:
    query = select(RecoveryCode.id).where(RecoveryCode.user_id == user.id, col(RecoveryCode.used_at).is_(None))
    left = len(session.exec(query).all())
    letter.post(session, subject, "recovery_used", user.email, user.language, left=left)

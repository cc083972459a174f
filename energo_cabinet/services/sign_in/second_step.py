"""The second step of sign-in: between the right password and the session stands a code (Н-13; SECURITY 2.1, 2.3)."""

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
from energo_cabinet.auth.second_factor import active_factor, is_right_code, use_recovery_code
from energo_cabinet.errors import CabinetError, SecondStepNeeded, TooManyAttempts, WrongSecret
from energo_cabinet.models import FactorKind, RecoveryCode, SecondFactor, SignInStep, User, UserStatus
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
    """SecondStepNeeded with the browser's step token when the user has a second factor; a code by SMS is sent."""
    factor = active_factor(session, user.id)
    if factor is None:
        return
    token = secrets.token_urlsafe(32)
    step = SignInStep(
        token_sha256=sha256(token),
        user_id=user.id,
        remember=remember,
        created_at=subject.at,
        expires_at=subject.at + LIFE,
    )
    session.add(step)
    if factor.kind == FactorKind.SMS:
        with suppress(TooManyAttempts):  # the page offers to send it again
            send_code(session, subject, user, factor.phone, _binding(token))
    raise SecondStepNeeded(token, factor.kind.value)


@service("public", "sign_in.second_step")
def finish_sign_in(session: Session, subject: Subject, token: str, code: str) -> FinishedStep:
    """Open the session of a browser whose password was right a moment ago, by a code or a recovery code.

    CabinetError("second_step_expired"): start over; WrongSecret("wrong_second_code"), counted before it is looked at;
    TooManyAttempts beyond the account's limit.
    """
    step, user, factor = _open_step(session, subject, token)
    counted = update(SignInStep).where(*_live(step, subject), col(SignInStep.tries) < get_settings().code_tries)
    rate.take(get_settings().limit_second_factor, "second-factor", str(user.id))
    if session.exec(counted.values(tries=SignInStep.tries + 1)).rowcount != 1:
        raise CabinetError("second_step_expired")
    if not is_right_code(session, factor, code, _binding(token), subject.at):
        if not use_recovery_code(session, user.id, code, subject.at):
            raise WrongSecret("wrong_second_code", "code")
        _tell_of_recovery(session, subject, user)
    if session.exec(update(SignInStep).where(*_live(step, subject)).values(used_at=subject.at)).rowcount != 1:
        raise CabinetError("second_step_expired")
    rate.forget(get_settings().limit_second_factor, "second-factor", str(user.id))
    if subject.user_id is not None:  # the browser's old session ends: a new value at every sign-in
        revoke(session, subject.user_id, subject.at, only=subject.session_id)
    return FinishedStep(open_session(session, subject, user, step.remember, get_settings()), step.remember)


@service("public", "sign_in.send_code_again")
def send_code_again(session: Session, subject: Subject, token: str) -> None:
    """Another code by SMS for a waiting browser; TooManyAttempts beyond the limit."""
    _, user, factor = _open_step(session, subject, token)
    if factor.kind == FactorKind.SMS:
        send_code(session, subject, user, factor.phone, _binding(token))


def _open_step(session: Session, subject: Subject, token: object) -> tuple[SignInStep, User, SecondFactor]:
    known = token if isinstance(token, str) and 0 < len(token) <= 100 else ""
    query = select(SignInStep, User).join(User, col(User.id) == SignInStep.user_id)
    found = session.exec(query.where(SignInStep.token_sha256 == sha256(known))).first()
    if found is None:
        raise CabinetError("second_step_expired")
    step, user = found
    factor = active_factor(session, user.id)
    alive = step.used_at is None and subject.at < step.expires_at and step.tries < get_settings().code_tries
    if not alive or factor is None or user.status != UserStatus.ACTIVE or user.password_changed_at > step.created_at:
        raise CabinetError("second_step_expired")
    return step, user, factor


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

"""Switching the second factor on and off: authenticator or SMS, confirmed by a code before it counts (F-22, Н-13)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import pyotp
from sqlmodel import Session, col, delete, func, select

from energo_cabinet.auth import rate
from energo_cabinet.auth.access import Subject, service
from energo_cabinet.auth.login_session import revoke
from energo_cabinet.auth.sealed import seal
from energo_cabinet.auth.second_factor import (
    active_factor,
    is_right_code,
    make_recovery_codes,
    remove_factor,
)
from energo_cabinet.errors import CabinetError, InvalidInput, NotFound, WrongSecret
from energo_cabinet.models import FactorKind, RecoveryCode, SecondFactor, User
from energo_cabinet.services.notice import letter
from energo_cabinet.services.notice.sms import is_sms_possible, send_code
from energo_cabinet.services.sign_in.reauthentication import confirm_code, confirm_password, signed_in_user
from energo_cabinet.settings import get_settings


@dataclass(frozen=True, slots=True)
class FactorStatus:
    """`kind` "" for none; `phone` is where codes go; `codes_left`: unused recovery codes; `sms`: is it offered."""

    kind: str
    phone: str
    since: datetime | None
    codes_left: int
    sms: bool


@dataclass(frozen=True, slots=True)
class NewAuthenticator:
    """What the application scans, and the same to type in."""

    address: str
    secret: str


@service("customer", "second_factor.status")
def factor_status(session: Session, subject: Subject) -> FactorStatus:
    """The caller's second factor."""
    factor = active_factor(session, subject.user)
    unused = (RecoveryCode.user_id == subject.user, col(RecoveryCode.used_at).is_(None))
    left = session.exec(select(func.count()).select_from(RecoveryCode).where(*unused)).one()
    if factor is None:
        return FactorStatus("", "", None, 0, is_sms_possible())
    return FactorStatus(factor.kind.value, factor.phone, factor.confirmed_at, left, is_sms_possible())


@service("customer", "second_factor.start_authenticator")
def start_authenticator(session: Session, subject: Subject, password: str) -> NewAuthenticator:
    """A fresh secret, off until a code confirms it. Errors of `confirm_password`; second_factor_on."""
    user = _begin(session, subject, password)
    secret = pyotp.random_base32()
    sealed = seal(secret, f"second_factor:{subject.user}")
    _store(
        session,
        subject,
        SecondFactor(user_id=subject.user, kind=FactorKind.TOTP, sealed_secret=sealed, started_at=subject.at),
    )
    address = pyotp.TOTP(secret).provisioning_uri(name=user.email, issuer_name=get_settings().system_name)
    return NewAuthenticator(address, secret)


@service("customer", "second_factor.start_sms")
def start_sms(session: Session, subject: Subject, password: str) -> str:
    """Send a code to the phone of the profile, which is returned; off until the code confirms it."""
    if not is_sms_possible():
        raise NotFound
    user = _begin(session, subject, password)
    if not user.phone:
        raise CabinetError("phone_missing")
    send_code(session, subject, user, user.phone, _binding(subject))
    _store(
        session,
        subject,
        SecondFactor(user_id=subject.user, kind=FactorKind.SMS, phone=user.phone, started_at=subject.at),
    )
    return user.phone


@service("customer", "second_factor.confirm")
def confirm_factor(session: Session, subject: Subject, code: str) -> list[str]:
    """Switch the started factor on by its first code; the recovery codes, shown this once.

    WrongSecret("wrong_second_code", "code"), TooManyAttempts; the other sessions end, the owner is told by letter.
    """
    factor = session.get(SecondFactor, subject.user, populate_existing=True)
    if factor is None or factor.confirmed_at is not None:
        raise CabinetError("second_factor_not_started", "code")
    _count_try(subject)
    if not is_right_code(session, factor, code, _binding(subject), subject.at):
        raise WrongSecret("wrong_second_code", "code")
    _forget_tries(subject)
    session.refresh(factor)
    factor.confirmed_at = subject.at
    session.add(factor)
    _changed(session, subject, signed_in_user(session, subject), "second_factor_on")
    return make_recovery_codes(session, subject.user, subject.at)


@service("customer", "second_factor.send_code")
def send_factor_code(session: Session, subject: Subject) -> None:
    """A code by SMS to confirm what the caller is about to do; NotFound when codes do not come by SMS."""
    factor = session.get(SecondFactor, subject.user)
    if factor is None or factor.kind != FactorKind.SMS:
        raise NotFound
    send_code(session, subject, signed_in_user(session, subject), factor.phone, _binding(subject))


@service("customer", "second_factor.new_recovery_codes")
def new_recovery_codes(session: Session, subject: Subject, password: str, code: str) -> list[str]:
    """Ten new recovery codes; the older ones stop working. The password and a code are asked."""
    _prove(session, subject, password, code)
    return make_recovery_codes(session, subject.user, subject.at)


@service("customer", "second_factor.switch_off")
def switch_off(session: Session, subject: Subject, password: str, code: str) -> None:
    """Sign in by password alone again. The password and a code (or a recovery code) are asked."""
    user = _prove(session, subject, password, code)
    remove_factor(session, subject.user)
    _changed(session, subject, user, "second_factor_off")


def _begin(session: Session, subject: Subject, password: str) -> User:
    if active_factor(session, subject.user) is not None:
        raise CabinetError("second_factor_on")
    return confirm_password(session, subject, password)


def _store(session: Session, subject: Subject, factor: SecondFactor) -> None:
    _remove(session, subject.user)
    session.add(factor)
    session.flush()


def _remove(session: Session, user_id: int) -> None:
    session.exec(delete(SecondFactor).where(col(SecondFactor.user_id) == user_id))
    session.expire_all()


def _prove(session: Session, subject: Subject, password: str, code: str) -> User:
    if not isinstance(code, str) or not code.strip():
        raise InvalidInput({"code": "required"})
    if active_factor(session, subject.user) is None:
        raise CabinetError("second_factor_not_started")
    user = confirm_password(session, subject, password)
    confirm_code(session, subject, code)
    return user


def _count_try(subject: Subject) -> None:
    rate.take(get_settings().limit_second_factor, "second-factor", str(subject.user))


def _forget_tries(subject: Subject) -> None:
    rate.forget(get_settings().limit_second_factor, "second-factor", str(subject.user))


def _binding(subject: Subject) -> str:
    """What an SMS code is bound to: this login session."""
    return f"session:{subject.session_id}"


def _changed(session: Session, subject: Subject, user: User, kind: str) -> None:
    revoke(session, subject.user, subject.at, keep=subject.session_id)
    letter.post(session, subject, kind, user.email, user.language)

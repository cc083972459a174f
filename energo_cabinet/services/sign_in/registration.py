"""Registration and activation (Э-20…40, Н-9…20): an application first, an account after the mailed link."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select, update

from energo_cabinet import routes
from energo_cabinet.auth import one_time_code, rate
from energo_cabinet.auth.access import Subject, service
from energo_cabinet.auth.login_session import sha256
from energo_cabinet.auth.passwords import hash_password, verify_password
from energo_cabinet.domain.phone_number import normal_phone
from energo_cabinet.errors import CabinetError, Conflict, InvalidInput, WrongSecret
from energo_cabinet.i18n import catalogue, text
from energo_cabinet.models import CodePurpose, Consent, EmailChange, User, UserStatus
from energo_cabinet.services.contract import link_request
from energo_cabinet.services.notice import letter
from energo_cabinet.services.sign_in.registration_form import CONSENTS as CONSENTS
from energo_cabinet.services.sign_in.registration_form import Registration, check, normal_email
from energo_cabinet.services.supplier.entry import list_regions, supplier_of_region
from energo_cabinet.settings import get_settings

_OF_USER = ("full_name", "phone", "address", "contract_number", "consumer_class", "password_hash", "language")
"""Columns of the account that an application fills."""

__all__ = ["Registration", "activate", "consent_text", "normal_email", "register", "send_activation"]


@service("public", "registration.register")
def register(session: Session, subject: Subject, form: Registration) -> None:
    """Take an application and mail its activation link.

    InvalidInput maps every wrong field to its code; Conflict("email_taken", "email") for a known address (Н-17),
    unless the setting hides that: then the owner is told by letter. TooManyAttempts beyond the limits.
    With a class of object every field is required (Э-20) and the contract becomes a request after activation.
    """
    settings = get_settings()
    supplier = supplier_of_region(session, form.region)
    check(form, is_region_known=supplier is not None or not list_regions(session, subject))
    email = normal_email(form.email)
    rate.take_from(settings.limit_letter_ip, "letter-ip", subject.ip)
    known = session.exec(select(User).where(User.email == email)).first()
    is_taken = (known is not None and known.status != UserStatus.PENDING) or is_reserved(session, email, subject.at)
    if is_taken and not settings.hide_account_existence:
        raise Conflict("email_taken", "email")
    rate.take(settings.limit_letter_address, "letter", email)
    password_hash = hash_password(form.password)
    application = _application(form, password_hash, subject, supplier.id if supplier else None)
    if is_taken:
        _rehearse(session, subject, application)
        language = known.language if known else subject.language
        letter.post(session, subject, "already_registered", email, language, link=f"{settings.base_url}/recover")
        return
    user = known or _applicant(session, subject, email, application)
    _consent(session, subject, user)
    send_activation(session, subject, user, application)


@service("public", "registration.activate")
def activate(session: Session, subject: Subject, key: str, password: str) -> None:
    """Activate the account by a mailed key and the password of the application that the letter belongs to.

    Applications for one address replace nothing of one another: a stranger's, in the owner's mailbox, has a password
    that the owner does not know. CabinetError("invalid_code", "key"), InvalidInput("password"),
    WrongSecret("wrong_application_password", "password"), TooManyAttempts. A contract named in it is asked for.
    """
    application = one_time_code.application_of(session, key)
    if application is None:
        raise CabinetError("invalid_code", "key")
    if not isinstance(password, str) or not password:
        raise InvalidInput({"password": "required"})
    rate.take(get_settings().limit_login_account, "activation", sha256(key))
    if not verify_password(password, application["password_hash"]):
        raise WrongSecret("wrong_application_password", "password")
    user = one_time_code.redeem(session, CodePurpose.ACTIVATION, key, subject.at)
    values = {name: application[name] for name in _OF_USER} | {"password_changed_at": subject.at, "failed_sign_ins": 0}
    mine = update(User).where(col(User.id) == user.id, col(User.status) == UserStatus.PENDING)
    if session.exec(mine.values(**values, status=UserStatus.ACTIVE)).rowcount != 1:
        raise CabinetError("invalid_code", "key")
    one_time_code.forget_applications(session, user.id)
    session.refresh(user)
    if application["supplier_id"] and user.contract_number:
        link_request.send_applied(session, subject, user, application["supplier_id"])


def send_activation(session: Session, subject: Subject, user: User, application: dict[str, Any] | None = None) -> None:
    """Mail `user` a fresh activation link, of the application given or of the first one."""
    settings = get_settings()
    life = timedelta(hours=settings.activation_hours)
    first = {name: getattr(user, name) for name in _OF_USER} | {"supplier_id": None}
    kept = application or one_time_code.first_application(session, user.id) or first
    key = one_time_code.issue(session, CodePurpose.ACTIVATION, user, subject.at, life, kept)
    link = f"{settings.base_url}{routes.ACTIVATE}?key={quote(key, safe='')}"
    letter.post(session, subject, "activation", user.email, user.language, link=link, hours=settings.activation_hours)


def is_reserved(session: Session, email: str, at: datetime) -> bool:
    """Whether an account had this address until lately and may still demand it back (services.person.email_change)."""
    kept = select(EmailChange.id).where(EmailChange.old_email == email, col(EmailChange.undone_at).is_(None))
    return session.exec(kept.where(col(EmailChange.undo_until) > at)).first() is not None


def _application(form: Registration, password_hash: str, subject: Subject, supplier_id: int | None) -> dict[str, Any]:
    """What the account will be, once this application's link is used."""
    return {
        "full_name": form.full_name.strip(),
        "phone": normal_phone(form.phone) or "",
        "address": form.address.strip(),
        "contract_number": form.contract_number.strip(),
        "consumer_class": form.consumer_class or None,
        "password_hash": password_hash,
        "language": subject.language,
        "supplier_id": supplier_id,
    }


def _rehearse(session: Session, subject: Subject, application: dict[str, Any]) -> None:
    """Write what an unknown address is written, and take it back: how long it takes tells nothing of who is known."""
    with session.begin_nested() as undone:
        nobody = _applicant(session, subject, f"{secrets.token_hex(16)}@invalid", application)
        _consent(session, subject, nobody)
        one_time_code.issue(session, CodePurpose.ACTIVATION, nobody, subject.at, timedelta(hours=1), application)
        session.flush()
        undone.rollback()


def _applicant(session: Session, subject: Subject, email: str, application: dict[str, Any]) -> User:
    """A pending user with the data of the first application for the address."""
    own = {name: application[name] for name in _OF_USER}
    user = User(email=email, **own, password_changed_at=subject.at, created_at=subject.at)
    session.add(user)
    try:
        session.flush()
    except IntegrityError as error:  # the same address registered between our look and our write
        raise Conflict("email_taken", "email") from error
    return user


def _consent(session: Session, subject: Subject, user: User) -> None:
    """Both consents with the version and the digest of the text that was shown (R-37)."""
    for purpose in CONSENTS:
        version, digest = consent_text(purpose, subject.language)
        session.add(
            Consent(
                user_id=user.id,
                purpose=purpose,
                text_version=version,
                text_sha256=digest,
                given_at=subject.at,
                ip=subject.ip,
            )
        )


def consent_text(purpose: str, language: str) -> tuple[str, str]:
    """Version and SHA-256 of a consent's text as it is shown in `language`."""
    prefix = f"legal.{purpose}."
    parts = [value for key, value in catalogue(language).items() if key.startswith(prefix)]
    return text(f"{prefix}version", language), hashlib.sha256("\n".join(parts).encode()).hexdigest()

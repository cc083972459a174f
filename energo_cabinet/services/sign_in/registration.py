"""Registration and activation (Э-20…40, Н-9…20): an application first, an account after the mailed link."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from urllib.parse import quote

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select, update

from energo_cabinet import routes
from energo_cabinet.auth import one_time_code, rate
from energo_cabinet.auth.access import Subject, service
from energo_cabinet.auth.passwords import hash_password
from energo_cabinet.domain.phone_number import normal_phone
from energo_cabinet.errors import Conflict
from energo_cabinet.i18n import catalogue, text
from energo_cabinet.models import CodePurpose, Consent, ConsumerClass, EmailChange, User, UserStatus
from energo_cabinet.services.contract import link_request
from energo_cabinet.services.notice import letter
from energo_cabinet.services.sign_in.registration_form import CONSENTS as CONSENTS
from energo_cabinet.services.sign_in.registration_form import Registration, check, normal_email
from energo_cabinet.services.supplier.entry import list_regions, supplier_of_region
from energo_cabinet.settings import get_settings

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
    rate.take(settings.limit_letter_ip, "letter-ip", subject.ip)
    known = session.exec(select(User).where(User.email == email)).first()
    is_taken = (known is not None and known.status != UserStatus.PENDING) or is_reserved(session, email, subject.at)
    if is_taken and not settings.hide_account_existence:
        raise Conflict("email_taken", "email")
    rate.take(settings.limit_letter_address, "letter", email)
    password_hash = hash_password(form.password)
    if is_taken:
        language = known.language if known else subject.language
        letter.post(session, subject, "already_registered", email, language, link=f"{settings.base_url}/recover")
        return
    user = _store(session, subject, known, form, password_hash)
    _consent(session, subject, user)
    if supplier is not None and user.contract_number:
        link_request.remember(session, subject, user, supplier)
    send_activation(session, subject, user)


@service("public", "registration.activate")
def activate(session: Session, subject: Subject, key: str) -> None:
    """Activate the account a mailed key belongs to; CabinetError("invalid_code", "key") for any other key.

    A contract named in the application is linked or asked for.
    """
    user = one_time_code.redeem(session, CodePurpose.ACTIVATION, key, subject.at)
    session.exec(
        update(User)
        .where(col(User.id) == user.id, col(User.status) == UserStatus.PENDING)
        .values(status=UserStatus.ACTIVE, failed_sign_ins=0)
    )
    link_request.send_remembered(session, subject, user)


def send_activation(session: Session, subject: Subject, user: User) -> None:
    """Mail `user` a fresh activation link."""
    settings = get_settings()
    life = timedelta(hours=settings.activation_hours)
    key = one_time_code.issue(session, CodePurpose.ACTIVATION, user, subject.at, life)
    link = f"{settings.base_url}{routes.ACTIVATE}?key={quote(key, safe='')}"
    letter.post(session, subject, "activation", user.email, user.language, link=link, hours=settings.activation_hours)


def is_reserved(session: Session, email: str, at: datetime) -> bool:
    """Whether an account had this address until lately and may still demand it back (services.person.email_change)."""
    kept = select(EmailChange.id).where(EmailChange.old_email == email, col(EmailChange.undone_at).is_(None))
    return session.exec(kept.where(col(EmailChange.undo_until) > at)).first() is not None


def _store(session: Session, subject: Subject, pending: User | None, form: Registration, password_hash: str) -> User:
    """A new pending user, or the pending one with the newest application's data: older links die with it."""
    user = pending or User(
        email=normal_email(form.email),
        full_name="",
        password_hash="",
        password_changed_at=subject.at,
        created_at=subject.at,
    )
    user.full_name, user.phone = form.full_name.strip(), normal_phone(form.phone) or ""
    user.address, user.contract_number = form.address.strip(), form.contract_number.strip()
    user.consumer_class = ConsumerClass(form.consumer_class) if form.consumer_class else None
    user.password_hash, user.password_changed_at = password_hash, subject.at
    user.language = subject.language
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

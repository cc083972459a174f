"""The consents of a user (R-37): with version and date, taken back or given anew; rows are never overwritten."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from energo_cabinet.auth.access import Subject, service
from energo_cabinet.errors import InvalidInput
from energo_cabinet.models import Consent, ConsentWithdrawal
from energo_cabinet.services.person.erasure import begin_erasure, cancel_erasure
from energo_cabinet.services.sign_in.account import waiting_for
from energo_cabinet.services.sign_in.reauthentication import confirm_password
from energo_cabinet.services.sign_in.registration import CONSENTS, consent_text


@dataclass(frozen=True, slots=True)
class GivenConsent:
    """The newest consent to a text; `is_outdated`: the text has a newer version."""

    purpose: str
    version: str
    given_at: datetime | None
    withdrawn_at: datetime | None
    is_outdated: bool


@service("customer", "consent.list")
def my_consents(session: Session, subject: Subject) -> list[GivenConsent]:
    """One line for each text a consent refers to."""
    return [_newest(session, subject, purpose) for purpose in CONSENTS]


@service("customer", "consent.give")
def give_consent(session: Session, subject: Subject, purpose: str) -> None:
    """Agree to a text as it is now: its newer version, or again after a withdrawal (which then is cancelled)."""
    found = _known(session, subject, purpose)
    if found.given_at is not None and found.withdrawn_at is None and not found.is_outdated:
        return
    version, digest = consent_text(purpose, subject.language)
    session.add(
        Consent(
            user_id=subject.user,
            purpose=purpose,
            text_version=version,
            text_sha256=digest,
            given_at=subject.at,
            ip=subject.ip,
        )
    )
    waiting = waiting_for(session, subject.user)
    if waiting is not None and waiting.reason == "consent":
        cancel_erasure(session, subject)


@service("customer", "consent.withdraw")
def withdraw_consent(session: Session, subject: Subject, purpose: str, password: str) -> None:
    """Take a consent back: without it the account cannot be, so its erasure begins. The password is asked."""
    _known(session, subject, purpose)
    user = confirm_password(session, subject, password)
    row = _row(session, subject, purpose)
    if row is not None and _withdrawal(session, row) is None:
        session.add(ConsentWithdrawal(user_id=subject.user, consent_id=row.id, withdrawn_at=subject.at, ip=subject.ip))
    if waiting_for(session, subject.user) is None:
        begin_erasure(session, subject, user, "consent")


def _known(session: Session, subject: Subject, purpose: object) -> GivenConsent:
    if not isinstance(purpose, str) or purpose not in CONSENTS:
        raise InvalidInput({"purpose": "invalid"})
    return _newest(session, subject, purpose)


def _newest(session: Session, subject: Subject, purpose: str) -> GivenConsent:
    row = _row(session, subject, purpose)
    if row is None:
        return GivenConsent(purpose, "", None, None, True)
    withdrawal = _withdrawal(session, row)
    is_outdated = row.text_version != consent_text(purpose, subject.language)[0]
    return GivenConsent(
        purpose, row.text_version, row.given_at, withdrawal.withdrawn_at if withdrawal else None, is_outdated
    )


def _row(session: Session, subject: Subject, purpose: str) -> Consent | None:
    query = select(Consent).where(Consent.user_id == subject.user, Consent.purpose == purpose)
    return session.exec(query.order_by(col(Consent.given_at).desc(), col(Consent.id).desc())).first()


def _withdrawal(session: Session, row: Consent) -> ConsentWithdrawal | None:
    return session.exec(select(ConsentWithdrawal).where(ConsentWithdrawal.consent_id == row.id)).first()

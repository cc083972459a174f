"""A contract login that another system checks: wrong passwords are counted here too (Н-26…Н-30)."""

from __future__ import annotations

import hashlib
from datetime import timedelta

from sqlalchemy import text as sql
from sqlmodel import Session

from energo_cabinet.auth.access import Subject
from energo_cabinet.gateways.supplier import LoginLocked, Refused, WrongPassword
from energo_cabinet.models import ContractLoginTry
from energo_cabinet.settings import get_settings

_COUNT = sql(
    "INSERT INTO contract_login_try (supplier_id, login_digest, failed_tries) VALUES (:supplier, :digest, 1) "
    "ON CONFLICT (supplier_id, login_digest) DO UPDATE SET failed_tries = contract_login_try.failed_tries + 1"
)


def count_try(session: Session, subject: Subject, supplier_id: int, login: str) -> None:
    """Count a try before the supplier is asked, so that parallel guesses cannot outrun the lock; LoginLocked."""
    row = _row(session, supplier_id, login)
    until = row.locked_until if row is not None else None
    if until is not None and until > subject.at:
        raise LoginLocked(-(-int((until - subject.at).total_seconds()) // 60))
    row = _counted(session, supplier_id, login)
    if row.failed_tries > get_settings().contract_login_tries:
        raise _lock(session, subject, row)


def settle_try(
    session: Session, subject: Subject, supplier_id: int, login: str, refusal: Refused | None
) -> Refused | None:
    """What the answer makes of the count; the refusal to tell, LoginLocked after the last wrong password."""
    row = _row(session, supplier_id, login)
    if isinstance(refusal, WrongPassword):
        row = row or _counted(session, supplier_id, login)  # forgotten by another try's success
        return _lock(session, subject, row) if row.failed_tries >= get_settings().contract_login_tries else refusal
    if row is not None:
        row.failed_tries = 0 if refusal is None else max(row.failed_tries - 1, 0)
        session.add(row)
        if not row.failed_tries:
            session.delete(row)
    return refusal


def _lock(session: Session, subject: Subject, row: ContractLoginTry) -> LoginLocked:
    minutes = get_settings().contract_lock_minutes
    row.failed_tries, row.locked_until = 0, subject.at + timedelta(minutes=minutes)
    session.add(row)
    return LoginLocked(minutes)


def _counted(session: Session, supplier_id: int, login: str) -> ContractLoginTry:
    session.execute(_COUNT, {"supplier": supplier_id, "digest": _digest(login)})
    return session.get_one(ContractLoginTry, (supplier_id, _digest(login)), populate_existing=True)


def _row(session: Session, supplier_id: int, login: str) -> ContractLoginTry | None:
    key = (supplier_id, _digest(login))
    return session.get(ContractLoginTry, key, populate_existing=True, with_for_update=True)


def _digest(login: str) -> str:
    return hashlib.sha256(login.encode()).hexdigest()

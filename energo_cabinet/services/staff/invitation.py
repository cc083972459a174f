"""Somebody with an account is asked to become staff, and is staff by their own word only."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session, col, select

from energo_cabinet.auth.access import Subject, service
from energo_cabinet.auth.audit import Actor, append_entry
from energo_cabinet.auth.login_session import revoke
from energo_cabinet.errors import NotFound
from energo_cabinet.models import StaffMember, Supplier


@dataclass(frozen=True, slots=True)
class Invitation:
    """Who asks (`supplier` "" for the installation) and for what."""

    supplier: str
    role: str


@service("customer", "staff.my_invitation")
def my_invitation(session: Session, subject: Subject) -> Invitation | None:
    """What waits for the caller's word."""
    row = _waiting(session, subject)
    if row is None:
        return None
    supplier = session.get(Supplier, row.supplier_id) if row.supplier_id else None
    return Invitation(supplier.name if supplier else "", row.role)


@service("customer", "staff.answer_invitation")
def answer_invitation(session: Session, subject: Subject, accept: bool) -> None:
    """Become staff, or decline. Whoever accepts signs in anew: staff's sessions are shorter. NotFound without one."""
    row = _waiting(session, subject)
    if row is None:
        raise NotFound
    row.accepted_at, row.removed_at = (subject.at, None) if accept is True else (None, subject.at)
    session.add(row)
    actor = Actor(row.name, row.user_id, row.role, row.supplier_id, subject.ip)
    append_entry(session, actor, "staff.answer_invitation", subject.at, {"accepted": accept is True})
    if accept is True:
        revoke(session, subject.user, subject.at)


def _waiting(session: Session, subject: Subject) -> StaffMember | None:
    asked = (col(StaffMember.accepted_at).is_(None), col(StaffMember.removed_at).is_(None))
    return session.exec(select(StaffMember).where(StaffMember.user_id == subject.user, *asked)).first()

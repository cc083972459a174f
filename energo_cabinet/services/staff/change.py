"""Changes of money and power that wait for a second administrator: what waits, yes, no, taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from energo_cabinet.auth.access import Subject, service
from energo_cabinet.auth.audit import audit_note
from energo_cabinet.auth.supplier_access import of_supplier
from energo_cabinet.errors import CabinetError, Conflict, NotFound
from energo_cabinet.models import ChangeKind, PendingChange, StaffMember, StaffRoleName, Supplier
from energo_cabinet.services.notice.administrators import tell_administrators
from energo_cabinet.services.staff.member import dismiss, enlist_member, give_role
from energo_cabinet.services.supplier.supplier import set_payee


@dataclass(frozen=True, slots=True)
class ChangeCard:
    """A change that waits; `is_own`: the caller asked for it, and somebody else confirms."""

    id: int
    kind: ChangeKind
    about: str
    supplier: str
    asked_by: str
    asked_at: datetime
    expires_at: datetime
    is_own: bool


@service("staff:admin", "change.list")
def list_changes(session: Session, subject: Subject) -> list[ChangeCard]:
    """What waits at the caller's supplier, the oldest first."""
    rows = session.exec(_waiting(subject).order_by(col(PendingChange.id))).all()
    return [_card(session, subject, row) for row in rows]


@service("staff:admin", "change.decide", step_up=True)
def decide_change(session: Session, subject: Subject, change_id: int, confirm: bool) -> None:
    """Carry a change out, or drop it. Whoever asked may only take it back.

    NotFound, CabinetError("change_is_own"), Conflict when what it is about has changed meanwhile.
    """
    row = session.exec(_waiting(subject).where(PendingChange.id == change_id).with_for_update()).first()
    if row is None:
        raise NotFound
    if confirm is True and row.asked_by == subject.user:
        raise CabinetError("change_is_own")
    row.decided_by, row.decided_at, row.is_confirmed = subject.user, subject.at, confirm is True
    session.add(row)
    audit_note(session, kind=row.kind, about=row.about, asked_by=row.asked_name, confirmed=confirm is True)
    if confirm is True:
        _carry_out(session, subject, row)
    tell_administrators(session, subject, row.supplier_id, "change.decide", row.about)


def _carry_out(session: Session, subject: Subject, row: PendingChange) -> None:
    given = row.details
    if row.kind is ChangeKind.PAYEE:
        set_payee(session, subject.as_system(), given["code"], given["payee"])
    elif row.kind is ChangeKind.ADD:
        supplier = session.get_one(Supplier, given["supplier_id"]) if given["supplier_id"] else None
        enlist_member(session, subject, given["email"], given["name"], StaffRoleName(given["role"]), supplier)
    elif row.kind is ChangeKind.ROLE:
        give_role(session, subject, _member(session, row), StaffRoleName(given["role"]))
    else:
        dismiss(session, subject, _member(session, row))


def _member(session: Session, row: PendingChange) -> StaffMember:
    member = session.get(StaffMember, row.details["member_id"])
    if member is None or member.removed_at is not None or member.supplier_id != row.supplier_id:
        raise Conflict("change_is_past")
    return member


def _waiting(subject: Subject) -> SelectOfScalar[PendingChange]:
    live = (col(PendingChange.decided_at).is_(None), col(PendingChange.expires_at) > subject.at)
    return select(PendingChange).where(*live, of_supplier(subject, PendingChange.supplier_id))


def _card(session: Session, subject: Subject, row: PendingChange) -> ChangeCard:
    supplier = session.get(Supplier, row.supplier_id) if row.supplier_id else None
    return ChangeCard(
        row.id,
        row.kind,
        row.about,
        supplier.name if supplier else "",
        row.asked_name,
        row.asked_at,
        row.expires_at,
        row.asked_by == subject.user_id,
    )

"""What one administrator alone may not do where there are two: it waits, and the other is told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlmodel import Session, col, update

from energo_cabinet.auth.access import Subject
from energo_cabinet.models import ChangeKind, PendingChange
from energo_cabinet.services.notice.administrators import all_administrators, tell_administrators
from energo_cabinet.settings import get_settings

ACTIONS = {
    ChangeKind.PAYEE: "supplier.save_payee",
    ChangeKind.ADD: "staff.add",
    ChangeKind.ROLE: "staff.change_role",
    ChangeKind.REMOVE: "staff.remove",
}
"""What each is called in the audit journal."""


def needs_second(session: Session, subject: Subject, supplier_id: int | None) -> bool:
    """Whether somebody else administers the same, who has to confirm: a disabled account takes away no vote."""
    return any(user.id != subject.user_id for user in all_administrators(session, supplier_id))


def ask_change(
    session: Session,
    subject: Subject,
    supplier_id: int | None,
    kind: ChangeKind,
    about: str,
    details: Mapping[str, Any],
) -> PendingChange:
    """Keep a change until somebody else confirms it; one of the same kind about the same that waits is replaced."""
    waits = (
        col(PendingChange.decided_at).is_(None),
        col(PendingChange.kind) == kind,
        col(PendingChange.about) == about,
    )
    same = col(PendingChange.supplier_id) == supplier_id if supplier_id else col(PendingChange.supplier_id).is_(None)
    session.exec(update(PendingChange).where(*waits, same).values(decided_at=subject.at, decided_by=subject.user))
    row = PendingChange(
        supplier_id=supplier_id,
        kind=kind,
        about=about[:300],
        details=dict(details),
        asked_by=subject.user,
        asked_name=subject.member.name,
        asked_at=subject.at,
        expires_at=subject.at + timedelta(days=get_settings().change_days),
    )
    session.add(row)
    session.flush()
    tell_administrators(session, subject, supplier_id, ACTIONS[kind], about, "change_waits")
    return row

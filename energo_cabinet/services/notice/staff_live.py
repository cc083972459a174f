"""Telling the staff of a supplier, as live events in the transaction of the change."""

from __future__ import annotations

from sqlmodel import Session, col, or_, select

from energo_cabinet.auth.access import Subject
from energo_cabinet.auth.staff import PERMISSIONS, Permission
from energo_cabinet.models import LiveEvent, StaffMember


def tell_staff(session: Session, subject: Subject, supplier_id: int, permission: Permission, topic: str) -> None:
    """A live event for every member of the supplier, or of the installation, whose role has the permission."""
    roles = [role for role, allowed in PERMISSIONS.items() if permission in allowed]
    query = select(StaffMember.user_id).where(
        or_(col(StaffMember.supplier_id) == supplier_id, col(StaffMember.supplier_id).is_(None)),
        col(StaffMember.role).in_(roles),
        col(StaffMember.removed_at).is_(None),
    )
    session.add_all([LiveEvent(user_id=user, topic=topic, created_at=subject.at) for user in session.exec(query)])

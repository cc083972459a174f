"""Who may have a ticket of a supplier: its staff with the permission "desk"."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session, col, select

from energo_cabinet.auth.access import Subject, service
from energo_cabinet.auth.staff import PERMISSIONS
from energo_cabinet.models import StaffMember, User

ROLES = [role for role, permissions in PERMISSIONS.items() if "desk" in permissions]


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody a ticket may be given to."""

    id: int
    name: str


@service("staff:desk", "desk.colleagues", audited=False)
def desk_colleagues(session: Session, subject: Subject) -> tuple[Colleague, ...]:
    """The people of the caller's supplier who answer tickets."""
    number = None if subject.kind == "system" else subject.member.supplier_id
    return colleagues_of(session, number) if number is not None else ()


def colleagues_of(session: Session, supplier_id: int) -> tuple[Colleague, ...]:
    """The people of a supplier who answer tickets, by name."""
    query = select(User.id, User.full_name).join(StaffMember, col(StaffMember.user_id) == User.id)
    working = (StaffMember.supplier_id == supplier_id, col(StaffMember.removed_at).is_(None))
    rows = session.exec(query.where(*working, col(StaffMember.role).in_(ROLES)).order_by(User.full_name)).all()
    return tuple(Colleague(number or 0, name) for number, name in rows)

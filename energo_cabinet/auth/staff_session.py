"""What somebody signed in may do as staff."""

from __future__ import annotations

from sqlmodel import Session

from energo_cabinet.auth.second_factor import active_factor, has_passkey
from energo_cabinet.auth.staff import PERMISSIONS, WITHOUT_SECOND_FACTOR, StaffRole
from energo_cabinet.models import StaffMember, StaffRoleName, User
from energo_cabinet.settings import Settings


def staff_role(session: Session, user: User, member: StaffMember | None, settings: Settings) -> StaffRole | None:
    """What a user is allowed in `/staff`; outside the demo nothing before the second factor is on."""
    if member is None or member.accepted_at is None or member.removed_at is not None:
        return None
    waits = not settings.is_demo and active_factor(session, user.id) is None and not has_passkey(session, user.id)
    role = StaffRoleName(member.role)
    allowed = WITHOUT_SECOND_FACTOR if waits else PERMISSIONS[role]
    return StaffRole(member.id, user.id, member.name, member.supplier_id, role, allowed, waits)

"""Letters to the other administrators when one of them has moved money or power."""

from __future__ import annotations

from sqlmodel import Session, col, select

from energo_cabinet import routes
from energo_cabinet.auth.access import Subject
from energo_cabinet.models import StaffMember, StaffRoleName, Supplier, User, UserStatus
from energo_cabinet.services.notice import letter
from energo_cabinet.settings import get_settings

PAGES = {
    "account": routes.STAFF_ACCOUNTS,
    "incident": routes.STAFF_INCIDENT,
    "look": routes.STAFF_INCIDENT,
}
"""What a letter leads to, by what has been done; the list of members for everything else."""
ADMINISTRATORS = (StaffRoleName.SUPPLIER_ADMIN, StaffRoleName.SYSTEM_ADMIN)


def administrators(session: Session, supplier_id: int | None) -> list[User]:
    """Whoever administers this supplier, or the installation (None), by their accounts."""
    return [user for user in all_administrators(session, supplier_id) if user.status is UserStatus.ACTIVE]


def all_administrators(session: Session, supplier_id: int | None) -> list[User]:
    """They and those whose account is disabled: who disables the other administrators is no less watched by that."""
    mine = StaffMember.supplier_id == supplier_id if supplier_id else col(StaffMember.supplier_id).is_(None)
    query = (
        select(User)
        .join(StaffMember, col(StaffMember.user_id) == User.id)
        .where(mine, col(StaffMember.role).in_(ADMINISTRATORS))
        .where(col(StaffMember.removed_at).is_(None), col(StaffMember.accepted_at).is_not(None))
    )
    return list(session.exec(query.order_by(col(User.id))))


def tell_administrators(
    session: Session, subject: Subject, supplier_id: int | None, action: str, about: str, kind: str = "power_used"
) -> None:
    """Who did what (`audited.<action>`) about what, to everybody else who administers the same.

    Where nobody else does, to whoever administers the installation.
    """
    supplier = session.get_one(Supplier, supplier_id).name if supplier_id else get_settings().system_name
    others = [user for user in administrators(session, supplier_id) if user.id != subject.user_id]
    others = others or [user for user in administrators(session, None) if user.id != subject.user_id]
    for user in others:
        letter.post(
            session,
            subject,
            kind,
            user.email,
            user.language,
            what=letter.Word(f"audited.{action}"),
            about=about or "—",
            who=subject.member.name if subject.staff else letter.Word("staff.command_line"),
            supplier=supplier,
            address=subject.ip or "—",
            link=get_settings().base_url + PAGES.get(action.partition(".")[0], routes.STAFF_MEMBERS),
        )

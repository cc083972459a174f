"""Who works for a supplier: listing, adding, changing the role, removing; the command line adds the first one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import quote

from sqlmodel import Session, col, select

from energo_cabinet import routes
from energo_cabinet.auth import one_time_code
from energo_cabinet.auth.access import Subject, service
from energo_cabinet.auth.audit import Actor, append_entry, audit_note
from energo_cabinet.auth.login_session import revoke
from energo_cabinet.auth.second_factor import active_factor
from energo_cabinet.auth.supplier_access import of_supplier, own_supplier
from energo_cabinet.errors import CabinetError, Conflict, InvalidInput, NotFound, PermissionDenied
from energo_cabinet.models import CodePurpose, StaffMember, StaffRoleName, Supplier, User, UserStatus
from energo_cabinet.services.notice import letter
from energo_cabinet.services.sign_in.registration import normal_email
from energo_cabinet.services.supplier.supplier import supplier_of
from energo_cabinet.settings import get_settings

INVITATION_LIFE = timedelta(days=3)
COMMAND_LINE = Actor("command line")


@dataclass(frozen=True, slots=True)
class MemberCard:
    """A member as the list shows them; `supplier` is "" for administrators of the installation."""

    member_id: int
    name: str
    email: str
    role: str
    supplier: str
    has_second_factor: bool
    added_at: datetime
    is_self: bool


@service("staff:admin", "staff.list")
def list_members(session: Session, subject: Subject) -> list[MemberCard]:
    """Members of the caller's supplier, by name; all of them for an administrator of the installation."""
    query = (
        select(StaffMember, User, Supplier.name)
        .join(User, col(User.id) == StaffMember.user_id)
        .join(Supplier, col(Supplier.id) == StaffMember.supplier_id, isouter=True)
        .where(col(StaffMember.removed_at).is_(None), of_supplier(subject, StaffMember.supplier_id))
    )
    rows = session.execute(query.order_by(StaffMember.name, col(StaffMember.id))).all()
    return [_card(session, subject, *row) for row in rows]


@service("staff:admin", "staff.add")
def add_member(
    session: Session, subject: Subject, email: str, name: str, role: str, supplier_id: int | None = None
) -> MemberCard:
    """Make somebody staff; whoever has no account gets one, and a letter with a link to choose a password.

    InvalidInput for address, name or role; Conflict("staff_exists", "email"); PermissionDenied for a role above the
    caller's.
    """
    wanted = _role(subject, role)
    supplier = None if wanted is StaffRoleName.SYSTEM_ADMIN else own_supplier(session, subject, supplier_id)
    member, user = _enlist(session, subject, email, name, wanted, supplier)
    audit_note(session, member_id=member.id, email=user.email, role=wanted)
    return _card(session, subject, member, user, supplier.name if supplier else None)


@service("staff:admin", "staff.change_role")
def change_role(session: Session, subject: Subject, member_id: int, role: str) -> None:
    """Another role from now on; the member signs in anew. Nobody changes their own."""
    member = _other_member(session, subject, member_id)
    before, member.role = member.role, _role(subject, role)
    if (member.supplier_id is None) != (member.role is StaffRoleName.SYSTEM_ADMIN):
        raise InvalidInput({"role": "staff_role"})
    session.add(member)
    revoke(session, member.user_id, subject.at)
    audit_note(session, before=before, role=role)


@service("staff:admin", "staff.remove")
def remove_member(session: Session, subject: Subject, member_id: int) -> None:
    """No longer staff, at once; the account stays a customer's. Nobody removes themselves."""
    member = _other_member(session, subject, member_id)
    member.removed_at = subject.at
    session.add(member)
    revoke(session, member.user_id, subject.at)
    audit_note(session, role=member.role)


@service("system", "staff.add_by_command")
def enlist(session: Session, subject: Subject, email: str, name: str, role: str, supplier: str) -> MemberCard:
    """`staff add`: the same for the command line, which also makes the first administrator."""
    wanted = _role(subject, role)
    if wanted is StaffRoleName.SYSTEM_ADMIN and supplier:  # works for none: the journal is not to name one
        raise InvalidInput({"supplier": "staff_role"})
    works_for = None if wanted is StaffRoleName.SYSTEM_ADMIN else supplier_of(session, supplier)
    member, user = _enlist(session, subject, email, name, wanted, works_for)
    details = {"member_id": member.id, "email": user.email, "role": wanted, "supplier": supplier}
    append_entry(session, COMMAND_LINE, "staff.add_by_command", subject.at, details)
    return _card(session, subject, member, user, works_for.name if works_for else None)


def _enlist(
    session: Session, subject: Subject, email: str, name: str, role: StaffRoleName, supplier: Supplier | None
) -> tuple[StaffMember, User]:
    if not 0 < len(name.strip()) <= 200:
        raise InvalidInput({"name": "required"})
    user = _account(session, subject, email, name, supplier)
    member = session.exec(select(StaffMember).where(StaffMember.user_id == user.id)).first()
    if member is not None and member.removed_at is None:
        raise Conflict("staff_exists", "email")
    member = member or StaffMember(user_id=user.id, role=role, added_at=subject.at)
    works_for = {"supplier_id": supplier.id if supplier else None, "role": role, "name": name.strip()}
    member.sqlmodel_update(works_for | {"removed_at": None})
    session.add(member)
    revoke(session, user.id, subject.at)  # the next session has the staff's limits
    session.flush()
    return member, user


def _account(session: Session, subject: Subject, email: str, name: str, supplier: Supplier | None) -> User:
    """The account of an address, whose owner is told; a new one without a password is invited to choose it."""
    try:
        address = normal_email(email)
    except CabinetError as error:
        raise InvalidInput({"email": error.code}) from None
    user = session.exec(select(User).where(User.email == address)).first()
    if user is not None and user.status is UserStatus.ACTIVE:
        works_for = supplier.name if supplier else get_settings().system_name
        letter.post(session, subject, "staff_added", address, user.language, supplier=works_for)
        return user
    if user is not None:
        raise Conflict("staff_account_not_active", "email")
    if not 0 < len(name.strip()) <= 200:
        raise InvalidInput({"name": "required"})
    user = User(
        email=address, full_name=name.strip(), password_hash="", password_changed_at=subject.at, created_at=subject.at
    )
    user.status = UserStatus.ACTIVE
    session.add(user)
    session.flush()
    key = one_time_code.issue(session, CodePurpose.RESET, user, subject.at, INVITATION_LIFE)
    link = f"{get_settings().base_url}{routes.RESET}?key={quote(key, safe='')}"
    letter.post(session, subject, "staff_invitation", address, user.language, link=link, days=INVITATION_LIFE.days)
    return user


def _role(subject: Subject, role: str) -> StaffRoleName:
    """A known role; only an administrator of the installation makes another one."""
    if role not in list(StaffRoleName):
        raise InvalidInput({"role": "staff_role"})
    wanted = StaffRoleName(role)
    if wanted is StaffRoleName.SYSTEM_ADMIN and subject.kind != "system" and "system" not in subject.member.permissions:
        raise PermissionDenied
    return wanted


def _other_member(session: Session, subject: Subject, member_id: int) -> StaffMember:
    query = select(StaffMember).where(
        col(StaffMember.removed_at).is_(None), of_supplier(subject, StaffMember.supplier_id)
    )
    member = session.exec(query.where(StaffMember.id == member_id)).first()
    if member is None:
        raise NotFound
    if member.user_id == subject.user:
        raise CabinetError("staff_oneself")
    return member


def _card(session: Session, subject: Subject, member: StaffMember, user: User, supplier: str | None) -> MemberCard:
    return MemberCard(
        member.id,
        member.name,
        user.email,
        member.role,
        supplier or "",
        active_factor(session, member.user_id) is not None,
        member.added_at,
        member.user_id == subject.user_id,
    )

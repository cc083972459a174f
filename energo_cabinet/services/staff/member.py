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
from energo_cabinet.auth.second_factor import active_factor, has_passkey
from energo_cabinet.auth.supplier_access import of_supplier, own_supplier
from energo_cabinet.errors import CabinetError, Conflict, InvalidInput, NotFound, PermissionDenied
from energo_cabinet.models import ChangeKind, CodePurpose, StaffMember, StaffRoleName, Supplier, User, UserStatus
from energo_cabinet.services.notice import letter
from energo_cabinet.services.notice.administrators import ADMINISTRATORS, tell_administrators
from energo_cabinet.services.sign_in.registration import normal_email
from energo_cabinet.services.supplier.change import ask_change, needs_second
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
    has_accepted: bool = True


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


@service("staff:admin", "staff.add", step_up=True)
def add_member(
    session: Session, subject: Subject, email: str, name: str, role: str, supplier_id: int | None = None
) -> MemberCard | None:
    """Ask somebody to be staff: who has an account accepts first, who has none gets a letter to choose a password.

    None: a new administrator waits for a second one's word. InvalidInput for address, name or role;
    Conflict("staff_exists", "email"); PermissionDenied for a role above the caller's.
    """
    wanted = _role(subject, role)
    supplier = None if wanted is StaffRoleName.SYSTEM_ADMIN else own_supplier(session, subject, supplier_id)
    works_for = supplier.id if supplier else None
    check_new(session, email, name)
    audit_note(session, email=email, role=wanted)
    if wanted in ADMINISTRATORS and needs_second(session, subject, works_for):
        details = {"email": email, "name": name, "role": wanted.value, "supplier_id": works_for}
        ask_change(session, subject, works_for, ChangeKind.ADD, f"{name.strip()}, {email.strip()}", details)
        return None
    member, user = enlist_member(session, subject, email, name, wanted, supplier)
    audit_note(session, member_id=member.id)
    tell_administrators(session, subject, works_for, "staff.add", f"{member.name}, {user.email}")
    return _card(session, subject, member, user, supplier.name if supplier else None)


@service("staff:admin", "staff.change_role", step_up=True)
def change_role(session: Session, subject: Subject, member_id: int, role: str) -> bool:
    """Another role; the member signs in anew. Nobody changes their own. False: it waits for a second administrator."""
    member, wanted = _other_member(session, subject, member_id), _role(subject, role)
    if (member.supplier_id is None) != (wanted is StaffRoleName.SYSTEM_ADMIN):
        raise InvalidInput({"role": "staff_role"})
    audit_note(session, before=member.role, role=wanted)
    if wanted == member.role:
        return True
    if needs_second(session, subject, member.supplier_id):
        details = {"member_id": member.id, "role": wanted.value}
        ask_change(session, subject, member.supplier_id, ChangeKind.ROLE, f"{member.name}: {wanted.value}", details)
        return False
    give_role(session, subject, member, wanted)
    tell_administrators(session, subject, member.supplier_id, "staff.change_role", f"{member.name}: {wanted.value}")
    return True


@service("staff:admin", "staff.remove", step_up=True)
def remove_member(session: Session, subject: Subject, member_id: int) -> bool:
    """No longer staff; the account stays a customer's. Nobody removes themselves.

    False: an administrator is removed by two others' word, or by theirs and the installation's, and not by one alone.
    """
    member = _other_member(session, subject, member_id)
    audit_note(session, role=member.role)
    if member.role in ADMINISTRATORS and needs_second(session, subject, member.supplier_id):
        ask_change(session, subject, member.supplier_id, ChangeKind.REMOVE, member.name, {"member_id": member.id})
        return False
    dismiss(session, subject, member)
    tell_administrators(session, subject, member.supplier_id, "staff.remove", member.name)
    return True


def give_role(session: Session, subject: Subject, member: StaffMember, role: StaffRoleName) -> None:
    """Another role from now on."""
    member.role = role
    session.add(member)
    revoke(session, member.user_id, subject.at)


def dismiss(session: Session, subject: Subject, member: StaffMember) -> None:
    """No longer staff, at once."""
    member.removed_at = subject.at
    session.add(member)
    revoke(session, member.user_id, subject.at)


@service("system", "staff.add_by_command")
def enlist(session: Session, subject: Subject, email: str, name: str, role: str, supplier: str) -> MemberCard:
    """`staff add`: the same for the command line, which also makes the first administrator."""
    wanted = _role(subject, role)
    if wanted is StaffRoleName.SYSTEM_ADMIN and supplier:  # works for none: the journal is not to name one
        raise InvalidInput({"supplier": "staff_role"})
    works_for = None if wanted is StaffRoleName.SYSTEM_ADMIN else supplier_of(session, supplier)
    member, user = enlist_member(session, subject, email, name, wanted, works_for)
    member.accepted_at = member.accepted_at or subject.at  # whoever has the command line has the database
    details = {"member_id": member.id, "email": user.email, "role": wanted, "supplier": supplier}
    append_entry(session, COMMAND_LINE, "staff.add_by_command", subject.at, details)
    return _card(session, subject, member, user, works_for.name if works_for else None)


def check_new(session: Session, email: str, name: str) -> str:
    """The address of somebody who is not staff yet; InvalidInput: email, name; Conflict."""
    try:
        address = normal_email(email)
    except CabinetError as error:
        raise InvalidInput({"email": error.code}) from None
    if not 0 < len(name.strip()) <= 200:
        raise InvalidInput({"name": "required"})
    user = session.exec(select(User).where(User.email == address)).first()
    if user is not None and user.status is not UserStatus.ACTIVE:
        raise Conflict("staff_account_not_active", "email")
    if user is not None:
        mine = (StaffMember.user_id == user.id, col(StaffMember.removed_at).is_(None))
        if session.exec(select(StaffMember.id).where(*mine)).first() is not None:
            raise Conflict("staff_exists", "email")
    return address


def enlist_member(
    session: Session, subject: Subject, email: str, name: str, role: StaffRoleName, supplier: Supplier | None
) -> tuple[StaffMember, User]:
    """The row of a new member: an account that exists is asked, one made for the work has accepted by its letter."""
    address = check_new(session, email, name)
    user = session.exec(select(User).where(User.email == address)).first()
    is_new = user is None
    user = user or _account(session, subject, address, name)
    member = session.exec(select(StaffMember).where(StaffMember.user_id == user.id)).first()
    member = member or StaffMember(user_id=user.id, role=role, added_at=subject.at)
    works_for = {"supplier_id": supplier.id if supplier else None, "role": role, "name": name.strip()}
    accepted = {"accepted_at": subject.at if is_new else None, "removed_at": None, "added_at": subject.at}
    member.sqlmodel_update(works_for | accepted)
    session.add(member)
    session.flush()
    if not is_new:
        employer = supplier.name if supplier else get_settings().system_name
        link = get_settings().base_url + routes.START
        letter.post(session, subject, "staff_asked", address, user.language, supplier=employer, link=link)
    return member, user


def _account(session: Session, subject: Subject, address: str, name: str) -> User:
    """A new account without a password, invited to choose it."""
    user = User(
        email=address,
        full_name=name.strip(),
        password_hash="",
        password_changed_at=subject.at,
        status=UserStatus.ACTIVE,
        created_at=subject.at,
    )
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
        active_factor(session, member.user_id) is not None or has_passkey(session, member.user_id),
        member.added_at,
        member.user_id == subject.user_id,
        member.accepted_at is not None,
    )

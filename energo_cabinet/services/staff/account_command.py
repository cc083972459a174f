"""`user` and `staff` of the command line: whoever has it has the database, so it asks nobody and tells everybody."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session, col, select

from energo_cabinet.auth.access import Subject, service
from energo_cabinet.auth.audit import append_entry
from energo_cabinet.auth.second_factor import needs_second_step
from energo_cabinet.errors import CabinetError
from energo_cabinet.models import StaffMember, Supplier, User
from energo_cabinet.services.notice.administrators import tell_administrators
from energo_cabinet.services.staff.account_power import disable, enable, sign_out_everywhere, unlock
from energo_cabinet.services.staff.account_search import AccountLine, find_accounts
from energo_cabinet.services.staff.factor_reset import begin_reset, finish_reset
from energo_cabinet.services.staff.member import COMMAND_LINE, dismiss
from energo_cabinet.services.staff.reach import concerned
from energo_cabinet.services.supplier.supplier import supplier_of


@dataclass(frozen=True, slots=True)
class StaffLine:
    """A member as scripts see them; `supplier` is its code, "" for the installation."""

    email: str
    name: str
    role: str
    supplier: str
    status: str
    has_second_factor: bool


@service("system", "account.list_by_command")
def list_accounts(session: Session, subject: Subject, query: str) -> list[AccountLine]:
    """`user list`: as `account.find` finds them."""
    return find_accounts(session, subject, query)


@service("system", "staff.list_by_command")
def list_staff(session: Session, subject: Subject, supplier: str) -> list[StaffLine]:
    """`staff list`: of one supplier by its code, or of all."""
    query = (
        select(StaffMember, User, Supplier.code)
        .join(User, col(User.id) == StaffMember.user_id)
        .join(Supplier, col(Supplier.id) == StaffMember.supplier_id, isouter=True)
        .where(col(StaffMember.removed_at).is_(None))
    )
    if supplier:
        query = query.where(StaffMember.supplier_id == supplier_of(session, supplier).id)
    rows = session.execute(query.order_by(User.email)).all()
    return [_staff_line(session, *row) for row in rows]


@service("system", "account.disable_by_command")
def disable_by_command(session: Session, subject: Subject, email: str, reason: str) -> str:
    """Disable in the name of the installation; the address. Errors of `account_power.disable`."""
    user = _account(session, email)
    disable(session, subject, user, None, COMMAND_LINE.name, reason)
    return _done(session, subject, user, "account.disable_by_command")


@service("system", "account.enable_by_command")
def enable_by_command(session: Session, subject: Subject, email: str) -> str:
    """Enable, whoever has disabled it; the address."""
    user = _account(session, email)
    enable(session, subject, user, None, COMMAND_LINE.name)
    return _done(session, subject, user, "account.enable_by_command")


@service("system", "account.unlock_by_command")
def unlock_by_command(session: Session, subject: Subject, email: str) -> str:
    """Forget failed sign-ins; the address."""
    user = _account(session, email)
    unlock(session, user)
    return _done(session, subject, user, "account.unlock_by_command")


@service("system", "account.end_sessions_by_command")
def end_sessions_by_command(session: Session, subject: Subject, email: str) -> str:
    """Sign out everywhere; the address."""
    user = _account(session, email)
    sign_out_everywhere(session, subject, user)
    return _done(session, subject, user, "account.end_sessions_by_command")


@service("system", "account.reset_factor_by_command")
def reset_factor_by_command(session: Session, subject: Subject, email: str, is_urgent: bool) -> str:
    """Have the second factor go after the waiting time; `is_urgent`: now. The address."""
    user = _account(session, email)
    if not needs_second_step(session, user.id):
        raise CabinetError("no_second_factor")
    if is_urgent:
        finish_reset(session, subject, user)
    else:
        begin_reset(session, subject, user, None, "")
    kind = "power_used" if is_urgent else "factor_reset_asked"
    return _done(session, subject, user, "account.reset_factor_by_command", kind)


@service("system", "staff.remove_by_command")
def remove_by_command(session: Session, subject: Subject, email: str) -> str:
    """`staff remove`: no longer staff, without a second administrator's word; the address."""
    user = _account(session, email)
    live = (StaffMember.user_id == user.id, col(StaffMember.removed_at).is_(None))
    member = session.exec(select(StaffMember).where(*live)).first()
    if member is None:
        raise CabinetError("unknown_member", "email", email=email[:254])
    done = _done(session, subject, user, "staff.remove_by_command")
    dismiss(session, subject, member)
    return done


def _staff_line(session: Session, member: StaffMember, user: User, supplier: str | None) -> StaffLine:
    has_factor = needs_second_step(session, user.id)
    return StaffLine(user.email, member.name, member.role.value, supplier or "", user.status.value, has_factor)


def _account(session: Session, email: str) -> User:
    user = session.exec(select(User).where(User.email == email.strip().casefold())).first()
    if user is None:
        raise CabinetError("unknown_account", "email", email=email[:254])
    return user


def _done(session: Session, subject: Subject, user: User, action: str, kind: str = "power_used") -> str:
    append_entry(session, COMMAND_LINE, action, subject.at, {"whose_id": user.id, "email": user.email})
    tell_administrators(session, subject, concerned(session, subject, user), action, user.email, kind)
    return user.email

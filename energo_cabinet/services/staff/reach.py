"""How far an administrator's hand reaches: an account that others share is not theirs alone to close."""

from __future__ import annotations

from enum import StrEnum

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from energo_cabinet.auth.access import Subject
from energo_cabinet.auth.supplier_access import visible_account
from energo_cabinet.errors import CabinetError
from energo_cabinet.models import Contract, ContractLink, StaffMember, User


class Reach(StrEnum):
    """OWN: everything; SHARED reads contracts of other suppliers too: sessions, devices and tries alone.

    ABOVE works for another supplier or the installation: nothing. SELF: one's own account is in one's profile.
    """

    OWN = "own"
    SHARED = "shared"
    ABOVE = "above"
    SELF = "self"


REFUSED = {Reach.SHARED: "account_shared", Reach.ABOVE: "account_above", Reach.SELF: "staff_oneself"}


def reach_of(session: Session, subject: Subject, user: User) -> Reach:
    """What the caller may do about an account they may see."""
    if user.id == subject.user_id:
        return Reach.SELF
    mine = None if subject.kind == "system" else subject.member.supplier_id
    if mine is None:
        return Reach.OWN
    if session.exec(_works(user).where(col(StaffMember.supplier_id).is_distinct_from(mine))).first() is not None:
        return Reach.ABOVE
    reads = select(ContractLink.id).join(Contract, col(Contract.id) == ContractLink.contract_id)
    live = (ContractLink.user_id == user.id, col(ContractLink.unlinked_at).is_(None), Contract.supplier_id != mine)
    return Reach.OWN if session.exec(reads.where(*live)).first() is None else Reach.SHARED


def account_within(session: Session, subject: Subject, account_id: int, shared: bool = False) -> User:
    """An account to act on; `shared`: also one that reads contracts of other suppliers.

    NotFound; CabinetError("account_shared"), ("account_above"), ("staff_oneself").
    """
    user = visible_account(session, subject, account_id)
    reach = reach_of(session, subject, user)
    if reach is not Reach.OWN and not (shared and reach is Reach.SHARED):
        raise CabinetError(REFUSED[reach])
    return user


def concerned(session: Session, subject: Subject, user: User) -> int | None:
    """Whose administrators are told: of the supplier the account works for, else the caller's."""
    member = session.exec(_works(user)).first()
    if member is not None:
        return member.supplier_id
    return None if subject.kind == "system" else subject.member.supplier_id


def _works(user: User) -> SelectOfScalar[StaffMember]:
    live = (col(StaffMember.removed_at).is_(None), col(StaffMember.accepted_at).is_not(None))
    return select(StaffMember).where(StaffMember.user_id == user.id, *live)

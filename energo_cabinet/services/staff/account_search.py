"""Accounts as administrators find them: by e-mail, name or contract number, or because something is the matter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, or_, true
from sqlmodel import Session, col, select

from energo_cabinet.auth.access import Subject, service
from energo_cabinet.auth.audit import audit_note
from energo_cabinet.auth.supplier_access import of_supplier, visible_accounts
from energo_cabinet.models import AccountHold, Contract, ContractLink, FactorReset, StaffMember, Supplier, User
from energo_cabinet.settings import get_settings

MOST = 50
SHORTEST = 3


@dataclass(frozen=True, slots=True)
class AccountLine:
    """An account in a list; `role` "" for nobody's staff; `is_guessed`: wrong passwords have closed it to strangers."""

    account_id: int
    name: str
    email: str
    status: str
    role: str
    supplier: str
    is_guessed: bool
    has_reset: bool


@service("staff:admin", "account.find")
def find_accounts(session: Session, subject: Subject, query: str = "") -> list[AccountLine]:
    """At most MOST whose e-mail begins with, name contains or contract is what was typed, by e-mail.

    With fewer than SHORTEST characters those that something is the matter with: disabled, guessed at, waiting for a
    reset of the second factor.
    """
    words = query.strip()[:200] if isinstance(query, str) else ""
    audit_note(session, query=words)
    found = visible_accounts(subject).where(_named(subject, words) if len(words) >= SHORTEST else _troubled())
    return [account_line(session, subject, user) for user in session.exec(found.order_by(User.email).limit(MOST))]


def account_line(session: Session, subject: Subject, user: User) -> AccountLine:
    """An account that the caller may see."""
    live = (StaffMember.user_id == user.id, col(StaffMember.removed_at).is_(None))
    member = session.exec(select(StaffMember).where(*live, of_supplier(subject, StaffMember.supplier_id))).first()
    supplier = session.get(Supplier, member.supplier_id) if member and member.supplier_id else None
    reads = session.exec(select(User.id).where(User.id == user.id, _is_customer(subject))).first() is not None
    return AccountLine(
        user.id,
        user.full_name if reads or member is None else member.name,
        user.email,
        user.status.value,
        member.role.value if member else "",
        supplier.name if supplier else "",
        user.failed_sign_ins >= get_settings().limit_login_consecutive,
        session.exec(_waiting().where(FactorReset.user_id == user.id)).first() is not None,
    )


def _named(subject: Subject, words: str) -> ColumnElement[bool]:
    number = _readers(subject).where(Contract.number == words)
    mine = (of_supplier(subject, StaffMember.supplier_id), col(StaffMember.removed_at).is_(None))
    at_work = select(StaffMember.user_id).where(_contains(StaffMember.name, words), *mine)
    return or_(
        col(User.email).startswith(words.casefold(), autoescape=True),
        col(User.id).in_(at_work),
        col(User.id).in_(number),
        _contains(User.full_name, words) & _is_customer(subject),
    )


def _contains(column: Any, words: str) -> ColumnElement[bool]:
    """As typed, or as names are written: SQLite folds the case of Latin letters alone."""
    ways = {words, words.title(), words.lower()}
    return or_(*(col(column).contains(way, autoescape=True) for way in ways))


def _is_customer(subject: Subject) -> ColumnElement[bool]:
    """What somebody is called as a customer is for whoever's customer they are, and not for their employer."""
    is_root = subject.kind == "system" or subject.member.supplier_id is None
    return true() if is_root else col(User.id).in_(_readers(subject))


def _readers(subject: Subject) -> Any:
    query = select(ContractLink.user_id).join(Contract, col(Contract.id) == ContractLink.contract_id)
    return query.where(col(ContractLink.unlinked_at).is_(None), of_supplier(subject, Contract.supplier_id))


def _waiting() -> Any:
    waits = (col(FactorReset.stopped_at).is_(None), col(FactorReset.done_at).is_(None))
    return select(FactorReset.user_id).where(*waits)


def _troubled() -> ColumnElement[bool]:
    held = select(AccountHold.user_id).where(col(AccountHold.lifted_at).is_(None))
    guessed = col(User.failed_sign_ins) >= get_settings().limit_login_consecutive
    return or_(col(User.id).in_(held), col(User.id).in_(_waiting()), guessed)

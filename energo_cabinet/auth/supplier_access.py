"""The wall between suppliers: what a member of the staff may see. Every staff query on customer data starts here."""

from __future__ import annotations

from typing import Any, TypeVar

from sqlalchemy import ColumnElement, or_, true
from sqlmodel import Session, SQLModel, col, select
from sqlmodel.sql.expression import SelectOfScalar

from energo_cabinet.auth.access import Subject
from energo_cabinet.auth.audit import audit_note
from energo_cabinet.errors import NotFound
from energo_cabinet.models import (
    Contract,
    ContractLink,
    LinkRequest,
    MeteringPoint,
    StaffMember,
    Supplier,
    Ticket,
    User,
)

M = TypeVar("M", bound=SQLModel)
ERASED_HOST = "erased.invalid"
"""Where the addresses of erased accounts stand."""


def of_supplier(subject: Subject, column: Any) -> ColumnElement[bool]:
    """The condition that a row with this `supplier_id` column is the member's supplier's.

    Everything for the system and for administrators of the installation.
    """
    if subject.kind == "system" or subject.member.supplier_id is None:
        return true()
    return col(column) == subject.member.supplier_id


def own_supplier(session: Session, subject: Subject, supplier_id: int | None = None) -> Supplier:
    """The supplier a member works for; administrators of the installation (and the system) name one. NotFound else."""
    mine = None if subject.kind == "system" else subject.member.supplier_id
    return _one(session, select(Supplier).where(of_supplier(subject, Supplier.id)), Supplier.id, supplier_id or mine)


def visible_supplier_contracts(subject: Subject) -> SelectOfScalar[Contract]:
    """Contracts of the member's supplier."""
    return select(Contract).where(of_supplier(subject, Contract.supplier_id))


def visible_supplier_contract(session: Session, subject: Subject, contract_id: int) -> Contract:
    """One of them, or NotFound; the audit journal says whose data were read."""
    found = _one(session, visible_supplier_contracts(subject), Contract.id, contract_id)
    audit_note(session, contract_id=found.id)
    return found


def visible_supplier_points(subject: Subject) -> SelectOfScalar[MeteringPoint]:
    """Metering points of the member's supplier."""
    return select(MeteringPoint).where(of_supplier(subject, MeteringPoint.supplier_id))


def visible_supplier_point(session: Session, subject: Subject, point_id: int) -> MeteringPoint:
    """One of them, or NotFound."""
    found = _one(session, visible_supplier_points(subject), MeteringPoint.id, point_id)
    audit_note(session, contract_id=found.contract_id)
    return found


def visible_supplier_tickets(subject: Subject) -> SelectOfScalar[Ticket]:
    """Tickets about contracts of the member's supplier."""
    query = select(Ticket).join(Contract, col(Contract.id) == Ticket.contract_id)
    return query.where(of_supplier(subject, Contract.supplier_id))


def visible_supplier_ticket(session: Session, subject: Subject, ticket_id: int) -> Ticket:
    """One of them, or NotFound."""
    found = _one(session, visible_supplier_tickets(subject), Ticket.id, ticket_id)
    audit_note(session, contract_id=found.contract_id, whose_id=found.user_id)
    return found


def visible_supplier_users(subject: Subject) -> SelectOfScalar[User]:
    """People with a contract of the member's supplier in their cabinet, or who have asked it for one."""
    linked = (
        select(ContractLink.user_id)
        .join(Contract, col(Contract.id) == ContractLink.contract_id)
        .where(col(ContractLink.unlinked_at).is_(None), of_supplier(subject, Contract.supplier_id))
    )
    asking = select(LinkRequest.user_id).where(of_supplier(subject, LinkRequest.supplier_id))
    return select(User).where(or_(col(User.id).in_(linked), col(User.id).in_(asking)))


def visible_supplier_user(session: Session, subject: Subject, customer_id: int) -> User:
    """One of them, or NotFound."""
    found = _one(session, visible_supplier_users(subject), User.id, customer_id)
    audit_note(session, whose_id=found.id)
    return found


def visible_accounts(subject: Subject) -> SelectOfScalar[User]:
    """Accounts that read a contract of the member's supplier or work for it, with whatever has been disabled of them.

    All but erased ones for administrators of the installation.
    """
    query = select(User).where(col(User.email).not_like(f"%@{ERASED_HOST}"))
    if subject.kind == "system" or subject.member.supplier_id is None:
        return query
    mine = subject.member.supplier_id
    reads = (
        select(ContractLink.user_id)
        .join(Contract, col(Contract.id) == ContractLink.contract_id)
        .where(col(ContractLink.unlinked_at).is_(None), Contract.supplier_id == mine)
    )
    works = select(StaffMember.user_id).where(StaffMember.supplier_id == mine, col(StaffMember.removed_at).is_(None))
    return query.where(or_(col(User.id).in_(reads), col(User.id).in_(works)))


def visible_account(session: Session, subject: Subject, account_id: int) -> User:
    """One of them, or NotFound."""
    found = _one(session, visible_accounts(subject), User.id, account_id)
    audit_note(session, whose_id=found.id)
    return found


def _one(session: Session, query: SelectOfScalar[M], key: Any, value: int | None) -> M:
    """The row with this id among those of the query; NotFound, also for None."""
    if value is None:
        raise NotFound
    row = session.exec(query.where(col(key) == value)).first()
    if row is None:
        raise NotFound
    return row

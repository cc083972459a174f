"""Objections of readers to a new one: the supplier keeps the new reader out, or lets them in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from energo_cabinet.auth.access import Subject, service
from energo_cabinet.auth.audit import audit_note
from energo_cabinet.auth.looks import looked_at
from energo_cabinet.auth.supplier_access import of_supplier
from energo_cabinet.errors import Conflict, NotFound
from energo_cabinet.models import (
    Contract,
    ContractLink,
    LinkObjection,
    LinkWay,
    NotificationKind,
    ObjectionFate,
    Supplier,
    User,
    UserStatus,
)
from energo_cabinet.services.contract.customer_block import check_reason
from energo_cabinet.services.contract.link_request import REQUESTS
from energo_cabinet.services.contract.opening import open_again
from energo_cabinet.services.notice.sending import Message, tell
from energo_cabinet.services.notice.staff_live import tell_staff

MOST = 100


@dataclass(frozen=True, slots=True)
class StaffObjection:
    """What staff decide on; `objector` "" is the supplier's own address. `is_out`: the reader is out until then."""

    id: int
    contract_id: int
    number: str
    customer_name: str
    reader: str
    reader_email: str
    way: LinkWay
    linked_at: datetime
    objector: str
    objected_at: datetime
    is_out: bool


@service("staff:customers", "objection.list")
def list_objections(session: Session, subject: Subject) -> list[StaffObjection]:
    """What waits for a decision, the oldest first; at most MOST."""
    return _list(session, subject)


@service("staff:customers", "objection.list_again", audited=False)
def list_objections_again(session: Session, subject: Subject) -> list[StaffObjection]:
    """The list that is open already, after something has changed."""
    looked_at(is_list=True)
    return _list(session, subject)


def _list(session: Session, subject: Subject) -> list[StaffObjection]:
    query = (
        select(LinkObjection, ContractLink, Contract, User)
        .join(ContractLink, col(ContractLink.id) == LinkObjection.link_id)
        .join(Contract, col(Contract.id) == LinkObjection.contract_id)
        .join(User, col(User.id) == ContractLink.user_id)
        .where(of_supplier(subject, LinkObjection.supplier_id), LinkObjection.fate == ObjectionFate.OBJECTED)
        .order_by(col(LinkObjection.id))
        .limit(MOST)
    )
    return [_card(session, *row) for row in session.exec(query).all()]


@service("staff:customers", "objection.decide")
def decide_objection(session: Session, subject: Subject, objection_id: int, let_in: bool, reason: str) -> None:
    """Keep the new reader out for good, or let them in (again), with a sentence both read.

    InvalidInput("reason"); Conflict("objection_decided"); NotFound for another supplier's.
    """
    row = _waiting(session, subject, objection_id)
    reason, fate = check_reason(reason), ObjectionFate.LET_IN if let_in is True else ObjectionFate.KEPT_OUT
    link, contract = session.get_one(ContractLink, row.link_id), session.get_one(Contract, row.contract_id)
    audit_note(session, whose_id=link.user_id, contract_id=contract.id, fate=fate, reason=reason)
    objectors = _settle(session, subject, link, fate)
    if fate is ObjectionFate.LET_IN:
        open_again(session, subject, contract, link)
    elif link.unlinked_at is None:
        link.unlinked_at = subject.at
        session.add(link)
    kind = NotificationKind.UNBLOCKED if fate is ObjectionFate.LET_IN else NotificationKind.UNLINKED
    facts = {"number": contract.number, "supplier": session.get_one(Supplier, row.supplier_id).name, "reason": reason}
    tell(session, subject, _people(session, {link.user_id}), Message(kind, facts=facts, contract_id=contract.id))
    decided = Message(NotificationKind.OBJECTION_DONE, facts=facts, contract_id=contract.id)
    tell(session, subject, _people(session, objectors), decided)
    tell_staff(session, subject, row.supplier_id, "customers", REQUESTS)


def _waiting(session: Session, subject: Subject, objection_id: int) -> LinkObjection:
    own = of_supplier(subject, LinkObjection.supplier_id)
    query = select(LinkObjection).where(LinkObjection.id == objection_id, own)
    row = session.exec(query.with_for_update()).first()
    if row is None:
        raise NotFound
    if row.fate is not ObjectionFate.OBJECTED:
        raise Conflict("objection_decided")
    return row


def _settle(session: Session, subject: Subject, link: ContractLink, fate: ObjectionFate) -> set[int]:
    """The same decision on every objection to this reader; who had objected in the cabinet or by letter."""
    same = select(LinkObjection).where(LinkObjection.link_id == link.id, LinkObjection.fate == ObjectionFate.OBJECTED)
    rows = session.exec(same).all()
    for row in rows:
        row.fate, row.decided_at, row.by = fate, subject.at, subject.member.name
        session.add(row)
    session.flush()
    return {row.user_id for row in rows if row.user_id is not None}


def _people(session: Session, ids: set[int]) -> list[User]:
    active = (col(User.id).in_(ids), User.status == UserStatus.ACTIVE)
    return list(session.exec(select(User).where(*active).order_by(col(User.id))))


def _card(session: Session, row: LinkObjection, link: ContractLink, contract: Contract, reader: User) -> StaffObjection:
    zone = ZoneInfo(session.get_one(Supplier, row.supplier_id).zone_name)
    objector = session.get(User, row.user_id) if row.user_id else None
    return StaffObjection(
        id=row.id,
        contract_id=contract.id,
        number=contract.number,
        customer_name=contract.customer_name,
        reader=reader.full_name,
        reader_email=reader.email,
        way=link.way,
        linked_at=link.linked_at.astimezone(zone),
        objector=objector.full_name if objector else "",
        objected_at=(row.objected_at or row.created_at).astimezone(zone),
        is_out=link.unlinked_at is not None,
    )

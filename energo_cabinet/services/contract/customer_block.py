"""What a supplier has closed: a contract to new links, a person at this supplier; each with a reason people read.

A supplier never closes an account, which may hold other suppliers' contracts: it takes its own contracts out of it.
"""

from __future__ import annotations

from sqlalchemy import bindparam
from sqlmodel import Session, and_, col, func, or_, select

from energo_cabinet.auth.access import Subject, service
from energo_cabinet.auth.audit import audit_note
from energo_cabinet.auth.supplier_access import (
    own_supplier,
    visible_supplier_contract,
    visible_supplier_contracts,
    visible_supplier_user,
)
from energo_cabinet.domain.form_text import text_problem
from energo_cabinet.errors import CabinetError, Conflict, InvalidInput, NotFound
from energo_cabinet.models import Contract, ContractLink, CustomerBlock, NotificationKind, Supplier, User
from energo_cabinet.services.notice.sending import Message, readers_of, tell

LONGEST_REASON = 500
BLOCKED_REASON = func.coalesce(
    select(CustomerBlock.reason)
    .where(CustomerBlock.contract_id == Contract.id, col(CustomerBlock.lifted_at).is_(None))
    .correlate(Contract)
    .scalar_subquery(),
    "",
)
"""Column: why the contract is closed, "" when it is not."""

_LIVE = select(CustomerBlock).where(
    col(CustomerBlock.lifted_at).is_(None),
    or_(
        CustomerBlock.contract_id == bindparam("contract"),
        and_(CustomerBlock.user_id == bindparam("user"), CustomerBlock.supplier_id == bindparam("supplier")),
    ),
)


def block_of(session: Session, contract: Contract, user_id: int = 0) -> CustomerBlock | None:
    """What keeps a person from a contract now."""
    params = {"contract": contract.id, "user": user_id, "supplier": contract.supplier_id}
    found: CustomerBlock | None = session.scalars(_LIVE, params).first()
    return found


def refuse_blocked(session: Session, contract: Contract, user_id: int, field: str) -> None:
    """CabinetError with the reason when the contract, or the person at its supplier, is closed."""
    block = block_of(session, contract, user_id)
    if block is not None:
        code = "contract_blocked" if block.contract_id else "customer_blocked"
        raise CabinetError(code, field, reason=block.reason)


@service("staff:customers", "contract.block")
def block_contract(session: Session, subject: Subject, contract_id: int, reason: str) -> None:
    """Let nobody link it any more; who has it keeps it and reads why. InvalidInput("reason"), Conflict."""
    contract, reason = visible_supplier_contract(session, subject, contract_id), check_reason(reason)
    if block_of(session, contract) is not None:
        raise Conflict("already_blocked", "reason")
    _add(session, subject, _block(subject, contract.supplier_id, reason, contract_id=contract.id))
    facts = {"number": contract.number, "supplier": _name(session, contract.supplier_id), "reason": reason}
    told = Message(NotificationKind.BLOCKED, facts=facts, contract_id=contract.id)
    tell(session, subject, readers_of(session, contract_id), told)


@service("staff:customers", "contract.unblock")
def unblock_contract(session: Session, subject: Subject, contract_id: int, reason: str) -> None:
    """Open it again."""
    contract, reason = visible_supplier_contract(session, subject, contract_id), check_reason(reason)
    _lift(session, subject, block_of(session, contract), reason)
    facts = {"number": contract.number, "supplier": _name(session, contract.supplier_id), "reason": reason}
    told = Message(NotificationKind.UNBLOCKED, facts=facts, contract_id=contract.id)
    tell(session, subject, readers_of(session, contract_id), told)


@service("staff:customers", "customer.unlink")
def unlink_person(session: Session, subject: Subject, contract_id: int, customer_id: int, reason: str) -> None:
    """Take a contract out of a person's cabinet, who is told why. Conflict when it is not there."""
    contract, reason = visible_supplier_contract(session, subject, contract_id), check_reason(reason)
    person = visible_supplier_user(session, subject, customer_id)
    live = (ContractLink.user_id == person.id, col(ContractLink.unlinked_at).is_(None))
    link = session.exec(select(ContractLink).where(*live, ContractLink.contract_id == contract.id)).first()
    if link is None:
        raise Conflict("not_linked", "reason")
    link.unlinked_at = subject.at
    session.add(link)
    audit_note(session, reason=reason)
    _tell_person(session, subject, person, contract.supplier_id, [contract.number], reason)


@service("staff:customers", "customer.block")
def block_person(session: Session, subject: Subject, customer_id: int, reason: str) -> None:
    """Take all contracts of the supplier out of a person's cabinet and let none in again; the account stays.

    InvalidInput("reason"); Conflict when it is so already.
    """
    person, reason = visible_supplier_user(session, subject, customer_id), check_reason(reason)
    supplier_id = own_supplier(session, subject).id
    if _person_block(session, supplier_id, customer_id) is not None:
        raise Conflict("already_blocked", "reason")
    _add(session, subject, _block(subject, supplier_id, reason, user_id=person.id))
    own = visible_supplier_contracts(subject).with_only_columns(col(Contract.id))
    mine = (ContractLink.user_id == person.id, col(ContractLink.unlinked_at).is_(None))
    here = select(ContractLink, Contract.number).join(Contract, col(Contract.id) == ContractLink.contract_id)
    gone = session.exec(here.where(*mine, col(Contract.id).in_(own))).all()
    for link, _ in gone:
        link.unlinked_at = subject.at
        session.add(link)
    _tell_person(session, subject, person, supplier_id, [number for _, number in gone], reason)


@service("staff:customers", "customer.unblock")
def unblock_person(session: Session, subject: Subject, customer_id: int, reason: str) -> None:
    """Let the person in again; what the block took out comes back."""
    supplier = own_supplier(session, subject)
    block = _person_block(session, supplier.id, customer_id)
    if block is None:
        raise NotFound
    person, reason = session.get_one(User, customer_id), check_reason(reason)
    audit_note(session, whose_id=customer_id)
    _lift(session, subject, block, reason)
    taken = (ContractLink.user_id == person.id, ContractLink.unlinked_at == block.blocked_at)
    own = visible_supplier_contracts(subject).with_only_columns(col(Contract.id))
    links = session.exec(select(ContractLink).where(*taken, col(ContractLink.contract_id).in_(own))).all()
    for link in links:
        session.add(ContractLink(**link.model_dump(exclude={"id", "unlinked_at"}) | {"linked_at": subject.at}))
    facts = {"number": "", "supplier": supplier.name, "reason": reason}
    tell(session, subject, [person], Message(NotificationKind.UNBLOCKED, facts=facts))


def check_reason(reason: object) -> str:
    """A sentence for people, or InvalidInput("reason")."""
    problem = text_problem(reason, LONGEST_REASON)
    if problem or not isinstance(reason, str):
        raise InvalidInput({"reason": "text_too_long" if problem == "too_long" else problem})
    return reason.strip()


def _person_block(session: Session, supplier_id: int, customer_id: int) -> CustomerBlock | None:
    live = (CustomerBlock.user_id == customer_id, CustomerBlock.supplier_id == supplier_id)
    return session.exec(select(CustomerBlock).where(*live, col(CustomerBlock.lifted_at).is_(None))).first()


def _block(subject: Subject, supplier_id: int, reason: str, **whom: int | None) -> CustomerBlock:
    facts = {"supplier_id": supplier_id, "reason": reason, "by": subject.member.name, "blocked_at": subject.at}
    return CustomerBlock.model_validate(facts | whom)


def _add(session: Session, subject: Subject, block: CustomerBlock) -> None:
    session.add(block)
    audit_note(session, reason=block.reason)
    session.flush()


def _lift(session: Session, subject: Subject, block: CustomerBlock | None, reason: str) -> None:
    if block is None:
        raise Conflict("not_blocked", "reason")
    block.lifted_at = subject.at
    session.add(block)
    audit_note(session, reason=reason)


def _tell_person(
    session: Session, subject: Subject, person: User, supplier_id: int, numbers: list[str], reason: str
) -> None:
    """About no contract: what has left the cabinet takes its notifications with it."""
    facts = {"number": ", ".join(numbers), "supplier": _name(session, supplier_id), "reason": reason}
    tell(session, subject, [person], Message(NotificationKind.UNLINKED, facts=facts))


def _name(session: Session, supplier_id: int) -> str:
    return session.get_one(Supplier, supplier_id).name

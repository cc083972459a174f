"""What is to be fetched of a contract that another system keeps: noted here, fetched by the exchange (DESIGN 1.8)."""

from __future__ import annotations

from sqlmodel import Session, col, func, select

from energo_cabinet.auth.access import Subject
from energo_cabinet.models import Contract, ContractSync, SupplierSync, SyncCursor

RESOURCES = {
    "contract": 0,
    "points": 1,
    "meters": 2,
    "balance": 3,
    "bills": 4,
    "payments": 5,
    "readings": 6,
    "profile": 7,
    "events": 8,
    "notifications": 9,
    "ticket_updates": 10,
    "decisions": 11,
}
"""In the order of a first load: points before what is measured at them, money before the long profile."""


def begin_sync(session: Session, subject: Subject, contract: Contract) -> None:
    """A contract has been linked: everything about it is fetched at once. One that is known already stays as it is."""
    if session.get(ContractSync, contract.id) is not None:
        return
    state = session.get(SupplierSync, contract.supplier_id)
    state = state or SupplierSync(supplier_id=contract.supplier_id, next_at=subject.at)
    state.next_at = min(state.next_at, subject.at)
    session.add(state)
    session.add(ContractSync(contract_id=contract.id, supplier_id=contract.supplier_id, linked_at=subject.at))
    session.flush()
    for resource in RESOURCES:
        mark_due(session, subject, state, contract.id, resource)


def mark_due(session: Session, subject: Subject, state: SupplierSync, contract_id: int, resource: str) -> None:
    """The resource waits to be fetched; until all of the contract's are, its data are as old as they are now."""
    contract = session.get_one(ContractSync, contract_id)
    if not waits(session, contract_id):
        contract.as_of = state.as_of
        session.add(contract)
    row = session.get(SyncCursor, (contract_id, resource))
    row = row or SyncCursor(contract_id=contract_id, resource=resource, supplier_id=state.supplier_id)
    row.due_at, row.tries = subject.at, 0
    session.add(row)
    session.flush()


def waits(session: Session, contract_id: int) -> bool:
    """Whether anything of a contract is still to be fetched."""
    query = select(func.count()).where(SyncCursor.contract_id == contract_id, col(SyncCursor.due_at).is_not(None))
    return bool(session.exec(query).one())

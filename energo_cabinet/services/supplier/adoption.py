"""A contract that another system keeps gets its row here when it is linked, and its data begin to come."""

from __future__ import annotations

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from energo_cabinet.auth.access import Subject, service
from energo_cabinet.errors import Conflict
from energo_cabinet.gateways.supplier import ContractFacts
from energo_cabinet.models import Contract
from energo_cabinet.services.supplier.sync_due import begin_sync


@service("system", "exchange.follow_contract")
def follow_contract(session: Session, subject: Subject, contract_id: int) -> None:
    """Bring the data of a contract here that has its row already."""
    begin_sync(session, subject, session.get_one(Contract, contract_id))


def adopt(session: Session, subject: Subject, supplier_id: int, facts: ContractFacts) -> Contract:
    """The row of the contract that the supplier has opened; made the first time. Conflict."""
    mine = select(Contract).where(Contract.supplier_id == supplier_id, Contract.supplier_ref == facts.ref)
    contract = session.exec(mine).first()
    if contract is None:
        contract = _made(session, supplier_id, facts)
    begin_sync(session, subject, contract)
    return contract


def _made(session: Session, supplier_id: int, facts: ContractFacts) -> Contract:
    contract = Contract(
        supplier_id=supplier_id,
        number=facts.number,
        login=facts.login,
        password_hash="",
        customer_name=facts.customer_name,
        address=facts.address,
        consumer_class=facts.consumer_class,
        supplier_ref=facts.ref,
    )
    try:
        with session.begin_nested():
            session.add(contract)
            session.flush()
    except IntegrityError:
        raise Conflict("contract_number_exists", "login", number=facts.number) from None
    return contract

"""Codes of all contracts for the supplier's own billing, which prints them on bills."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session, col, select

from energo_cabinet.auth.access import Subject, service
from energo_cabinet.auth.audit import audit_note
from energo_cabinet.auth.supplier_access import own_supplier
from energo_cabinet.models import Contract
from energo_cabinet.services.contract.code import printed_code
from energo_cabinet.services.notice.administrators import tell_administrators

PART = 10_000


@dataclass(frozen=True, slots=True)
class CodesPart:
    """Numbers and codes by contract, and the contract to go on after; 0 at the end."""

    rows: list[tuple[str, str]]
    after: int


@service("staff:admin", "contract.codes", step_up=True)
def contract_codes(session: Session, subject: Subject, after: int = 0, supplier_id: int | None = None) -> CodesPart:
    """The next PART of them, by id; the other administrators are told when it begins."""
    supplier = own_supplier(session, subject, supplier_id)
    begin = after if type(after) is int and after > 0 else 0
    query = select(Contract).where(Contract.supplier_id == supplier.id, col(Contract.id) > begin)
    found = session.exec(query.order_by(col(Contract.id)).limit(PART)).all()
    audit_note(session, count=len(found))
    if not begin:
        tell_administrators(session, subject, supplier.id, "contract.codes", supplier.name)
    rows = [(contract.number, printed_code(contract)) for contract in found]
    return CodesPart(rows, found[-1].id if len(found) == PART else 0)

"""Reads of bills and payments that several use cases share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from energo_cabinet.auth.access import Subject, visible_contract
from energo_cabinet.domain.bill.ledger import BillSum, PaymentSum
from energo_cabinet.domain.bill.penalty import PenaltyRule
from energo_cabinet.domain.time.local_day import local_day
from energo_cabinet.errors import NotFound
from energo_cabinet.models import Bill, Contract, Payment, Supplier
from energo_cabinet.settings import get_settings

# Built once: building a statement costs more than running it.
_IDS: Any = bindparam("ids", expanding=True)
_BILLS: Any = (
    select(  # type: ignore[call-overload]
        Bill.contract_id, Bill.id, Bill.number, Bill.month, Bill.issued_on, Bill.due_on, Bill.amount_rub
    )
    .where(col(Bill.contract_id).in_(_IDS))
    .order_by(Bill.month)
)
_PAYMENTS: Any = (
    select(Payment.contract_id, Payment.number, Payment.paid_on, Payment.amount_rub)  # type: ignore[call-overload]
    .where(col(Payment.contract_id).in_(_IDS))
    .order_by(Payment.paid_on, Payment.id)
)


@dataclass(frozen=True, slots=True)
class Account:
    """Everything charged and paid of a contract; `today` is local to the supplier."""

    bills: tuple[BillSum, ...]
    payments: tuple[PaymentSum, ...]
    today: date


def accounts_of(session: Session, contract_ids: Sequence[int], days: dict[int, date]) -> dict[int, Account]:
    """Contract → its account; amounts are added up here, because SQLite keeps them as text."""
    bills: dict[int, list[BillSum]] = {}
    payments: dict[int, list[PaymentSum]] = {}
    for contract_id, *rest in session.execute(_BILLS, {"ids": contract_ids}):
        bills.setdefault(contract_id, []).append(BillSum(*rest))
    for contract_id, *rest in session.execute(_PAYMENTS, {"ids": contract_ids}):
        payments.setdefault(contract_id, []).append(PaymentSum(*rest))
    return {c: Account(tuple(bills.get(c, ())), tuple(payments.get(c, ())), days[c]) for c in contract_ids}


def account_of(session: Session, subject: Subject, contract: Contract) -> Account:
    """Everything charged and paid of one contract."""
    supplier = session.get(Supplier, contract.supplier_id)
    assert supplier is not None
    key = contract.id
    return accounts_of(session, [key], {key: local_day(subject.at, supplier.zone_name)})[key]


def visible_bill(session: Session, subject: Subject, bill_id: int) -> tuple[Bill, Contract]:
    """A bill of a visible contract, or NotFound."""
    bill = session.get(Bill, bill_id)
    if bill is None:
        raise NotFound
    return bill, visible_contract(session, subject, bill.contract_id)


def penalty_rule() -> PenaltyRule | None:
    """The rule of the settings; None where no key rate is set."""
    given = get_settings()
    rate = Decimal(str(given.penalty_key_rate_percent))
    if not rate:
        return None
    steps = (tuple(map(int, step.split(":"))) for step in given.penalty_steps.split(","))
    return PenaltyRule(tuple(sorted((since, share) for since, share in steps)), rate)

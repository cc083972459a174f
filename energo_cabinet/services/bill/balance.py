"""The balance of a contract and what it is made of (Н-43)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Literal
from zoneinfo import ZoneInfo

from sqlmodel import Session

from energo_cabinet.auth.access import Subject, service, visible_contract
from energo_cabinet.domain.bill.ledger import ZERO, SettledBill, balance_of, settle
from energo_cabinet.domain.bill.penalty import penalty
from energo_cabinet.models import ConsumerClass, Contract, ContractSync, GatewayKind, Supplier
from energo_cabinet.services.values.bill_read import Account, account_of, penalty_rule
from energo_cabinet.settings import get_settings

BalanceStatus = Literal["debt", "due", "zero", "credit"]
"""Overdue, to be paid in time, even, paid ahead."""


@dataclass(frozen=True, slots=True)
class BalancePart:
    """What the balance is made of: an open bill (below zero); else what was paid ahead or went back."""

    amount_rub: Decimal
    bill_id: int | None = None
    number: str = ""
    month: date | None = None
    is_overdue: bool = False


@dataclass(frozen=True, slots=True)
class LastCharge:
    """The newest bill."""

    bill_id: int
    number: str
    month: date
    amount_rub: Decimal


@dataclass(frozen=True, slots=True)
class LastPayment:
    """The newest payment."""

    paid_on: date
    amount_rub: Decimal


@dataclass(frozen=True, slots=True)
class Stated:
    """What the supplier's own books say the customer owes (below zero: paid ahead), as of when by its clock."""

    debt_rub: Decimal
    at: datetime


@dataclass(frozen=True, slots=True)
class ContractBalance:
    """`amount_rub` below zero: to be paid, of which `debt_rub` is late. `due_on`: of the oldest open bill.

    `penalty_rub`: what the law lets the supplier add by today, not part of the balance; None where it does not apply.
    `stated`: only where the supplier's own balance is another one.
    """

    status: BalanceStatus
    amount_rub: Decimal
    debt_rub: Decimal
    parts: tuple[BalancePart, ...]
    last_charge: LastCharge | None
    last_payment: LastPayment | None
    due_on: date | None
    penalty_rub: Decimal | None
    penalty_source: str
    today: date
    stated: Stated | None = None

    @property
    def to_pay_rub(self) -> Decimal:
        """What brings the balance to zero."""
        return max(ZERO, -self.amount_rub)


@service("customer", "bill.balance")
def contract_balance(session: Session, subject: Subject, contract_id: int) -> ContractBalance | None:
    """The balance of a contract; None while nothing has been charged or paid. NotFound: not the caller's."""
    contract = visible_contract(session, subject, contract_id)
    account = account_of(session, subject, contract)
    if not account.bills and not account.payments:
        return None
    found = _balance(account, has_penalty=contract.consumer_class != ConsumerClass.COMPANY)
    stated = _stated(session, contract)
    return found if stated is None or stated.debt_rub == -found.amount_rub else replace(found, stated=stated)


def _stated(session: Session, contract: Contract) -> Stated | None:
    """None where the books are kept here, or while nothing has come."""
    supplier = session.get_one(Supplier, contract.supplier_id)
    row = session.get(ContractSync, contract.id) if supplier.gateway == GatewayKind.HTTP else None
    if row is None or row.debt_rub is None or row.debt_at is None:
        return None
    return Stated(row.debt_rub, row.debt_at.astimezone(ZoneInfo(supplier.zone_name)))


def _balance(account: Account, has_penalty: bool) -> ContractBalance:
    amount = balance_of(account.bills, account.payments)
    opened = [item for item in settle(account.bills, account.payments, account.today) if item.open_rub]
    debt = sum((item.open_rub for item in opened if item.status == "overdue"), ZERO)
    parts = tuple(_part(item) for item in reversed(opened))
    rest = amount - sum((part.amount_rub for part in parts), ZERO)
    rule = penalty_rule() if has_penalty else None
    return ContractBalance(
        status=_status(amount, debt),
        amount_rub=amount,
        debt_rub=debt,
        parts=(*parts, BalancePart(rest)) if rest else parts,
        last_charge=_last_charge(account),
        last_payment=_last_payment(account),
        due_on=opened[0].bill.due_on if opened else None,
        penalty_rub=penalty(account.bills, account.payments, account.today, rule) if rule and debt else None,
        penalty_source=get_settings().penalty_source,
        today=account.today,
    )


def _part(item: SettledBill) -> BalancePart:
    bill = item.bill
    return BalancePart(-item.open_rub, bill.id, bill.number, bill.month, item.status == "overdue")


def _status(amount: Decimal, debt: Decimal) -> BalanceStatus:
    if debt:
        return "debt"
    if amount < 0:
        return "due"
    return "credit" if amount > 0 else "zero"


def _last_charge(account: Account) -> LastCharge | None:
    if not account.bills:
        return None
    bill = account.bills[-1]
    return LastCharge(bill.id, bill.number, bill.month, bill.amount_rub)


def _last_payment(account: Account) -> LastPayment | None:
    if not account.payments:
        return None
    return LastPayment(account.payments[-1].paid_on, account.payments[-1].amount_rub)

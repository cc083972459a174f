"""Charges against payments: what is paid of each bill, and the balance from month to month. Money is Decimal rubles.

Payments settle the oldest bill first; a bill below zero (a recalculation) counts as money received. A payment below
zero went back to its payer: it is owed, and makes no bill larger than it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from energo_cabinet.domain.time.local_day import add_months

ZERO = Decimal("0.00")

BillStatus = Literal["paid", "partly", "due", "overdue"]


@dataclass(frozen=True, slots=True)
class BillSum:
    """A bill without its lines; `month` is the first day of the month it is for."""

    id: int
    number: str
    month: date
    issued_on: date
    due_on: date
    amount_rub: Decimal


@dataclass(frozen=True, slots=True)
class PaymentSum:
    """A payment."""

    number: str
    paid_on: date
    amount_rub: Decimal


@dataclass(frozen=True, slots=True)
class SettledBill:
    """A bill and how much of it is paid. "partly" and "due" are not yet late."""

    bill: BillSum
    paid_rub: Decimal
    status: BillStatus

    @property
    def open_rub(self) -> Decimal:
        """What is still to be paid."""
        return max(ZERO, self.bill.amount_rub - self.paid_rub)


@dataclass(frozen=True, slots=True)
class LedgerMonth:
    """A month: balance before, charged, paid, balance after (below zero: owed); its bill, if it has one."""

    month: date
    opening_rub: Decimal
    charged_rub: Decimal
    paid_rub: Decimal
    bill: SettledBill | None = None

    @property
    def closing_rub(self) -> Decimal:
        """The balance at the end of the month."""
        return self.opening_rub + self.paid_rub - self.charged_rub


def balance_of(bills: Sequence[BillSum], payments: Sequence[PaymentSum]) -> Decimal:
    """Paid minus charged: below zero is owed."""
    return sum((p.amount_rub for p in payments), ZERO) - sum((b.amount_rub for b in bills), ZERO)


def settle(bills: Sequence[BillSum], payments: Sequence[PaymentSum], today: date) -> list[SettledBill]:
    """The bills by month, each with what is paid of it."""
    money = sum((p.amount_rub for p in payments), ZERO) - sum((min(b.amount_rub, ZERO) for b in bills), ZERO)
    found = []
    for bill in sorted(bills, key=lambda b: b.month):
        wanted = max(bill.amount_rub, ZERO)
        paid = min(wanted, max(money, ZERO))
        money -= paid
        found.append(SettledBill(bill, paid, _status(wanted, paid, bill.due_on, today)))
    return found


def ledger(bills: Sequence[BillSum], payments: Sequence[PaymentSum], today: date) -> list[LedgerMonth]:
    """Month by month without a gap, from the first bill or payment to the last."""
    settled = {item.bill.month: item for item in settle(bills, payments, today)}
    paid: dict[date, Decimal] = {}
    for payment in payments:
        month = payment.paid_on.replace(day=1)
        paid[month] = paid.get(month, ZERO) + payment.amount_rub
    months = sorted(settled.keys() | paid.keys())
    found: list[LedgerMonth] = []
    month, opening = (months[0], ZERO) if months else (date.min, ZERO)
    while months and month <= months[-1]:
        bill = settled.get(month)
        charged = bill.bill.amount_rub if bill else ZERO
        found.append(LedgerMonth(month, opening, charged, paid.get(month, ZERO), bill))
        month, opening = add_months(month, 1), found[-1].closing_rub
    return found


def _status(wanted: Decimal, paid: Decimal, due_on: date, today: date) -> BillStatus:
    if paid >= wanted:
        return "paid"
    if today > due_on:
        return "overdue"
    return "partly" if paid else "due"

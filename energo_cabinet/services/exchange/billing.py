"""Bills, payments and the balance as a supplier tells them (Н-43): by number, corrected and cancelled in place."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from sqlmodel import col, delete, select

from energo_cabinet.domain.time.local_day import add_months
from energo_cabinet.gateways.supplier_protocol import BalanceData, BillData, PaymentData
from energo_cabinet.models import Bill, Charge, ContractSync, Payment
from energo_cabinet.services.exchange.rows import Intake, RowRefused
from energo_cabinet.settings import get_settings


def store_balance(intake: Intake, sent: BalanceData) -> None:
    """What the customer owes by the supplier's books."""
    row = intake.session.get_one(ContractSync, intake.contract.id)
    intake.stored += row.debt_rub != sent.debt_rub
    row.debt_rub, row.debt_at = sent.debt_rub, sent.as_of
    intake.session.add(row)


def store_bills(intake: Intake, sent: Sequence[BillData]) -> None:
    """A page of bills."""
    intake.each(sent, lambda row: row.number, lambda row: _bill(intake, row))


def store_payments(intake: Intake, sent: Sequence[PaymentData]) -> None:
    """A page of payments."""
    intake.each(sent, lambda row: row.number, lambda row: _payment(intake, row))


def _bill(intake: Intake, sent: BillData) -> bool:
    session, contract_id = intake.session, intake.contract.id
    known = select(Bill).where(Bill.contract_id == contract_id, Bill.number == sent.number)
    bill = session.exec(known).first()
    if sent.is_cancelled:
        if bill is not None:
            _drop(intake, bill)
        return bill is not None
    _check(intake, sent)
    month = sent.month.replace(day=1)
    other = select(Bill.id).where(Bill.contract_id == contract_id, Bill.month == month, Bill.number != sent.number)
    if session.exec(other).first() is not None:
        raise RowRefused("bill_month")
    due_on = sent.due_on or add_months(month, 1).replace(day=get_settings().bill_due_day)
    facts: dict[str, Any] = {"month": month, "issued_on": sent.issued_on, "due_on": max(due_on, sent.issued_on)}
    facts |= {"amount_rub": sent.amount_rub}
    is_new = bill is None
    bill = bill or Bill(contract_id=contract_id, number=sent.number, created_at=intake.at, **facts)
    is_changed = any(getattr(bill, name) != value for name, value in facts.items())
    bill.sqlmodel_update(facts)
    session.add(bill)
    session.flush()
    return _lines(intake, bill, sent) or is_new or is_changed


def _check(intake: Intake, sent: BillData) -> None:
    lines = sum((line.amount_rub for line in sent.lines), Decimal(0))
    if sent.lines and lines != sent.amount_rub:
        raise RowRefused("bill_sum")
    if max(sent.issued_on, sent.month) > intake.latest_day:
        raise RowRefused("ahead")


def _lines(intake: Intake, bill: Bill, sent: BillData) -> bool:
    """The charges become those of the supplier's bill; whether any differs."""
    session, key = intake.session, bill.id
    rows = [Charge(bill_id=key, line=place, **line.model_dump()) for place, line in enumerate(sent.lines, 1)]
    before = session.exec(select(Charge).where(Charge.bill_id == key).order_by(col(Charge.line))).all()
    if [row.model_dump() for row in before] == [row.model_dump() for row in rows]:
        return False
    for row in before:
        session.delete(row)
    session.flush()
    session.add_all(rows)
    return True


def _drop(intake: Intake, bill: Bill) -> None:
    intake.session.exec(delete(Charge).where(col(Charge.bill_id) == bill.id))
    intake.session.delete(bill)


def _payment(intake: Intake, sent: PaymentData) -> bool:
    session, contract_id = intake.session, intake.contract.id
    known = select(Payment).where(Payment.contract_id == contract_id, Payment.number == sent.number)
    row = session.exec(known).first()
    if sent.is_cancelled:
        if row is not None:
            session.delete(row)
        return row is not None
    if sent.paid_on > intake.latest_day:
        raise RowRefused("ahead")
    facts: dict[str, Any] = {"paid_on": sent.paid_on, "amount_rub": sent.amount_rub}
    if row is not None and all(getattr(row, name) == value for name, value in facts.items()):
        return False
    row = row or Payment(contract_id=contract_id, number=sent.number, created_at=intake.at, **facts)
    row.sqlmodel_update(facts)
    session.add(row)
    return True

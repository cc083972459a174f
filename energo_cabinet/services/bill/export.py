"""Bills and payments as tables for a download (Н-43)."""

from __future__ import annotations

from sqlmodel import Session

from energo_cabinet.auth.access import Subject, service, visible_contract
from energo_cabinet.domain.bill.ledger import LedgerMonth, ledger
from energo_cabinet.services.bill.bill import one_bill
from energo_cabinet.services.table import Cell, Label, Table
from energo_cabinet.services.values.bill_read import account_of

MONTH_COLUMNS = ("month", "opening", "charged", "paid", "closing", "number", "issued_on", "due_on", "left", "status")
LINE_COLUMNS = ("charge", "quantity", "unit", "price", "amount")


@service("customer", "bill.export_all")
def bills_table(session: Session, subject: Subject, contract_id: int) -> Table:
    """Every month of a contract, the newest first. NotFound: not the caller's."""
    account = account_of(session, subject, visible_contract(session, subject, contract_id))
    months = ledger(account.bills, account.payments, account.today)[::-1]
    name = f"bills-{contract_id}-{account.today.isoformat()}"
    return Table(name, _labels(MONTH_COLUMNS), tuple(_month(month) for month in months))


@service("customer", "bill.export")
def bill_table(session: Session, subject: Subject, bill_id: int) -> Table:
    """The lines of one bill. NotFound: not the caller's."""
    detail = one_bill(session, subject, bill_id)
    rows = ((line.title, line.quantity, line.unit, line.price_rub, line.amount_rub) for line in detail.lines)
    name = f"bill-{bill_id}-{detail.settled.bill.month:%Y-%m}"
    return Table(name, _labels(LINE_COLUMNS), tuple(rows))


def _labels(names: tuple[str, ...]) -> tuple[Label, ...]:
    return tuple(Label(f"bill_{name}") for name in names)


def _month(month: LedgerMonth) -> tuple[Cell, ...]:
    sums = (month.month, month.opening_rub, month.charged_rub, month.paid_rub, month.closing_rub)
    if month.bill is None:
        return (*sums, None, None, None, None, None)
    bill = month.bill.bill
    return (*sums, bill.number, bill.issued_on, bill.due_on, month.bill.open_rub, Label(f"bill_is_{month.bill.status}"))

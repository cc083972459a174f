"""A bill whose day has passed unpaid is told about, once (Н-128, Н-137). Part of the hourly reminders."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from sqlmodel import Session, col, select

from energo_cabinet.auth.access import Subject, service
from energo_cabinet.domain.bill.ledger import ZERO, settle
from energo_cabinet.domain.time.local_day import local_day
from energo_cabinet.models import Bill, Contract, ContractLink, NotificationKind, Supplier
from energo_cabinet.services.notice.sending import Message, readers_of, tell
from energo_cabinet.services.values.bill_read import Account, accounts_of

LOOKS_BACK = timedelta(days=31)
"""Bills that were due longer ago are not told about one by one: they came late, or were told."""

AT_ONCE = 500


@service("system", "reminder.debt")
def remind_of_debt(session: Session, subject: Subject) -> int:
    """Bills overdue since the last LOOKS_BACK, to whoever has the contract; notifications made."""
    late = (subject.at.date() - LOOKS_BACK, subject.at.date() + timedelta(days=1))
    query = (
        select(Bill.contract_id, Supplier.zone_name)
        .join(Contract, col(Contract.id) == Bill.contract_id)
        .join(Supplier, col(Supplier.id) == Contract.supplier_id)
        .where(col(Bill.due_on).between(*late))
        .where(select(ContractLink.id).where(ContractLink.contract_id == Bill.contract_id).exists())
        .distinct()
    )
    days = {contract_id: local_day(subject.at, zone) for contract_id, zone in session.exec(query)}
    told, ids = 0, sorted(days)
    for start in range(0, len(ids), AT_ONCE):
        accounts = accounts_of(session, ids[start : start + AT_ONCE], days)
        for contract_id, account in accounts.items():
            for message in _messages(contract_id, account):
                told += tell(session, subject, readers_of(session, contract_id), message).notifications
    return told


def _messages(contract_id: int, account: Account) -> Iterable[Message]:
    settled = settle(account.bills, account.payments, account.today)
    debt = sum((item.open_rub for item in settled if item.status == "overdue"), ZERO)
    for item in settled:
        bill = item.bill
        if item.status == "overdue" and account.today - bill.due_on <= LOOKS_BACK:
            facts = {"amount": _rubles(item.open_rub), "debt": _rubles(debt), "month": f"{bill.month:%m.%Y}"}
            facts |= {"number": bill.number, "date": f"{bill.due_on:%d.%m.%Y}"}
            yield Message(NotificationKind.DEBT, contract_id=contract_id, facts=facts, once=f"debt {bill.id}")


def _rubles(amount: object) -> str:
    """1 234,56: facts are worded in the reader's language, money in the supplier's."""
    return f"{amount:,.2f}".replace(",", "\u00a0").replace(".", ",")

"""Bills and payments come from a supplier's billing: a file of them is booked whole or not at all, and once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TypeVar
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from energo_cabinet.auth.access import Subject, service
from energo_cabinet.domain.time.local_day import add_months
from energo_cabinet.errors import ImportRefused
from energo_cabinet.formats.bill.posting_csv_read import BillFile, ChargeRow, PaymentRow, read_bills
from energo_cabinet.formats.files.content import FormatError
from energo_cabinet.formats.files.notices import Notices
from energo_cabinet.models import Bill, Charge, Contract, ContractLink, LiveEvent, Payment, Supplier
from energo_cabinet.services.supplier.supplier import supplier_of
from energo_cabinet.settings import get_settings

TOPIC = "bills"
"""Of the live events that say: bills or payments of a user's contract have changed."""

AT_ONCE = 500

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Posted:
    """What was booked; `unchanged`: bills and payments that were there already, just so."""

    bills: int = 0
    payments: int = 0
    unchanged: int = 0


@service("system", "bill.post")
def post_bills(session: Session, subject: Subject, supplier: str, sent: BillFile) -> Posted:
    """Book a file of a supplier. ImportRefused: lines and reasons, and nothing is booked."""
    book = _Book(session, subject, supplier_of(session, supplier))
    try:
        posted = book.post(sent)
    except FormatError as error:
        raise ImportRefused(error.notices) from error
    session.flush()
    return posted


@service("system", "bill.post_file")
def read_and_post(session: Session, subject: Subject, supplier: str, data: bytes) -> Posted:
    """Book a file as it was sent (formats.bill.posting_csv_read). ImportRefused: lines, reasons; nothing is booked."""
    try:
        sent = read_bills(data)
    except FormatError as error:
        raise ImportRefused(error.notices) from error
    return post_bills(session, subject, supplier, sent)


@service("system", "bill.post_payment")
def post_payment(
    session: Session, subject: Subject, supplier: str, contract: str, paid_on: date, amount_rub: Decimal, number: str
) -> Posted:
    """Book one payment. ImportRefused as for a file."""
    row = PaymentRow(1, contract.strip(), number.strip(), paid_on, amount_rub)
    return post_bills(session, subject, supplier, BillFile(payments=(row,)))


class _Book:
    """The contracts, bills and payments of one supplier that a file is about."""

    def __init__(self, session: Session, subject: Subject, supplier: Supplier) -> None:
        self.session, self.at, self.supplier = session, subject.at, supplier
        self.today = subject.at.astimezone(ZoneInfo(supplier.zone_name)).date()
        self.notices, self.changed = Notices(), set[int]()
        self.contracts: dict[str, int] = {}

    def post(self, sent: BillFile) -> Posted:
        """Check every row before the first is written."""
        self._find_contracts({row.contract for row in sent.charges} | {row.contract for row in sent.payments})
        bills = self._bills(sent.charges)
        payments = self._payments(sent.payments)
        self.notices.refuse_if_any()
        for bill, lines in bills.new:
            self.session.add(bill)
            self.session.flush()
            self.session.add_all(_charge(bill, place, row) for place, row in enumerate(lines, 1))
        self.session.add_all(payments.new)
        self._tell()
        return Posted(len(bills.new), len(payments.new), bills.unchanged + payments.unchanged)

    def _find_contracts(self, numbers: set[str]) -> None:
        for some in _chunks(sorted(numbers)):
            query = select(Contract.number, Contract.id).where(Contract.supplier_id == self.supplier.id)
            rows = self.session.exec(query.where(col(Contract.number).in_(some)))
            self.contracts |= dict(rows.all())

    def _contract(self, row: ChargeRow | PaymentRow) -> int:
        found = self.contracts.get(row.contract, 0)
        if not found:
            self.notices.error("bill_contract", row.line, number=row.contract)
        return found

    def _bills(self, rows: Sequence[ChargeRow]) -> _NewBills:
        grouped: dict[tuple[int, date], list[ChargeRow]] = {}
        for row in rows:
            if contract_id := self._contract(row):
                grouped.setdefault((contract_id, row.month), []).append(row)
        known = {(bill.contract_id, bill.month): bill for bill in self._known_bills({key for key, _ in grouped})}
        numbers = {(bill.contract_id, bill.number) for bill in known.values()}
        made = _NewBills([])
        for (contract_id, month), lines in grouped.items():
            bill = self._bill(contract_id, month, lines)
            was = known.get((contract_id, month))
            if was is not None and self._is_same(was, bill, lines):
                made.unchanged += 1
            elif was is not None:
                self.notices.error("bill_differs", lines[0].line, month=f"{month:%m.%Y}", number=was.number)
            elif (contract_id, bill.number) in numbers:
                self.notices.error("bill_number_taken", lines[0].line, number=bill.number)
            else:
                numbers.add((contract_id, bill.number))
                self.changed.add(contract_id)
                made.new.append((bill, lines))
        return made

    def _bill(self, contract_id: int, month: date, lines: Sequence[ChargeRow]) -> Bill:
        first, following = lines[0], add_months(month, 1)
        if len({(row.number, row.issued_on, row.due_on) for row in lines}) > 1:
            self.notices.error("bill_rows_disagree", first.line, month=f"{month:%m.%Y}", number=first.contract)
        issued_on = first.issued_on or min(following, self.today)
        due_on = first.due_on or following.replace(day=get_settings().bill_due_day)
        if issued_on > self.today or month > self.today:
            self.notices.error("bill_ahead", first.line, day=f"{max(issued_on, month):%d.%m.%Y}")
        if due_on < issued_on:
            self.notices.error("bill_due_before", first.line, day=f"{due_on:%d.%m.%Y}")
        return Bill(
            contract_id=contract_id,
            number=first.number or f"{month:%m/%Y}",
            month=month,
            issued_on=issued_on,
            due_on=due_on,
            amount_rub=sum((row.amount_rub for row in lines), Decimal(0)),
            created_at=self.at,
        )

    def _known_bills(self, contract_ids: set[int]) -> Iterable[Bill]:
        for some in _chunks(sorted(contract_ids)):
            yield from self.session.exec(select(Bill).where(col(Bill.contract_id).in_(some)))

    def _is_same(self, was: Bill, now: Bill, lines: Sequence[ChargeRow]) -> bool:
        if (was.number, was.amount_rub, was.due_on) != (now.number, now.amount_rub, now.due_on):
            return False
        rows = self.session.exec(select(Charge).where(Charge.bill_id == was.id).order_by(col(Charge.line)))
        return [_facts(row) for row in rows] == [_facts(row) for row in lines]

    def _payments(self, rows: Sequence[PaymentRow]) -> _NewPayments:
        known: dict[tuple[int, str], tuple[date, Decimal]] = {}
        for some in _chunks(sorted(set(self.contracts.values()))):
            stored = self.session.exec(select(Payment).where(col(Payment.contract_id).in_(some))) if rows else ()
            known |= {(row.contract_id, row.number): (row.paid_on, row.amount_rub) for row in stored}
        made = _NewPayments([])
        for row in rows:
            contract_id = self._contract(row)
            was = known.setdefault((contract_id, row.number), (date.min, Decimal(0)))
            if row.paid_on > self.today:
                self.notices.error("bill_ahead", row.line, day=f"{row.paid_on:%d.%m.%Y}")
            elif was == (row.paid_on, row.amount_rub):
                made.unchanged += 1
            elif was[0] != date.min:
                self.notices.error("bill_payment_differs", row.line, number=row.number)
            else:
                known[contract_id, row.number] = (row.paid_on, row.amount_rub)
                self.changed.add(contract_id)
                made.new.append(_payment(contract_id, row, self.at))
        return made

    def _tell(self) -> None:
        """The open tabs of those who have the contracts in their cabinets."""
        users: set[int] = set()
        for some in _chunks(sorted(self.changed)):
            live = (col(ContractLink.contract_id).in_(some), col(ContractLink.unlinked_at).is_(None))
            users |= set(self.session.exec(select(ContractLink.user_id).where(*live)))
        self.session.add_all(LiveEvent(user_id=user, topic=TOPIC, created_at=self.at) for user in sorted(users))


@dataclass
class _NewBills:
    new: list[tuple[Bill, Sequence[ChargeRow]]]
    unchanged: int = 0


@dataclass
class _NewPayments:
    new: list[Payment]
    unchanged: int = 0


def _charge(bill: Bill, place: int, row: ChargeRow) -> Charge:
    return Charge(
        bill_id=bill.id,
        line=place,
        title=row.title,
        quantity=row.quantity,
        unit=row.unit,
        price_rub=row.price_rub,
        amount_rub=row.amount_rub,
    )


def _facts(row: Charge | ChargeRow) -> tuple[str, Decimal | None, str, Decimal | None, Decimal]:
    return row.title, row.quantity, row.unit, row.price_rub, row.amount_rub


def _payment(contract_id: int, row: PaymentRow, at: datetime) -> Payment:
    return Payment(
        contract_id=contract_id, number=row.number, paid_on=row.paid_on, amount_rub=row.amount_rub, created_at=at
    )


def _chunks(items: Sequence[T]) -> Iterable[Sequence[T]]:
    return (items[start : start + AT_ONCE] for start in range(0, len(items), AT_ONCE))

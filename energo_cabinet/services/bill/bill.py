"""Bills as a customer sees them: by month with the running balance, and one bill with its lines (Н-43)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from sqlmodel import Session, col, select

from energo_cabinet.auth.access import Subject, service, visible_contract
from energo_cabinet.domain.bill.ledger import LedgerMonth, SettledBill, ledger, settle
from energo_cabinet.domain.tariff.cost import KOPECK
from energo_cabinet.models import Bill, Charge, Contract, ContractLink
from energo_cabinet.services.values.bill_read import account_of, visible_bill

PAGE, CHART_MONTHS = 12, 13


@dataclass(frozen=True, slots=True)
class BillPage:
    """A page of months, the newest first; `chart`: the newest CHART_MONTHS, oldest first, whatever the page."""

    months: tuple[LedgerMonth, ...]
    page: int
    pages: int
    chart: tuple[LedgerMonth, ...]


@dataclass(frozen=True, slots=True)
class ChargeLine:
    """A line of a bill; `expected_rub`: quantity times price, None where one of them is not told."""

    title: str
    quantity: Decimal | None
    unit: str
    price_rub: Decimal | None
    amount_rub: Decimal
    expected_rub: Decimal | None

    @property
    def is_off(self) -> bool:
        """Whether the amount is more than a kopeck from quantity times price."""
        return self.expected_rub is not None and abs(self.expected_rub - self.amount_rub) > KOPECK


@dataclass(frozen=True, slots=True)
class BillDetail:
    """One bill; `to_pay_rub`: what is open of it and of older ones; `older`/`newer`: ids of its neighbours."""

    settled: SettledBill
    lines: tuple[ChargeLine, ...]
    to_pay_rub: Decimal
    contract_id: int
    contract_number: str
    contract_title: str
    older: int | None
    newer: int | None


@service("customer", "bill.list")
def list_bills(session: Session, subject: Subject, contract_id: int, page: int = 1) -> BillPage:
    """Charged, paid and balance of each month; a page beyond the last is the last. NotFound: not the caller's."""
    account = account_of(session, subject, visible_contract(session, subject, contract_id))
    months = ledger(account.bills, account.payments, account.today)
    pages = max(1, -(-len(months) // PAGE))
    shown = min(max(page, 1), pages) if type(page) is int else 1
    newest = months[::-1][(shown - 1) * PAGE : shown * PAGE]
    return BillPage(tuple(newest), shown, pages, tuple(months[-CHART_MONTHS:]))


@service("customer", "bill.open")
def one_bill(session: Session, subject: Subject, bill_id: int) -> BillDetail:
    """A bill and its lines. NotFound: not the caller's."""
    bill, contract = visible_bill(session, subject, bill_id)
    account = account_of(session, subject, contract)
    settled = settle(account.bills, account.payments, account.today)
    place = next(i for i, item in enumerate(settled) if item.bill.id == bill.id)
    return BillDetail(
        settled=settled[place],
        lines=lines_of(session, bill),
        to_pay_rub=sum((item.open_rub for item in settled[: place + 1]), Decimal(0)),
        contract_id=contract.id,
        contract_number=contract.number,
        contract_title=_title(session, subject, contract),
        older=settled[place - 1].bill.id if place else None,
        newer=settled[place + 1].bill.id if place + 1 < len(settled) else None,
    )


def lines_of(session: Session, bill: Bill) -> tuple[ChargeLine, ...]:
    """The lines of a bill in their order."""
    rows = session.exec(select(Charge).where(Charge.bill_id == bill.id).order_by(col(Charge.line)))
    return tuple(_line(row) for row in rows)


def _line(row: Charge) -> ChargeLine:
    expected = None
    if row.quantity is not None and row.price_rub is not None:
        expected = (row.quantity * row.price_rub).quantize(KOPECK, ROUND_HALF_UP)
    return ChargeLine(row.title, row.quantity, row.unit, row.price_rub, row.amount_rub, expected)


def _title(session: Session, subject: Subject, contract: Contract) -> str:
    """What the caller calls the contract."""
    own = select(ContractLink.title).where(
        ContractLink.user_id == subject.user_id, col(ContractLink.unlinked_at).is_(None)
    )
    return session.exec(own.where(ContractLink.contract_id == contract.id)).first() or contract.number

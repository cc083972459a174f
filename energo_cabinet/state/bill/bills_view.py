"""Bills by month in the user's words: chart, its table twin, pages."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from energo_cabinet import routes
from energo_cabinet.domain.bill.ledger import LedgerMonth, SettledBill
from energo_cabinet.formatting import day, month_words, number
from energo_cabinet.i18n import text
from energo_cabinet.services.bill.bill import BillPage
from energo_cabinet.state.bill.balance_view import rubles
from energo_cabinet.state.shown import LegendItem

TONES = {"paid": "success", "partly": "warning", "due": "warning", "overdue": "danger"}


@dataclass(frozen=True)
class MonthRow:
    """A month of the table; `address` "" where the month has no bill; `is_late`: its bill is overdue."""

    month: str
    charged: str
    paid: str
    closing: str
    is_late: bool
    bill: str
    address: str
    status: str
    tone: str
    due: str


@dataclass(frozen=True)
class BillsView:
    """What «Счета» shows besides the balance; "" for a neighbour that does not exist."""

    summary: str = ""
    legend: tuple[LegendItem, ...] = ()
    rows: tuple[MonthRow, ...] = ()
    page: str = ""
    newer: str = ""
    older: str = ""
    csv: str = ""


def bills_view(found: BillPage, contract_id: int, link_id: str, language: str) -> BillsView:
    """A page of months; addresses keep the contract."""
    base = f"{routes.BILLS}?contract={link_id}"
    pages = text("points.page", language, page=found.page, pages=found.pages) if found.pages > 1 else ""
    return BillsView(
        summary=_summary(found, language),
        legend=(
            LegendItem(text("bills.charged", language), "fact"),
            LegendItem(text("bills.paid", language), "phase-b", "hatch"),
        ),
        rows=tuple(_row(month, language) for month in found.months),
        page=pages,
        newer=f"{base}&page={found.page - 1}" if found.page > 1 else "",
        older=f"{base}&page={found.page + 1}" if found.page < found.pages else "",
        csv=f"/api/contracts/{contract_id}/bills.csv",
    )


def status_of(bill: SettledBill, language: str) -> tuple[str, str]:
    """Words and tone of a bill's status."""
    return text(f"bills.status_{bill.status}", language), TONES[bill.status]


def _summary(found: BillPage, language: str) -> str:
    """The chart for those who do not see it."""
    charged = sum((m.charged_rub for m in found.chart), Decimal(0))
    paid = sum((m.paid_rub for m in found.chart), Decimal(0))
    sums = {"charged": rubles(charged, language), "paid": rubles(paid, language)}
    return text("bills.summary", language, **sums)


def _row(month: LedgerMonth, language: str) -> MonthRow:
    bill = month.bill
    status, tone = status_of(bill, language) if bill else ("", "")
    until = bill is not None and bill.status != "paid"
    return MonthRow(
        month=month_words(month.month, language),
        charged=number(month.charged_rub, language, 2) if bill else "—",
        paid=number(month.paid_rub, language, 2) if month.paid_rub else "—",
        closing=number(month.closing_rub, language, 2, signed=True),
        is_late=bill is not None and bill.status == "overdue",
        bill=bill.bill.number if bill else "",
        address=routes.bill(bill.bill.id) if bill else "",
        status=status,
        tone=tone,
        due=text("bills.until", language, date=day(bill.bill.due_on)) if until and bill else "",
    )

"""Bills and payments of a supplier's billing system as tables; which of the two it is, the header says (Н-43).

Charges, a row for a line of a bill: `contract;month;title;amount` and any of `number;issued;due;quantity;unit;price`.
Payments: `contract;paid;document;amount`. Months as 2026-10 or 10.2026, days as 2026-10-15 or 15.10.2026, amounts in
rubles with at most two decimals; without an amount it is quantity times price. Rows of one contract and month make one
bill. Columns come in any order, under these names or the Russian ones of COLUMNS.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from energo_cabinet.domain.tariff.cost import KOPECK
from energo_cabinet.domain.time.period import YEARS
from energo_cabinet.domain.typed import day_of, undotted
from energo_cabinet.formats.files.content import FormatError, Notice
from energo_cabinet.formats.files.notices import Notices
from energo_cabinet.formats.table.csv_read import open_rows
from energo_cabinet.formats.table.own_columns import Cells, names_of

COLUMNS: Mapping[str, frozenset[str]] = {
    "contract": frozenset({"contract", "договор", "лицевой счет", "лицевой счёт"}),
    "month": frozenset({"month", "месяц", "период"}),
    "number": frozenset({"number", "счет", "счёт", "номер счета", "номер счёта"}),
    "issued": frozenset({"issued", "выставлен"}),
    "due": frozenset({"due", "срок", "оплатить до"}),
    "title": frozenset({"title", "начисление", "услуга"}),
    "quantity": frozenset({"quantity", "объем", "объём", "количество"}),
    "unit": frozenset({"unit", "единица"}),
    "price": frozenset({"price", "цена", "тариф"}),
    "amount": frozenset({"amount", "сумма"}),
    "paid": frozenset({"paid", "дата оплаты"}),
    "document": frozenset({"document", "документ"}),
}
LENGTHS = {"contract": 60, "number": 60, "title": 200, "unit": 20, "document": 60}
CHARGES, PAYMENTS = ("contract", "month", "title"), ("contract", "paid", "document", "amount")
LARGEST = Decimal(10**9)

_NUMBER = re.compile(r"[-−]?\d{1,12}(?:[.,]\d{1,6})?", re.ASCII)
_MONTH = re.compile(r"(?P<y>\d{4})-(?P<m>\d{2})|(?P<m2>\d{2})\.(?P<y2>\d{4})", re.ASCII)


@dataclass(frozen=True, slots=True)
class ChargeRow:
    """A line of a bill; "" and None for what the file does not tell."""

    line: int
    contract: str
    month: date
    number: str
    issued_on: date | None
    due_on: date | None
    title: str
    quantity: Decimal | None
    unit: str
    price_rub: Decimal | None
    amount_rub: Decimal


@dataclass(frozen=True, slots=True)
class PaymentRow:
    """A payment; `number` is its document."""

    line: int
    contract: str
    number: str
    paid_on: date
    amount_rub: Decimal


@dataclass(frozen=True, slots=True)
class BillFile:
    """A file that was understood: charges or payments."""

    charges: tuple[ChargeRow, ...] = ()
    payments: tuple[PaymentRow, ...] = ()


class _Wrong(ValueError):
    """A cell that says nothing; the column and the reason."""

    def __init__(self, column: str, code: str) -> None:
        super().__init__(code)
        self.column, self.code = column, code


def read_bills(data: bytes) -> BillFile:
    """Parse charges or payments; FormatError with lines and reasons when one row is wrong."""
    header, lines = open_rows(data)
    names, notices = names_of(header, COLUMNS), Notices()
    is_charges = set(CHARGES) <= names.keys()
    if not is_charges and not set(PAYMENTS) <= names.keys():
        raise FormatError(Notice("bill_columns", 1, {"columns": ", ".join(header)[:200] or "—"}))
    charges: list[ChargeRow] = []
    payments: list[PaymentRow] = []
    for line, row in lines:
        if not any(cell.strip() for cell in row):
            continue
        cells = {name: row[index].strip() if index < len(row) else "" for name, index in names.items()}
        try:
            if is_charges:
                charges.append(_charge(line, cells))
            else:
                payments.append(_payment(line, cells))
        except _Wrong as wrong:
            notices.error(wrong.code, line, column=wrong.column, value=cells.get(wrong.column, ""))
    notices.refuse_if_any()
    return BillFile(tuple(charges), tuple(payments))


def _charge(line: int, cells: Cells) -> ChargeRow:
    quantity, price = _number(cells, "quantity"), _number(cells, "price")
    amount = _money(cells)
    if amount is None and quantity is not None and price is not None:
        amount = (quantity * price).quantize(KOPECK, ROUND_HALF_UP)
    if amount is None or abs(amount) >= LARGEST:
        raise _Wrong("amount", "bill_amount")
    return ChargeRow(
        line=line,
        contract=_text(cells, "contract", required=True),
        month=_month(cells),
        number=_text(cells, "number"),
        issued_on=_day(cells, "issued"),
        due_on=_day(cells, "due"),
        title=_text(cells, "title", required=True),
        quantity=quantity,
        unit=_text(cells, "unit"),
        price_rub=price,
        amount_rub=amount,
    )


def _payment(line: int, cells: Cells) -> PaymentRow:
    amount, paid_on = _money(cells), _day(cells, "paid")
    if amount is None or not 0 < amount < LARGEST:
        raise _Wrong("amount", "bill_payment_amount")
    if paid_on is None:
        raise _Wrong("paid", "bill_day")
    contract, number = (_text(cells, name, required=True) for name in ("contract", "document"))
    return PaymentRow(line, contract, number, paid_on, amount)


def _text(cells: Cells, name: str, required: bool = False) -> str:
    found = cells.get(name, "")
    if len(found) > LENGTHS[name] or not (found.isprintable() and (found or not required)):
        raise _Wrong(name, "bill_text")
    return found


def _number(cells: Cells, name: str) -> Decimal | None:
    found = cells.get(name, "").replace("\u00a0", "").replace(" ", "")
    if not found:
        return None
    if not _NUMBER.fullmatch(found):
        raise _Wrong(name, "bill_number")
    return Decimal(found.replace(",", ".").replace("−", "-"))


def _money(cells: Cells) -> Decimal | None:
    found = _number(cells, "amount")
    if found is not None and found != found.quantize(KOPECK):
        raise _Wrong("amount", "bill_kopecks")
    return None if found is None else found.quantize(KOPECK)


def _month(cells: Cells) -> date:
    found = _MONTH.fullmatch(cells["month"])
    try:
        if found and int(found["y"] or found["y2"]) in YEARS:
            return date(int(found["y"] or found["y2"]), int(found["m"] or found["m2"]), 1)
    except ValueError:
        pass
    raise _Wrong("month", "bill_month")


def _day(cells: Cells, name: str) -> date | None:
    if not cells.get(name):
        return None
    found = day_of(undotted(cells[name]))
    if found is not None and found.year in YEARS:
        return found
    raise _Wrong(name, "bill_day")

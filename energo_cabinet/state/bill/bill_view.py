"""One bill and its payment in the user's words."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from energo_cabinet import routes
from energo_cabinet.formatting import day, dots, month_words, number, quantity
from energo_cabinet.i18n import text
from energo_cabinet.services.bill.bill import BillDetail, ChargeLine
from energo_cabinet.services.bill.receipt import Receipt
from energo_cabinet.state.bill.balance_view import rubles
from energo_cabinet.state.bill.bills_view import status_of
from energo_cabinet.state.shown import Stat


@dataclass(frozen=True)
class LineRow:
    """A line of a bill; `sum`: how quantity and price make it; `check` and `tone`: whether they do."""

    title: str
    sum: str
    amount: str
    check: str
    tone: str


@dataclass(frozen=True)
class BillView:
    """What the page of a bill shows."""

    title: str = ""
    sub: str = ""
    status: str = ""
    tone: str = ""
    stats: tuple[Stat, ...] = ()
    lines: tuple[LineRow, ...] = ()
    total: str = ""
    is_off: bool = False
    pay: str = ""
    older: str = ""
    newer: str = ""
    csv: str = ""


@dataclass(frozen=True)
class PayField:
    """A detail of a payment; `copied` is what the button copies."""

    label: str
    value: str
    copied: str
    said: str


@dataclass(frozen=True)
class ReceiptView:
    """What a payment needs; `qr` "" without a code, of `size` modules."""

    title: str = ""
    sub: str = ""
    back: str = ""
    amount: str = ""
    note: str = ""
    supplier: str = ""
    contact: str = ""
    fields: tuple[PayField, ...] = ()
    slip: tuple[PayField, ...] = ()
    lines: tuple[LineRow, ...] = ()
    qr: str = ""
    box: str = ""
    made_on: str = ""


def bill_view(detail: BillDetail, language: str) -> BillView:
    """The page of a bill."""
    settled, bill = detail.settled, detail.settled.bill
    status, tone = status_of(settled, language)
    return BillView(
        title=text("bills.bill_for", language, month=month_words(bill.month, language)),
        sub=_sub(detail, language),
        status=status,
        tone=tone,
        stats=(
            Stat(text("bills.charged", language), number(bill.amount_rub, language, 2), "₽"),
            Stat(text("bills.paid", language), number(settled.paid_rub, language, 2), "₽"),
            Stat(text("bills.left", language), number(settled.open_rub, language, 2), "₽"),
            Stat(text("bills.due", language), day(bill.due_on), "", _issued(detail, language)),
        ),
        lines=tuple(_line(line, language) for line in detail.lines),
        total=number(bill.amount_rub, language, 2),
        is_off=any(line.is_off for line in detail.lines),
        pay=routes.receipt(bill.id) if detail.to_pay_rub else "",
        older=routes.bill(detail.older) if detail.older else "",
        newer=routes.bill(detail.newer) if detail.newer else "",
        csv=f"/api/bills/{bill.id}.csv",
    )


def receipt_view(receipt: Receipt, language: str) -> ReceiptView:
    """The page on which a bill is paid."""
    bill = receipt.detail.settled.bill
    month = month_words(bill.month, language)
    more = receipt.sum_rub > receipt.detail.settled.open_rub
    return ReceiptView(
        title=text("bills.pay_title", language, month=month),
        sub=_sub(receipt.detail, language),
        back=routes.bill(bill.id),
        amount=number(receipt.sum_rub, language, 2),
        note=text("bills.pay_with_older" if more else "bills.pay_this", language, month=month),
        supplier=receipt.supplier_name,
        contact=dots([receipt.supplier_phone, receipt.supplier_email]),
        fields=_fields(receipt, language),
        slip=_slip(receipt, language),
        lines=tuple(_line(line, language) for line in receipt.detail.lines),
        qr=receipt.qr.path if receipt.qr else "",
        box=f"0 0 {receipt.qr.size} {receipt.qr.size}" if receipt.qr else "",
        made_on=text("bills.made_on", language, date=day(receipt.today)),
    )


def _sub(detail: BillDetail, language: str) -> str:
    number_words = text("bills.bill_number", language, number=detail.settled.bill.number)
    return dots([number_words, detail.contract_title, text("bills.contract", language, number=detail.contract_number)])


def _issued(detail: BillDetail, language: str) -> str:
    return text("bills.issued", language, date=day(detail.settled.bill.issued_on))


def _line(line: ChargeLine, language: str) -> LineRow:
    made, check, tone = "", "", ""
    if line.quantity is not None and line.price_rub is not None:
        digits = max(0, -int(line.quantity.normalize().as_tuple().exponent))
        made = f"{quantity(line.quantity, line.unit, language, digits).strip()} × {_price(line.price_rub, language)}"
        off = abs(line.amount_rub - (line.expected_rub or line.amount_rub))
        check = text("bills.off" if line.is_off else "bills.adds_up", language, amount=rubles(off, language))
        tone = "warning" if line.is_off else "success"
    return LineRow(line.title, made, number(line.amount_rub, language, 2), check, tone)


def _price(price: Decimal, language: str) -> str:
    """At least kopecks, and as many decimals as the price has."""
    digits = max(2, -int(price.normalize().as_tuple().exponent))
    return quantity(price, "₽", language, digits)


def _fields(receipt: Receipt, language: str) -> tuple[PayField, ...]:
    """What a bank asks for, each to be copied."""
    payee = receipt.payee
    if payee is None or not receipt.sum_rub:
        return ()
    kopecks = f"{receipt.sum_rub:.2f}"
    given = [
        ("payee", payee.name, payee.name),
        ("inn", payee.inn, payee.inn),
        ("kpp", payee.kpp, payee.kpp),
        ("account", payee.account, payee.account),
        ("bank", payee.bank, payee.bank),
        ("bic", payee.bic, payee.bic),
        ("corr_account", payee.corr_account, payee.corr_account),
        ("account_number", receipt.detail.contract_number, receipt.detail.contract_number),
        ("purpose", receipt.purpose, receipt.purpose),
        ("sum", rubles(receipt.sum_rub, language), kopecks.replace(".", ",") if language == "ru" else kopecks),
    ]
    return tuple(_field(name, value, copied, language) for name, value, copied in given if value)


def _field(name: str, value: str, copied: str, language: str) -> PayField:
    label = text(f"bills.field_{name}", language)
    return PayField(label, value, copied, text("bills.copied", language, what=label))


def _slip(receipt: Receipt, language: str) -> tuple[PayField, ...]:
    """Who pays, on the printed receipt."""
    bill = receipt.detail.settled.bill
    given = [
        ("payer", receipt.payer),
        ("address", receipt.address),
        ("period", month_words(bill.month, language)),
        ("due", day(bill.due_on)),
        ("link_code", receipt.code),
    ]
    return tuple(_field(name, value, value, language) for name, value in given if value)

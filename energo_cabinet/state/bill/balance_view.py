"""A contract's balance in the user's words (Н-43): for «Счета» and for the home page."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from energo_cabinet import routes
from energo_cabinet.formatting import day, day_words, moment, month_words, number, quantity
from energo_cabinet.i18n import text
from energo_cabinet.services.bill.balance import BalancePart, ContractBalance, Stated

TONES = {"debt": "danger", "due": "warning", "zero": "success", "credit": "success"}


@dataclass(frozen=True)
class BalanceLine:
    """A line below the figure; `address` "" for one that leads nowhere, `tone` "danger" for what is late."""

    label: str
    value: str
    address: str = ""
    tone: str = ""


@dataclass(frozen=True)
class BalanceView:
    """`label` over `amount`; `state` in a badge of `tone`; `sentence` says the same in words; `pay`: where to pay.

    `stated`: the supplier's own balance where it is another one.
    """

    status: str = ""
    tone: str = ""
    state: str = ""
    label: str = ""
    amount: str = ""
    sentence: str = ""
    parts: tuple[BalanceLine, ...] = ()
    lines: tuple[BalanceLine, ...] = ()
    penalty: str = ""
    pay: str = ""
    stated: str = ""


def balance_view(balance: ContractBalance, language: str) -> BalanceView:
    """The balance as the card shows it."""
    shown = balance.amount_rub if balance.status == "credit" else balance.to_pay_rub
    last = balance.last_charge
    return BalanceView(
        status=balance.status,
        tone=TONES[balance.status],
        state=text(f"bills.state_{balance.status}", language),
        label=_label(balance, language),
        amount=number(shown, language, 2),
        sentence=_sentence(balance, language),
        parts=tuple(_part(part, language) for part in balance.parts),
        lines=tuple(_lines(balance, language)),
        penalty=_penalty(balance, language),
        pay=routes.receipt(last.bill_id) if last and balance.to_pay_rub else "",
        stated=_stated(balance.stated, language) if balance.stated else "",
    )


def rubles(amount: Decimal | None, language: str) -> str:
    """1 234,56 ₽."""
    return quantity(amount, "₽", language, 2)


def _stated(stated: Stated, language: str) -> str:
    kind = "owed" if stated.debt_rub > 0 else "ahead" if stated.debt_rub < 0 else "even"
    amount = rubles(abs(stated.debt_rub), language)
    return text(f"bills.stated_{kind}", language, amount=amount, at=moment(stated.at, language=language))


def _label(balance: ContractBalance, language: str) -> str:
    if balance.status == "due" and balance.due_on:
        return text("bills.to_pay_until", language, date=day_words(balance.due_on, language))
    return text("bills.ahead" if balance.status == "credit" else "bills.to_pay", language)


def _sentence(balance: ContractBalance, language: str) -> str:
    facts = {"debt": rubles(balance.debt_rub, language), "amount": rubles(abs(balance.amount_rub), language)}
    facts["date"] = day_words(balance.due_on, language) if balance.due_on else ""
    return text(f"bills.sentence_{balance.status}", language, **facts)


def _part(part: BalancePart, language: str) -> BalanceLine:
    if part.bill_id is None or part.month is None:
        key = "bills.part_ahead" if part.amount_rub > 0 else "bills.part_returned"
        return BalanceLine(text(key, language), rubles(abs(part.amount_rub), language))
    key = "bills.part_overdue" if part.is_overdue else "bills.part_bill"
    words = text(key, language, month=month_words(part.month, language))
    tone = "danger" if part.is_overdue else ""
    return BalanceLine(words, rubles(-part.amount_rub, language), routes.bill(part.bill_id), tone)


def _lines(balance: ContractBalance, language: str) -> list[BalanceLine]:
    found = []
    if charge := balance.last_charge:
        words = text("bills.charged_for", language, month=month_words(charge.month, language))
        found.append(BalanceLine(words, rubles(charge.amount_rub, language), routes.bill(charge.bill_id)))
    if payment := balance.last_payment:
        words = text("bills.paid_on", language, date=day(payment.paid_on))
        found.append(BalanceLine(words, rubles(payment.amount_rub, language)))
    debt = rubles(balance.debt_rub, language) if balance.debt_rub else text("bills.no_debt", language)
    tone = "danger" if balance.debt_rub else ""
    return [*found, BalanceLine(text("bills.debt", language), debt, tone=tone)]


def _penalty(balance: ContractBalance, language: str) -> str:
    if not balance.penalty_rub:
        return ""
    facts = {"amount": rubles(balance.penalty_rub, language), "source": balance.penalty_source}
    return text("bills.penalty", language, **facts)

"""Balance and tickets of «Главная» in the user's words (Н-43, Н-48, Н-143)."""

from __future__ import annotations

from dataclasses import dataclass

from energo_cabinet import routes
from energo_cabinet.formatting import day, day_words, dots, month_words, quantity
from energo_cabinet.i18n import text
from energo_cabinet.services.bill.balance import ContractBalance
from energo_cabinet.services.ticket.thread import TicketCard

TONES = {"new": "info", "in_work": "warning", "awaiting": "danger"}


@dataclass(frozen=True)
class BalanceLine:
    """A line below the sum; `tone` "" or "bad"."""

    label: str
    value: str
    tone: str = ""


@dataclass(frozen=True)
class BalanceView:
    """The card; `label` "" while nothing has been charged. `is_payable`: there is something to pay."""

    label: str = ""
    amount: str = ""
    badge: str = ""
    tone: str = "gray"
    is_payable: bool = False
    lines: tuple[BalanceLine, ...] = ()


@dataclass(frozen=True)
class TicketRow:
    """A ticket as the card lists it."""

    number: str
    theme: str
    note: str
    status: str
    tone: str
    is_unread: bool
    address: str


def balance_view(balance: ContractBalance | None, language: str) -> BalanceView:
    """What is to be paid, until when, what it is made of."""
    if balance is None:
        return BalanceView()
    to_pay = balance.amount_rub < 0
    label = "to_pay" if to_pay else "ahead" if balance.amount_rub > 0 else "even"
    until = day_words(balance.due_on, language) if to_pay and balance.due_on else ""
    words = text("overview.balance_to_pay_until", language, day=until) if until and not balance.debt_rub else ""
    tones = {"debt": "danger", "due": "info", "zero": "success", "credit": "success"}
    return BalanceView(
        label=words or text(f"overview.balance_{label}", language),
        amount=quantity(abs(balance.amount_rub), "₽", language, 2),
        badge=text(f"overview.balance_is_{balance.status}", language),
        tone=tones[balance.status],
        is_payable=to_pay,
        lines=_lines(balance, language),
    )


def _lines(balance: ContractBalance, language: str) -> tuple[BalanceLine, ...]:
    lines = []
    debt = quantity(balance.debt_rub, "₽", language, 2) if balance.debt_rub else text("overview.no_debt", language)
    lines.append(BalanceLine(text("overview.debt", language), debt, "bad" if balance.debt_rub else ""))
    if balance.last_charge is not None:
        month = month_words(balance.last_charge.month, language)
        label = text("overview.charged", language, month=month)
        lines.append(BalanceLine(label, quantity(balance.last_charge.amount_rub, "₽", language, 2)))
    if balance.last_payment is not None:
        label = text("overview.paid", language, day=day(balance.last_payment.paid_on))
        lines.append(BalanceLine(label, quantity(balance.last_payment.amount_rub, "₽", language, 2)))
    for part in balance.parts if len(balance.parts) > 1 else ():
        label = text("overview.part", language, month=month_words(part.month, language)) if part.month else ""
        tone = "bad" if part.is_overdue else ""
        lines.append(BalanceLine(label, quantity(abs(part.amount_rub), "₽", language, 2), tone))
    return tuple(line for line in lines if line.label)


def ticket_row(ticket: TicketCard, language: str) -> TicketRow:
    """Number, theme, what is awaited, status in the seed's words."""
    due = text("overview.answer_until", language, day=day(ticket.answer_due_on)) if ticket.answer_due_on else ""
    is_open = ticket.status != "closed"
    return TicketRow(
        number=text("tickets.number_short", language, number=ticket.number),
        theme=ticket.theme,
        note=dots([day(ticket.created_at.date()), ticket.answer or (due if is_open else "")]),
        status=text(f"overview.ticket_{ticket.status.value}", language),
        tone=TONES.get(ticket.status.value, "gray"),
        is_unread=ticket.is_unread,
        address=routes.ticket(ticket.id),
    )

"""Пени for late payment of a household (R-23): nothing at first, then a share of the key rate a day, then more.

The shares are settings: they are law of a country and change.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from energo_cabinet.domain.bill.ledger import ZERO, BillSum, PaymentSum, settle
from energo_cabinet.domain.tariff.cost import KOPECK


@dataclass(frozen=True, slots=True)
class PenaltyRule:
    """Steps (day of delay, N): from that day on 1/N of the key rate a day; ascending, nothing before the first."""

    steps: tuple[tuple[int, int], ...]
    key_rate_percent: Decimal

    def percent_of(self, day_of_delay: int) -> Decimal:
        """Percent a day on that day of delay; the first is the day after the due date."""
        shares = [share for since, share in self.steps if since <= day_of_delay]
        return self.key_rate_percent / shares[-1] if shares else Decimal(0)


def penalty(bills: Sequence[BillSum], payments: Sequence[PaymentSum], today: date, rule: PenaltyRule) -> Decimal:
    """Rubles accrued up to and with `today` on the bills still open; the day of a payment counts as unpaid."""
    late = [item.bill for item in settle(bills, payments, today) if item.open_rub]
    total = sum((_of_bill(bill, bills, payments, today, rule) for bill in late), Decimal(0))
    return total.quantize(KOPECK, ROUND_HALF_UP)


def _of_bill(
    bill: BillSum, bills: Sequence[BillSum], payments: Sequence[PaymentSum], today: date, rule: PenaltyRule
) -> Decimal:
    """Day by day; what is open of the bill changes only with a payment."""
    total, first = Decimal(0), bill.due_on + timedelta(days=rule.steps[0][0])
    changes = sorted({p.paid_on + timedelta(days=1) for p in payments if first <= p.paid_on < today} | {first})
    for start, end in zip(changes, [*changes[1:], today + timedelta(days=1)], strict=True):
        before = [p for p in payments if p.paid_on < start]
        owed = next((s.open_rub for s in settle(bills, before, today) if s.bill.id == bill.id), ZERO)
        delays = range((start - bill.due_on).days, (end - bill.due_on).days)
        total += owed * sum((rule.percent_of(day) for day in delays), Decimal(0)) / 100
    return total

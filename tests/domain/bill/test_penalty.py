"""Пени by days of delay (R-23): nothing for 30 days, 1/300 from day 31, 1/130 from day 91 of the key rate."""

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

import pytest

from energo_cabinet.domain.bill.ledger import BillSum, PaymentSum
from energo_cabinet.domain.bill.penalty import PenaltyRule, penalty

RULE = PenaltyRule(((31, 300), (91, 130)), Decimal("9.5"))
DUE = date(2024, 1, 15)  # the delay runs over a leap day
BILL = BillSum(1, "1", date(2023, 12, 1), date(2024, 1, 1), DUE, Decimal(100_000))


def on_day(day: int, *payments: PaymentSum) -> Decimal:
    return penalty([BILL], payments, DUE + timedelta(days=day), RULE)


def rub(owed: int, days_300: int, days_130: int = 0) -> Decimal:
    exact = Decimal(owed) * Decimal("9.5") / 100 * (Decimal(days_300) / 300 + Decimal(days_130) / 130)
    return exact.quantize(Decimal("0.01"), ROUND_HALF_UP)


@pytest.mark.parametrize(("day", "first", "greater"), [(0, 0, 0), (30, 0, 0), (31, 1, 0), (90, 60, 0), (91, 60, 1)])
def test_the_days_on_which_the_share_changes(day, first, greater):
    assert on_day(day) == rub(100_000, first, greater)


def test_a_leap_day_is_a_day():
    assert (DUE + timedelta(days=45)) == date(2024, 2, 29)
    assert on_day(45) == rub(100_000, 15)


def test_after_a_part_was_paid_the_rest_goes_on():
    """60 000 on day 40: ten days on everything, its own among them, five on the rest."""
    part = PaymentSum("p", DUE + timedelta(days=40), Decimal(60_000))
    assert on_day(45, part) == rub(100_000, 10) + rub(40_000, 5)


def test_nothing_runs_on_a_paid_bill():
    assert on_day(200, PaymentSum("p", DUE + timedelta(days=100), Decimal(100_000))) == 0

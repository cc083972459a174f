"""Charges against payments: the oldest bill is settled first, balances follow from month to month (Н-43)."""

from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from energo_cabinet.domain.bill.ledger import BillSum, PaymentSum, balance_of, ledger, settle
from energo_cabinet.domain.time.local_day import add_months

TODAY = date(2026, 11, 21)
FIRST = date(2026, 1, 1)


def bill(index: int, amount: str | Decimal, due_on: date = date(2026, 11, 15)) -> BillSum:
    month = add_months(FIRST, index)
    return BillSum(index + 1, f"{index}", month, month, due_on, Decimal(amount))


def paid(day: date, amount: str | Decimal) -> PaymentSum:
    return PaymentSum(str(day), day, Decimal(amount))


money = st.decimals(0, 9999, places=2)
bills = st.lists(st.decimals(-500, 9999, places=2), max_size=15).map(lambda v: [bill(i, a) for i, a in enumerate(v)])
payments = st.lists(st.builds(paid, st.dates(FIRST, TODAY), money), max_size=15)


@given(bills, payments)
def test_what_is_open_and_what_is_ahead_make_the_balance(charged, received):
    balance = balance_of(charged, received)
    assert sum(item.open_rub for item in settle(charged, received, TODAY)) == max(0, -balance)


@given(bills, payments)
def test_months_carry_the_balance_without_a_gap(charged, received):
    months = ledger(charged, received, TODAY)
    assert all(a.closing_rub == b.opening_rub and add_months(a.month, 1) == b.month for a, b in pairwise(months))
    assert not months or months[-1].closing_rub == balance_of(charged, received)


@given(bills, payments)
def test_no_bill_is_paid_before_an_older_one(charged, received):
    opened = [item.open_rub > 0 for item in settle(charged, received, TODAY) if item.bill.amount_rub > 0]
    assert opened == sorted(opened)


@pytest.mark.parametrize(
    ("due_on", "received", "status"),
    [
        (TODAY, "0", "due"),
        (TODAY, "40", "partly"),
        (date(2026, 11, 20), "40", "overdue"),
        (date(2026, 11, 20), "100", "paid"),
    ],
)
def test_a_bill_is_late_from_the_day_after(due_on, received, status):
    (item,) = settle([bill(0, "100", due_on)], [paid(TODAY, received)], TODAY)
    assert item.status == status


@given(bills, payments, st.builds(paid, st.dates(FIRST, TODAY), st.decimals(-500, "-0.01", places=2)))
def test_a_payment_that_went_back_makes_no_bill_larger(charged, received, returned):
    opened = settle(charged, [*received, returned], TODAY)
    assert all(0 <= item.paid_rub <= max(0, item.bill.amount_rub) for item in opened)
    owed = max(0, -balance_of(charged, [*received, returned]))
    assert sum(item.open_rub for item in opened) <= owed


def test_a_recalculation_below_zero_pays_older_bills():
    opened = [item.open_rub for item in settle([bill(0, "100"), bill(1, "-30"), bill(2, "50")], [], TODAY)]
    assert opened == [70, 0, 50]

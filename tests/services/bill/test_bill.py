"""Bills by month and one by one (Н-43), as their owner sees them; a stranger sees none (test_strangers)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from sqlmodel import select

from energo_cabinet.domain.time.local_day import add_months
from energo_cabinet.models import Charge
from energo_cabinet.services.bill.bill import CHART_MONTHS, PAGE, list_bills, one_bill
from tests import cast as make

OCTOBER = date(2026, 10, 1)


def page(session, cast, number=1):
    return list_bills(session, cast.anna, cast.contract.id, number)


def history(session, cast, months: int) -> None:
    for index in range(months):
        make.bill(session, cast.contract, add_months(OCTOBER, -index), "100.10")


def test_months_newest_first_with_the_running_balance(session, cast):
    make.bill(session, cast.contract, date(2026, 9, 1), "200")
    make.bill(session, cast.contract, OCTOBER, "100")
    make.payment(session, cast.contract, date(2026, 11, 3), "150")
    shown = [(m.month.month, m.charged_rub, m.paid_rub, m.closing_rub) for m in page(session, cast).months]
    assert shown == [(11, 0, 150, -150), (10, 100, 0, -300), (9, 200, 0, -200)]


@pytest.mark.parametrize(("asked", "got"), [(1, 1), (2, 2), (3, 3), (99, 3), (0, 1), ("2", 1), (True, 1)])
def test_pages_come_from_the_server(session, cast, asked, got):
    history(session, cast, 2 * PAGE + 1)
    found = page(session, cast, asked)
    assert (found.page, found.pages, len(found.months)) == (got, 3, 1 if got == 3 else PAGE)
    assert len(found.chart) == CHART_MONTHS
    assert found.chart[-1].month == OCTOBER


def test_no_bills_at_all(session, cast):
    found = page(session, cast)
    assert (found.months, found.chart, found.pages) == ((), (), 1)


def test_a_bill_opens_to_its_lines_and_neighbours(session, cast):
    history(session, cast, 3)
    middle = page(session, cast).months[1].bill.bill.id
    found = one_bill(session, cast.anna, middle)
    assert [(line.title, line.amount_rub) for line in found.lines] == [("Строка 1", Decimal("100.10"))]
    assert found.to_pay_rub == Decimal("200.20")
    assert (found.older, found.newer) == (middle + 1, middle - 1)
    assert found.contract_title == "Квартира на Лесной"


@pytest.mark.parametrize(("amount", "is_off"), [("493.00", False), ("493.01", False), ("493.02", True)])
def test_a_line_that_does_not_add_up_is_marked(session, cast, amount, is_off):
    """F-1: quantity times price against the supplier's amount, to a kopeck."""
    bill = make.bill(session, cast.contract, OCTOBER, amount)
    line = session.exec(select(Charge)).one()
    line.quantity, line.price_rub, line.unit = Decimal(100), Decimal("4.93"), "кВт·ч"
    session.flush()
    (found,) = one_bill(session, cast.anna, bill.id).lines
    assert (found.expected_rub, found.is_off) == (Decimal("493.00"), is_off)

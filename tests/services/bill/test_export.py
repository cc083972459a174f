"""Bills as tables for a download: every month with its balance, and the lines of one bill (Н-43)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from sqlmodel import select

from energo_cabinet.errors import NotFound
from energo_cabinet.models import Charge
from energo_cabinet.services.bill.export import LINE_COLUMNS, MONTH_COLUMNS, bill_table, bills_table
from energo_cabinet.services.energy.export import Label
from tests import cast as make

AUGUST, OCTOBER = date(2026, 8, 1), date(2026, 10, 1)


def months(session, cast):
    table = bills_table(session, cast.anna, cast.contract.id)
    return [dict(zip(MONTH_COLUMNS, row, strict=True)) for row in table.rows]


def test_months_stand_newest_first_with_what_is_left_of_each_bill(session, cast):
    make.bill(session, cast.contract, AUGUST, "200.10")
    make.bill(session, cast.contract, OCTOBER, "100", due_on=date(2026, 12, 15))
    make.payment(session, cast.contract, date(2026, 9, 3), "150")
    october, september, august = months(session, cast)
    assert (august["left"], august["status"]) == (Decimal("50.10"), Label("bill_is_overdue"))
    assert (october["left"], october["status"]) == (Decimal(100), Label("bill_is_due"))
    assert (september["month"], september["paid"], september["charged"]) == (date(2026, 9, 1), 150, 0)
    assert {name for name, cell in september.items() if cell is None} == {
        *("number", "issued_on", "due_on", "left", "status")
    }


def test_each_month_begins_with_what_the_one_before_left(session, cast):
    """The law of the account, over months without a bill and payments of every size."""
    for month, amount in ((1, "10.01"), (2, "0.99"), (5, "-3"), (6, "700")):
        make.bill(session, cast.contract, date(2026, month, 1), amount)
    for month, amount in ((2, "5"), (4, "100.50"), (8, "0.01")):
        make.payment(session, cast.contract, date(2026, month, 20), amount)
    found = months(session, cast)
    assert len(found) == 8 and found[-1]["opening"] == 0
    assert all(newer["opening"] == older["closing"] for newer, older in pairwise(found))
    assert all(row["closing"] == row["opening"] - row["charged"] + row["paid"] for row in found)


def test_an_account_without_bills_is_a_table_without_rows(session, cast):
    table = bills_table(session, cast.anna, cast.contract.id)
    assert (table.rows, table.name) == ((), f"bills-{cast.contract.id}-2026-11-21")
    assert table.columns == tuple(Label(f"bill_{name}") for name in MONTH_COLUMNS)


def test_a_bill_has_its_lines_to_the_kopeck(session, cast):
    bill = make.bill(session, cast.contract, OCTOBER, "493.00", "0.10")
    first = session.exec(select(Charge).order_by(Charge.line)).first()
    first.title, first.quantity, first.unit, first.price_rub = "=HYPERLINK()", Decimal(100), "кВт·ч", Decimal("4.93")
    session.flush()
    table = bill_table(session, cast.anna, bill.id)
    assert table.columns == tuple(Label(f"bill_{name}") for name in LINE_COLUMNS)
    assert table.rows == (
        ("=HYPERLINK()", 100, "кВт·ч", Decimal("4.93"), Decimal("493.00")),
        ("Строка 2", None, "", None, Decimal("0.10")),
    )
    assert table.name == f"bill-{bill.id}-2026-10" and table.name.isascii()


def test_a_strangers_bills_are_not_there(session, cast):
    bill = make.bill(session, cast.contract, OCTOBER, "1")
    for call, key in ((bills_table, cast.contract.id), (bill_table, bill.id), (bill_table, 2**40)):
        with pytest.raises(NotFound):
            call(session, cast.boris, key)

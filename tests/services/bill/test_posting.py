"""A supplier's file of charges or payments (Н-43): booked once, whole or not at all, refused with line and reason."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from sqlmodel import func, select

from energo_cabinet.errors import ImportRefused
from energo_cabinet.models import Bill, Charge, LiveEvent, Payment
from energo_cabinet.services.bill.balance import contract_balance
from energo_cabinet.services.bill.bill import list_bills, one_bill
from energo_cabinet.services.bill.posting import TOPIC, post_payment, read_and_post

CHARGES = """contract;month;number;issued;due;title;quantity;unit;price;amount
7638-294-061;2026-10;С-10;2026-11-03;15.11.2026;Электроэнергия, T1 день;100;кВт·ч;4,93;493,00
7638-294-061;2026-10;С-10;2026-11-03;15.11.2026;Электроэнергия, T2 ночь;50,5;кВт·ч;2,96;
7638-294-061;10.2026;С-10;03.11.2026;2026-11-15;Перерасчёт;;;;-10,50
"""
PAYMENTS = """contract;paid;document;amount
7638-294-061;2026-11-05;П-1;600
"""


def book(session, system, text: str):
    return read_and_post(session, system, "NEKTA", text.encode())


def refusal(session, system, text: str) -> list[tuple[int, str]]:
    with pytest.raises(ImportRefused) as refused:
        book(session, system, text)
    session.rollback()
    return [(notice.line, notice.code) for notice in refused.value.notices]


@pytest.fixture
def kept(session, cast):
    """The cast outlives a rollback."""
    session.commit()
    return cast


def test_rows_of_a_month_make_one_bill(session, kept, system):
    assert book(session, system, CHARGES).bills == 1
    bill = list_bills(session, kept.anna, kept.contract.id).months[0].bill.bill
    assert (bill.number, bill.issued_on, bill.due_on) == ("С-10", date(2026, 11, 3), date(2026, 11, 15))
    lines = one_bill(session, kept.anna, bill.id).lines
    assert [line.amount_rub for line in lines] == [Decimal("493.00"), Decimal("149.48"), Decimal("-10.50")]
    assert bill.amount_rub == Decimal("631.98")


def test_payments_change_the_balance_and_reach_open_tabs(session, kept, system):
    book(session, system, CHARGES)
    assert book(session, system, PAYMENTS).payments == 1
    assert contract_balance(session, kept.anna, kept.contract.id).amount_rub == Decimal("-31.98")
    events = session.exec(select(LiveEvent.user_id).where(LiveEvent.topic == TOPIC)).all()
    assert events == [kept.anna.user] * 2


def test_the_same_file_again_changes_nothing(session, kept, system):
    for text in (CHARGES, PAYMENTS):
        book(session, system, text)
        again = book(session, system, text)
        assert (again.bills, again.payments, again.unchanged) == (0, 0, 1)


def test_defaults_of_number_issue_and_due_day(session, kept, system):
    """R-22: without a due date the day of the settings in the next month."""
    book(session, system, "contract;month;title;amount\n7638-294-061;2026-10;Электроэнергия;1.5\n")
    bill = session.exec(select(Bill)).one()
    assert (bill.number, bill.issued_on, bill.due_on) == ("10/2026", date(2026, 11, 1), date(2026, 11, 15))


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("чужой;2026-10;;;;Э;;;;1", "bill_contract"),
        ("7638-294-061;2026-13;;;;Э;;;;1", "bill_month"),
        ("7638-294-061;2026-12;;;;Э;;;;1", "bill_ahead"),
        ("7638-294-061;2026-09;;2026-11-22;2026-12-15;Э;;;;1", "bill_ahead"),
        ("7638-294-061;2026-09;;2026-11-20;2026-11-15;Э;;;;1", "bill_due_before"),
        ("7638-294-061;2026-09;;31.02.2026;;Э;;;;1", "bill_day"),
        ("7638-294-061;2026-09;;;;;;;;1", "bill_text"),
        ("7638-294-061;2026-09;;;;Э;много;;;1", "bill_number"),
        ("7638-294-061;2026-09;;;;Э;1;;;", "bill_amount"),
        ("7638-294-061;2026-09;;;;Э;;;;1,005", "bill_kopecks"),
        ("7638-294-061;2026-09;;;;Э;;;;NaN", "bill_number"),
    ],
)
def test_a_bad_row_is_refused_by_its_line_and_nothing_is_kept(session, kept, system, row, code):
    assert refusal(session, system, CHARGES + row + "\n") == [(5, code)]
    assert session.exec(select(func.count()).select_from(Charge)).one() == 0


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("7638-294-061;2026-11-22;П-2;1", "bill_ahead"),
        ("7638-294-061;2026-11-05;П-1;601", "bill_payment_differs"),
        ("7638-294-061;2026-11-05;П-2;0", "bill_payment_amount"),
        ("7638-294-061;;П-2;1", "bill_day"),
        ("7638-294-061;2026-11-05;;1", "bill_text"),
        ("нет;2026-11-05;П-2;1", "bill_contract"),
    ],
)
def test_a_bad_payment_is_refused(session, kept, system, row, code):
    assert refusal(session, system, PAYMENTS + row + "\n") == [(3, code)]
    assert session.exec(select(Payment)).all() == []


def test_a_booked_bill_is_never_changed(session, kept, system):
    book(session, system, CHARGES)
    session.commit()
    assert refusal(session, system, CHARGES.replace("493,00", "494,00")) == [(2, "bill_differs")]
    other = CHARGES.replace("2026-10", "2026-09").replace("10.2026", "09.2026")
    assert refusal(session, system, other.replace("03.11.2026", "2026-11-03"))[0][1] == "bill_number_taken"


def test_rows_of_one_bill_agree(session, kept, system):
    assert refusal(session, system, CHARGES.replace("С-10", "С-11", 1)) == [(2, "bill_rows_disagree")]


def test_an_unknown_header(session, kept, system):
    assert refusal(session, system, "a;b\n1;2\n") == [(1, "bill_columns")]


def test_one_payment(session, kept, system):
    given = ("NEKTA", "7638-294-061", date(2026, 11, 5), Decimal("10.00"), "П-7")
    assert [post_payment(session, system, *given).payments for _ in range(2)] == [1, 0]

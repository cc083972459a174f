"""The balance of a contract (Н-43): debt, in time, even and ahead, and what it is made of."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from energo_cabinet.models import ConsumerClass, ContractSync, GatewayKind
from energo_cabinet.services.bill.balance import contract_balance
from tests import cast as make

SEPTEMBER, OCTOBER = date(2026, 9, 1), date(2026, 10, 1)


def balance(session, cast):
    return contract_balance(session, cast.anna, cast.contract.id)


def test_without_bills_and_payments_there_is_none(session, cast):
    assert balance(session, cast) is None


def test_debt_is_what_is_late(session, cast):
    """Two bills, the first partly paid; the October one is due in December."""
    make.bill(session, cast.contract, SEPTEMBER, "500.10", "20")
    october = make.bill(session, cast.contract, OCTOBER, "300", due_on=date(2026, 12, 15))
    make.payment(session, cast.contract, date(2026, 10, 20), "120")
    found = balance(session, cast)
    assert (found.status, found.amount_rub, found.debt_rub) == ("debt", Decimal("-700.10"), Decimal("400.10"))
    parts = [(part.bill_id, part.amount_rub, part.is_overdue) for part in found.parts]
    assert parts[0] == (october.id, Decimal(-300), False)
    assert parts[1][1:] == (Decimal("-400.10"), True)
    assert (found.due_on, found.to_pay_rub) == (date(2026, 10, 15), Decimal("700.10"))


def test_a_bill_in_time_is_no_debt(session, cast):
    make.bill(session, cast.contract, OCTOBER, "300", due_on=date(2026, 11, 21))
    found = balance(session, cast)
    assert (found.status, found.debt_rub, found.due_on) == ("due", 0, date(2026, 11, 21))


def test_even(session, cast):
    make.bill(session, cast.contract, OCTOBER, "300")
    make.payment(session, cast.contract, date(2026, 11, 2), "300")
    found = balance(session, cast)
    assert (found.status, found.amount_rub, found.parts, found.due_on) == ("zero", 0, (), None)


def test_paid_ahead(session, cast):
    make.bill(session, cast.contract, OCTOBER, "300")
    make.payment(session, cast.contract, date(2026, 11, 2), "350.50")
    found = balance(session, cast)
    assert (found.status, found.amount_rub, found.to_pay_rub) == ("credit", Decimal("50.50"), 0)
    assert [part.amount_rub for part in found.parts] == [Decimal("50.50")]


def test_a_payment_that_went_back_is_told_without_a_bill(session, cast):
    """It was told by nothing, or as a bill larger than it is."""
    make.bill(session, cast.contract, OCTOBER, "100")
    make.payment(session, cast.contract, date(2026, 11, 2), "-50.10")
    found = balance(session, cast)
    assert (found.amount_rub, [part.amount_rub for part in found.parts]) == (
        Decimal("-150.10"),
        [-100, Decimal("-50.10")],
    )
    assert [part.bill_id is None for part in found.parts] == [False, True]


def test_the_last_charge_and_payment(session, cast):
    make.bill(session, cast.contract, SEPTEMBER, "100")
    make.bill(session, cast.contract, OCTOBER, "200")
    make.payment(session, cast.contract, date(2026, 10, 5), "40")
    make.payment(session, cast.contract, date(2026, 11, 5), "60")
    found = balance(session, cast)
    assert (found.last_charge.month, found.last_charge.amount_rub) == (OCTOBER, Decimal(200))
    assert (found.last_payment.paid_on, found.last_payment.amount_rub) == (date(2026, 11, 5), Decimal(60))


def test_the_day_is_the_suppliers(session, cast):
    """At 09:00 UTC of 21 November it is still the 20th on Samoa."""
    cast.supplier.zone_name = "Pacific/Pago_Pago"
    make.bill(session, cast.contract, OCTOBER, "300", due_on=date(2026, 11, 20))
    assert balance(session, cast).status == "due"


def test_a_penalty_is_told_to_households_only(session, cast):
    """Day 37 after the due date: seven days at 1/300 of 9.5 % (R-23)."""
    make.bill(session, cast.contract, SEPTEMBER, "1000")
    assert balance(session, cast).penalty_rub == Decimal("2.22")
    cast.contract.consumer_class = ConsumerClass.COMPANY
    assert balance(session, cast).penalty_rub is None


@pytest.mark.parametrize(("debt", "shown"), [("300", False), ("-12.50", True), ("0", True)])
def test_supplier_states_another_balance(session, cast, debt, shown):
    make.bill(session, cast.contract, OCTOBER, "300")
    known = {"debt_rub": Decimal(debt), "debt_at": make.NOW - timedelta(hours=1), "linked_at": make.NOW}
    session.add(ContractSync(contract_id=cast.contract.id, supplier_id=cast.supplier.id, **known))
    session.flush()
    assert balance(session, cast).stated is None
    cast.supplier.gateway = GatewayKind.HTTP
    stated = balance(session, cast).stated
    assert (stated is not None) == shown
    assert not shown or (stated.debt_rub, f"{stated.at:%H:%M}") == (Decimal(debt), "11:00")

"""A debt is told once per bill, after its day, to those who have the contract (Н-128, Н-137)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from energo_cabinet.models import NotificationKind
from energo_cabinet.services.notice.notification import list_notifications
from energo_cabinet.services.reminders.debt import LOOKS_BACK, remind_of_debt
from tests import cast as make
from tests.cast import NOW

OCTOBER = date(2026, 10, 1)
TODAY = NOW.date()


def test_once_per_bill_after_its_day(session, cast, system):
    make.bill(session, cast.contract, OCTOBER, "300", due_on=TODAY)
    tomorrow = replace(system, at=NOW + timedelta(days=1))
    assert [remind_of_debt(session, at) for at in (system, tomorrow, tomorrow)] == [0, 1, 0]
    (item,) = list_notifications(session, cast.anna).items
    assert (item.kind, item.facts["amount"], item.facts["date"]) == (NotificationKind.DEBT, "300,00", "21.11.2026")


def test_a_second_bill_is_told_with_the_whole_debt(session, cast, system):
    make.bill(session, cast.contract, date(2026, 9, 1), "1200", due_on=date(2026, 11, 1))
    make.bill(session, cast.contract, OCTOBER, "34.56")
    assert remind_of_debt(session, system) == 2
    facts = {item.facts["number"]: item.facts for item in list_notifications(session, cast.anna).items}
    assert facts["10/2026"]["amount"] == "34,56"
    assert facts["10/2026"]["debt"] == "1\u00a0234,56"


def test_a_paid_bill_says_nothing(session, cast, system):
    make.bill(session, cast.contract, OCTOBER, "300")
    make.payment(session, cast.contract, date(2026, 11, 10), "300")
    assert remind_of_debt(session, system) == 0


def test_old_debts_are_not_told_one_by_one(session, cast, system):
    make.bill(session, cast.contract, OCTOBER, "300", due_on=TODAY - LOOKS_BACK - timedelta(days=1))
    assert remind_of_debt(session, system) == 0


def test_nobody_to_tell(session, cast, system):
    make.bill(session, make.contract(session, cast.supplier, "2"), OCTOBER, "300")
    assert remind_of_debt(session, system) == 0

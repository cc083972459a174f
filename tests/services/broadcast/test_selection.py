"""Whom a selection names: live links to contracts of this supplier, and nobody by another's (Н-3)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import Session

from energo_cabinet.domain.bill.ledger import settle
from energo_cabinet.models import ConsumerClass, Erasure
from energo_cabinet.services.broadcast.selection import (
    Audience,
    Selection,
    count_audience,
    feeders_of,
    localities_of,
    matching,
)
from energo_cabinet.services.notice.choice import choose
from energo_cabinet.services.values.bill_read import accounts_of
from tests import cast as make
from tests.services.broadcast.scene import contract_of, people

TODAY = date(2026, 11, 21)


@pytest.fixture
def town(session, cast):
    """Six people: two in a village; a company, a debtor and somebody on a feeder among them."""
    who = people(session, cast.supplier, 6, address="г. Северогорск, ул. Лесная, 18")
    flats = [contract_of(session, cast.supplier, number) for number in range(6)]
    flats[0].address = flats[1].address = "с. Луговое, ул. Садовая, 7"
    flats[2].consumer_class = ConsumerClass.COMPANY
    make.bill(session, flats[3], date(2026, 9, 1), "1000", due_on=date(2026, 10, 15))
    make.point(session, flats[4], "P4", feeder="Ф-12")
    make.point(session, flats[5], "P5", feeder="Ф-12", address="пер. Тихий, 3")
    session.flush()
    return [subject.user for subject in who]


def selected(session, cast, chosen):
    """Ids of the people, in order."""
    rows = session.execute(matching(cast.supplier.id, chosen, TODAY).order_by("user_id"))
    return [row.user_id for row in rows if row.user_id != cast.anna.user]


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        (Selection(), [0, 1, 2, 3, 4, 5]),
        (Selection(locality="с. Луговое"), [0, 1]),
        (Selection(locality="с. Луг"), []),
        (Selection(address_part="лесная"), [2, 3, 4, 5]),
        (Selection(address_part="тихий"), [5]),
        (Selection(address_part="100%_"), []),
        (Selection(consumer_class=ConsumerClass.COMPANY), [2]),
        (Selection(debt_from_rub=Decimal("1000")), [3]),
        (Selection(debt_from_rub=Decimal("1000.01")), []),
        (Selection(feeder="Ф-12"), [4, 5]),
        (Selection(feeder="Ф-12", address_part="Тихий", consumer_class=ConsumerClass.FLAT), [5]),
        (Selection(feeder="Ф-12", locality="с. Луговое"), []),
    ],
)
def test_selection_names(session, cast, town, chosen, expected):
    assert selected(session, cast, chosen) == [town[number] for number in expected]


def test_nobody_is_selected_through_another_suppliers_contract(session, cast, town):
    """A debtor of another supplier, who has a paid flat here, is no debtor here."""
    far = make.contract(session, make.supplier(session, "OTHER", "Другой"), "9")
    far.address = "с. Луговое, 1"
    make.bill(session, far, date(2026, 9, 1), "5000", due_on=date(2026, 10, 15))
    make.point(session, far, "P9", feeder="Ф-12")
    make.link(session, cast.anna, far)
    for chosen in (Selection(debt_from_rub=Decimal(1)), Selection(feeder="Ф-12"), Selection(locality="с. Луговое")):
        rows = session.execute(matching(cast.supplier.id, chosen, TODAY)).all()
        assert cast.anna.user not in {row.user_id for row in rows}
    assert localities_of(session, cast.supplier.id, 10) == ["г. Северогорск", "с. Луговое"]
    assert feeders_of(session, far.supplier_id, 10) == feeders_of(session, cast.supplier.id, 10) == ["Ф-12"]


def test_audience_is_counted_by_what_each_wants(session, cast, town):
    """Н-54; whoever has taken the consent back gets nothing (R-37)."""
    for number, wants in enumerate([(True, False), (False, True), (False, False)]):
        choose(session, replace(cast.anna, user_id=town[number]), "supplier", *wants)
    session.add(Erasure(user_id=town[3], reason="consent", asked_at=make.NOW, due_at=make.NOW))
    session.flush()
    assert count_audience(session, cast.supplier.id, Selection(), TODAY) == Audience(7, 4, 4, 2)
    assert count_audience(session, cast.supplier.id, Selection(feeder="-"), TODAY) == Audience()


ROUBLES = st.integers(-30_000, 90_000).map(lambda kopecks: Decimal(kopecks) / 100)
BILLS = st.lists(st.tuples(ROUBLES, st.integers(1, 28)), max_size=6)
PAYMENTS = st.lists(st.integers(0, 120_000).map(lambda kopecks: Decimal(kopecks) / 100), max_size=3)


def test_debtors_are_those_of_the_ledger_to_the_kopeck(session, cast):
    """The statement and `settle`, which the customer's own page shows, never differ."""
    key = cast.contract.id

    @given(BILLS, PAYMENTS)
    @settings(max_examples=30)
    def agrees(bills, payments):
        for number, (amount, due) in enumerate(bills, 1):
            make.bill(session, cast.contract, date(2026, number + 4, 1), str(amount), due_on=date(2026, 11, due))
        for number, amount in enumerate(payments, 1):
            make.payment(session, cast.contract, date(2026, 10, number), str(amount))
        account = accounts_of(session, [key], {key: TODAY})[key]
        settled = settle(account.bills, account.payments, TODAY)
        debt = sum((item.open_rub for item in settled if item.status == "overdue"), Decimal(0))
        assert _is_debtor(session, cast, debt) == (debt > 0)
        assert not _is_debtor(session, cast, debt + Decimal("0.01"))
        session.rollback()

    session.commit()
    agrees()


def _is_debtor(session: Session, cast, debt: Decimal) -> bool:
    chosen = Selection(debt_from_rub=debt)
    return bool(session.execute(matching(cast.supplier.id, chosen, TODAY)).all())

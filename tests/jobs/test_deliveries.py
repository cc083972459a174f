"""Deliveries to suppliers: in order per contract, none lost, none doubled, whatever dies in between (DESIGN 1.8)."""

import asyncio
from datetime import timedelta

import pytest
from sqlmodel import Session, select, update

from energo_cabinet.auth.access import Subject
from energo_cabinet.database import get_engine
from energo_cabinet.gateways.supplier import ParcelRefused, Receipt, SupplierUnavailable
from energo_cabinet.jobs.deliveries import deliver_to_suppliers
from energo_cabinet.models import DeliveryKind, SupplierDelivery
from energo_cabinet.services.supplier import delivery, gateway
from tests import cast as make

KIND = DeliveryKind.TICKET


class Clerk:
    """A local supplier's clerk: takes parcels by key, or raises `says` while it is set."""

    def __init__(self):
        self.taken, self.settled, self.says = [], [], None

    def take(self, session, subject, parcel):
        if self.says:
            raise self.says
        if parcel.key not in self.taken:
            self.taken.append(parcel.key)
        return Receipt("accepted")

    def settle(self, session, subject, payload, receipt):
        self.settled.append((payload["n"], receipt.status))


@pytest.fixture
def clerk(installation, monkeypatch):
    made = Clerk()
    monkeypatch.setitem(gateway.TAKES, KIND, made.take)
    monkeypatch.setitem(delivery.SETTLES, KIND, made.settle)
    with Session(get_engine(), expire_on_commit=False) as session:
        supplier = make.supplier(session)
        made.contracts = [make.contract(session, supplier, number) for number in ("1", "2")]
        session.commit()
    return made


def send(contract, *keys):
    with Session(get_engine()) as session:
        for key in keys:
            subject = Subject("system", make.NOW)
            delivery.send_to_supplier(session, subject, contract, KIND, {"n": key}, key)
        session.commit()


def deliver():
    """One round of the job, with every delivery due."""
    with Session(get_engine()) as session:
        session.exec(update(SupplierDelivery).values(next_try_at=make.NOW - timedelta(days=1)))
        session.commit()
    return asyncio.run(deliver_to_suppliers())


def rows():
    with Session(get_engine()) as session:
        return session.exec(select(SupplierDelivery).order_by(SupplierDelivery.id)).all()


def test_parcels_arrive_in_order_and_once(clerk):
    send(clerk.contracts[0], "a", "b", "a", "c")
    assert (deliver(), deliver()) == (3, 0)
    assert clerk.taken == ["a", "b", "c"]
    assert clerk.settled == [("a", "accepted"), ("b", "accepted"), ("c", "accepted")]


def test_supplier_that_is_away_loses_nothing_and_keeps_the_order(clerk):
    clerk.says = SupplierUnavailable("down")
    send(clerk.contracts[0], "a", "b")
    assert [deliver() for _ in range(3)] == [0, 0, 0]
    assert [row.attempts for row in rows()] == [3, 0]
    clerk.says = None
    assert deliver() == 2
    assert clerk.taken == ["a", "b"]


def test_what_was_put_off_in_a_round_is_not_of_that_round_however_long_it_takes(clerk):
    send(clerk.contracts[0], "a")
    with Session(get_engine()) as session:
        began, later = make.NOW, Subject("system", make.NOW + timedelta(hours=9))
        first = delivery.claim_delivery(session, Subject("system", began), began)
        delivery.delivery_postponed(session, Subject("system", began), first.id, "down")
        assert delivery.claim_delivery(session, later, began) is None
        assert delivery.claim_delivery(session, later, later.at).id == first.id


def test_refused_parcel_is_told_once_and_holds_nobody_up(clerk):
    clerk.says = ParcelRefused("no such meter")
    send(clerk.contracts[0], "a")
    deliver()
    clerk.says = None
    send(clerk.contracts[0], "b")
    deliver()
    assert clerk.settled == [("a", "rejected"), ("b", "accepted")]
    assert rows()[0].last_error == "no such meter"


def test_one_contract_in_trouble_does_not_hold_up_another(clerk):
    clerk.says = RuntimeError("a fault of ours")
    send(clerk.contracts[0], "a")
    deliver()
    clerk.says = None
    with Session(get_engine()) as session:
        later = Subject("system", make.NOW - timedelta(days=1))
        delivery.send_to_supplier(session, later, clerk.contracts[1], KIND, {"n": "z"}, "z")
        session.commit()
    assert asyncio.run(deliver_to_suppliers()) == 1
    assert clerk.taken == ["z"]


def test_crash_between_the_yes_and_the_mark_doubles_nothing(clerk):
    send(clerk.contracts[0], "a", "b")
    with Session(get_engine()) as session:
        first = delivery.claim_delivery(session, Subject("system", make.NOW))
        session.commit()
        delivery.hand_over(session, Subject("system", make.NOW), first.id)
        session.commit()  # here the process dies: taken, not marked
        assert delivery.claim_delivery(session, Subject("system", make.NOW)) is None  # "b" waits behind "a"
        session.exec(update(SupplierDelivery).values(leased_until=make.NOW - timedelta(days=1)))
        session.commit()
    assert deliver() == 2
    assert clerk.taken == ["a", "b"]
    assert [number for number, _ in clerk.settled] == ["a", "b"]


def test_two_workers_never_claim_the_same(clerk):
    for number, contract in enumerate(clerk.contracts):
        send(contract, f"a{number}")
    claimed = []
    with Session(get_engine()) as one, Session(get_engine()) as other:
        for session in (one, other) * 3:
            due = delivery.claim_delivery(session, Subject("system", make.NOW))
            session.commit()
            claimed += [due.id] if due else []
    assert sorted(claimed) == [row.id for row in rows()]


def test_arrival_is_settled_once(clerk):
    send(clerk.contracts[0], "a")
    for _ in range(2):
        with Session(get_engine()) as session:
            delivery.delivery_arrived(session, Subject("system", make.NOW), rows()[0].id, Receipt())
            session.commit()
    assert len(clerk.settled) == 1

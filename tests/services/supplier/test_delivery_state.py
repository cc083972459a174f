"""What has not reached a supplier behind the protocol is shown as such, nothing of ours is (F-5, Н-4)."""

from datetime import timedelta

import pytest
from sqlmodel import select, update

from energo_cabinet.gateways.supplier import Receipt
from energo_cabinet.models import GatewayKind, LiveEvent, SupplierDelivery
from energo_cabinet.services.reading.submission import ReadingForm, list_submissions, submit_reading
from energo_cabinet.services.supplier.delivery import delivery_arrived, delivery_refused
from energo_cabinet.services.ticket.thread import TOPIC
from energo_cabinet.services.ticket.ticket import TicketForm, list_tickets, open_ticket, ticket_thread
from tests import cast as make


@pytest.fixture
def remote(session, cast):
    cast.supplier.gateway = GatewayKind.HTTP
    session.add(cast.supplier)
    session.flush()
    return cast


@pytest.fixture
def ticket(session, remote):
    return open_ticket(session, remote.anna, remote.contract.id, TicketForm("other", "Тема", "Текст", "a@example.org"))


def newest(session):
    return session.exec(select(SupplierDelivery.id).order_by(SupplierDelivery.id.desc())).first()


def ways(session, cast, ticket):
    lines = ticket_thread(session, cast.anna, ticket.card.id).lines
    return [line.delivery for line in lines], list_tickets(session, cast.anna, cast.contract.id).items[0].is_waiting


def test_ticket_waits_until_the_supplier_has_it(session, system, remote, ticket):
    assert ways(session, remote, ticket) == (["waiting"], True)
    delivery_arrived(session, system, newest(session), Receipt("waiting"))
    assert ways(session, remote, ticket) == ([""], False)


def test_refused_line_says_so(session, system, remote, ticket):
    delivery_refused(session, system, newest(session), "no")
    assert ways(session, remote, ticket) == (["refused"], False)


def test_arrival_is_told_to_the_authors_tabs(session, system, remote, ticket):
    before = len(session.exec(select(LiveEvent).where(LiveEvent.topic == TOPIC)).all())
    delivery_arrived(session, system, newest(session), Receipt())
    events = session.exec(select(LiveEvent).where(LiveEvent.topic == TOPIC)).all()
    assert (len(events) - before, events[-1].user_id) == (1, remote.anna.user)


def test_with_a_supplier_of_ours_nothing_waits(session, cast):
    ticket = open_ticket(session, cast.anna, cast.contract.id, TicketForm("other", "Тема", "Текст", "a@example.org"))
    assert ways(session, cast, ticket) == ([""], False)


def test_reading_waits_and_is_kept_when_it_was_taken(session, system, remote):
    remote.supplier.reading_first_day, remote.supplier.reading_last_day = 1, 31
    make.meter(session, remote.point, is_smart=False)
    make.readings(session, remote.point, "T0", [(make.NOW - timedelta(days=30), 4_500_000)])
    form = ReadingForm("form-0001", {"T0": "4600"})
    assert submit_reading(session, remote.anna, remote.point.id, form).sent.is_waiting
    session.exec(update(SupplierDelivery).values(attempts=1))
    delivery_arrived(session, system, newest(session), Receipt("accepted"))
    (item,) = list_submissions(session, remote.anna, remote.point.id).items
    assert (item.is_waiting, str(item.status)) == (False, "accepted")

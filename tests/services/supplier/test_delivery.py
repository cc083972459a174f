"""What leaves for a supplier: claimed in order, handed over once, and what became of it (F-5, Н-4)."""

from datetime import timedelta

from sqlmodel import select, update

from energo_cabinet.gateways.supplier import Receipt
from energo_cabinet.models import LiveEvent, SupplierDelivery
from energo_cabinet.services.reading.submission import ReadingForm, list_submissions, submit_reading
from energo_cabinet.services.supplier.delivery import delivery_arrived, delivery_refused
from energo_cabinet.services.ticket.thread import TOPIC
from tests import cast as make
from tests.services.supplier.scene import newest, ways


def test_refused_line_says_so(session, system, remote, ticket):
    delivery_refused(session, system, newest(session), "no")
    assert ways(session, remote, ticket) == (["refused"], False)


def test_arrival_is_told_to_the_authors_tabs(session, system, remote, ticket):
    before = len(session.exec(select(LiveEvent).where(LiveEvent.topic == TOPIC)).all())
    delivery_arrived(session, system, newest(session), Receipt())
    events = session.exec(select(LiveEvent).where(LiveEvent.topic == TOPIC)).all()
    assert (len(events) - before, events[-1].user_id) == (1, remote.anna.user)


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

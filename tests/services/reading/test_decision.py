"""Readings that wait for the supplier: accepted or rejected, once (F-5, Н-67…69)."""

import pytest
from sqlmodel import select

from energo_cabinet.errors import Conflict
from energo_cabinet.models import MeterReading, ReadingSubmission, SubmissionStatus
from energo_cabinet.services.reading.decision import decide_reading, waiting_readings
from energo_cabinet.services.reading.submission import list_submissions, meters_to_read
from tests import cast as make
from tests.services.reading.scene import deliver, kinds, send

pytestmark = pytest.mark.usefixtures("surroundings")


def test_doubtful_reading_is_asked_about_then_waits_for_the_supplier(session, house, system):
    asked = send(session, house, "4400")
    assert (asked.sent, asked.doubts[0].code) == (None, "below")
    assert session.exec(select(ReadingSubmission)).all() == []
    sent = send(session, house, "4400", is_confirmed=True).sent
    deliver(session, system)
    (waiting,) = waiting_readings(session, system, "NEKTA")
    assert (waiting.number, waiting.doubts, waiting.status) == (sent.number, ("below",), "sent")
    decide_reading(session, system, sent.number, False, "Фото не видно")
    (item,) = list_submissions(session, house.anna, house.point.id).items
    assert (item.status, item.reason) == (SubmissionStatus.REJECTED, "Фото не видно")
    assert kinds(session) == ["reading_rejected"]
    assert meters_to_read(session, house.anna)[0].is_due
    with pytest.raises(Conflict):
        decide_reading(session, system, sent.number, True)


def test_confirmed_reading_that_the_supplier_accepts_is_stored(session, house, system):
    sent = send(session, house, "4500", is_confirmed=True).sent
    deliver(session, system)
    decide_reading(session, system, sent.number, True)
    assert session.get(MeterReading, (house.point.id, "A+", "T0", make.NOW)).register_wh == 4_500_000

"""Readings sent and delivered in the test's own transaction."""

from datetime import UTC, datetime

from sqlmodel import select

from energo_cabinet.models import Notification
from energo_cabinet.services.reading.submission import ReadingForm, submit_reading
from energo_cabinet.services.supplier import delivery

LAST = datetime(2026, 10, 21, 9, tzinfo=UTC)
KEY = "0123456789abcdef"


def form(value="4612,5", key=KEY, **more):
    return ReadingForm(key, {"T0": value}, **more)


def send(session, house, *args, who=None, **more):
    return submit_reading(session, who or house.anna, house.point.id, form(*args, **more))


def deliver(session, subject):
    """What the job does, in the test's own transaction."""
    done = 0
    while due := delivery.claim_delivery(session, subject):
        delivery.delivery_arrived(session, subject, due.id, delivery.hand_over(session, subject, due.id))
        done += 1
    return done


def kinds(session):
    return sorted(row.kind.value for row in session.exec(select(Notification)))

"""Sending readings: window, checks, once, statuses, history (F-5, Н-67…69, R-17, R-18)."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from sqlmodel import select

from energo_cabinet.errors import CabinetError, InvalidInput, NotFound
from energo_cabinet.models import LiveEvent, MeterReading, ReadingQuality, SubmissionStatus, SupplierDelivery
from energo_cabinet.services.point.point import list_points
from energo_cabinet.services.reading.decision import count_readings
from energo_cabinet.services.reading.submission import list_submissions, meters_to_read
from energo_cabinet.services.supplier import delivery
from tests import cast as make
from tests.services.reading.scene import deliver, kinds, send

pytestmark = pytest.mark.usefixtures("surroundings")


def test_right_reading_is_sent_counts_as_the_last_at_once_and_is_accepted(session, house, system):
    """Last reading date (alryaz/hass-lkcomu-interrao #18); «отправлено → принято → учтено»."""
    sent = send(session, house).sent
    assert (sent.status, sent.used_kwh["T0"]) == (SubmissionStatus.SENT, Decimal("112.5"))
    (card,) = list_points(session, house.anna)
    assert (card.last_readings[0].value_kwh, card.last_read_at) == (Decimal("4612.5"), make.NOW)
    assert deliver(session, system) == 1
    stored = session.get(MeterReading, (house.point.id, "A+", "T0", make.NOW))
    assert (stored.register_wh, stored.quality) == (4_612_500, ReadingQuality.MANUAL)
    assert count_readings(session, system, "NEKTA", make.NOW + timedelta(days=9)) == 1
    (item,) = list_submissions(session, house.anna, house.point.id).items
    assert (item.status, item.number) == (SubmissionStatus.COUNTED, f"261121-{item.id:05d}")
    assert kinds(session) == ["reading_accepted"]
    assert not meters_to_read(session, house.anna)[0].is_due


def test_double_click_sends_once(session, house):
    first, second = send(session, house), send(session, house, "9999")
    assert first.sent.id == second.sent.id
    assert len(session.exec(select(SupplierDelivery)).all()) == 1


@pytest.mark.parametrize(
    ("typed", "day", "wrong"),
    [
        ("", "", {"T0": "reading_required"}),
        ("12,345", "", {"T0": "reading_precision"}),
        ("x", "2026-11-22", {"T0": "reading_number", "read_on": "reading_in_future"}),
        ("4600", "2026-10-21", {"read_on": "reading_before_last"}),
        ("4600", "2026-02-30", {"read_on": "reading_date"}),
        ("4600", "yesterday", {"read_on": "reading_date"}),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(session, house, typed, day, wrong):
    with pytest.raises(InvalidInput) as caught:
        send(session, house, typed, read_on=day)
    assert caught.value.fields == wrong


def test_reading_of_an_earlier_day_is_taken_at_its_noon(session, house):
    assert send(session, house, read_on="2026-11-20").sent.read_at == datetime(2026, 11, 20, 9, tzinfo=UTC)


def test_outside_the_window_it_says_when_it_opens(session, house):
    late = replace(house.anna, at=datetime(2026, 11, 26, 9, tzinfo=UTC))
    with pytest.raises(CabinetError) as caught:
        send(session, house, who=late)
    assert (caught.value.code, caught.value.params["day"]) == ("reading_window_closed", "15.12.2026")


def test_smart_meter_and_no_meter_are_refused(session, cast):
    """Н-69."""
    with pytest.raises(CabinetError, match="reading_no_meter"):
        send(session, cast)
    make.meter(session, cast.point)
    with pytest.raises(CabinetError, match="reading_smart"):
        send(session, cast)


def test_reading_arrives_once_when_the_job_dies_before_its_mark(session, house, system):
    send(session, house)
    due = delivery.claim_delivery(session, system)
    delivery.hand_over(session, system, due.id)  # stored; here the process dies
    later = replace(system, at=make.NOW + timedelta(minutes=9))
    assert deliver(session, later) == 1
    assert deliver(session, later) == 0
    stored = select(MeterReading).where(MeterReading.read_at == make.NOW)
    assert len(session.exec(stored).all()) == 1
    assert kinds(session) == ["reading_accepted"]


def test_everybody_who_sees_the_contract_is_pushed(session, house, system):
    make.link(session, house.boris, house.contract)
    send(session, house)
    users = {event.user_id for event in session.exec(select(LiveEvent).where(LiveEvent.topic == "readings"))}
    assert users == {house.anna.user, house.boris.user}


def test_history_pages_and_is_closed_to_strangers(session, house):
    for day in range(16, 20):
        send(session, house, f"{4500 + day}", key=f"form-{day}-00", read_on=f"2026-11-{day}")
    page = list_submissions(session, house.anna, house.point.id, limit=3)
    rest = list_submissions(session, house.anna, house.point.id, page.next, limit=3)
    assert [len(page.items), len(rest.items), rest.next] == [3, 1, None]
    with pytest.raises(NotFound):
        list_submissions(session, house.boris, house.point.id)

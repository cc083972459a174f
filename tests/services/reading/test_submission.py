"""Sending readings: window, checks, once, statuses, history (F-5, Н-67…69, R-17, R-18)."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from sqlmodel import select

from energo_cabinet.errors import CabinetError, Conflict, InvalidInput, NotFound
from energo_cabinet.models import (
    LiveEvent,
    MeterReading,
    Notification,
    ReadingQuality,
    ReadingSubmission,
    SubmissionStatus,
    SupplierDelivery,
)
from energo_cabinet.services.point.point import list_points
from energo_cabinet.services.reading.decision import count_readings, decide_reading, waiting_readings
from energo_cabinet.services.reading.submission import ReadingForm, list_submissions, meters_to_read, submit_reading
from energo_cabinet.services.reminders.reading import remind_of_readings
from energo_cabinet.services.supplier import delivery
from tests import cast as make

pytestmark = pytest.mark.usefixtures("surroundings")
LAST = datetime(2026, 10, 21, 9, tzinfo=UTC)
KEY = "0123456789abcdef"


@pytest.fixture
def house(session, cast):
    """Анна's plain meter: 100 kWh a month, last 4 500 kWh on 21 October; today is 21 November."""
    make.meter(session, cast.point, serial_number="07731955", model="Меркурий 201.8", is_smart=False)
    months = [(LAST - timedelta(days=30 * n), (4500 - 100 * n) * 1000) for n in range(6)]
    make.readings(session, cast.point, "T0", months)
    return cast


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


def test_meter_to_read_says_what_was_what_would_be_and_until_when(session, house):
    (meter,) = meters_to_read(session, house.anna, house.contract.id)
    (zone,) = meter.zones
    assert (zone.zone, zone.last_kwh) == ("T0", Decimal(4500))
    assert round(zone.calculated_kwh) == 4603
    assert (meter.window.first, meter.window.last) == (date(2026, 11, 15), date(2026, 11, 25))
    assert (meter.window.is_open, meter.window.days_left, meter.is_due) == (True, 4, True)


def test_after_three_months_without_readings_the_norm_counts(session, house):
    """R-18."""
    house.point.norm_day_kwh = Decimal(10)
    later = replace(house.anna, at=LAST + timedelta(days=102))
    (meter,) = meters_to_read(session, later, house.contract.id)
    assert round(meter.zones[0].calculated_kwh) == 4500 + round(92 * 100 / 30) + 100


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


def test_fields_follow_the_zones_of_the_tariff(session, house):
    house.point.tariff_id = make.tariff(session, house.supplier).id
    (meter,) = meters_to_read(session, house.anna)
    assert [zone.zone for zone in meter.zones] == ["T1", "T2"]
    with pytest.raises(InvalidInput) as caught:
        submit_reading(session, house.anna, house.point.id, ReadingForm(KEY, {"T1": "10"}))
    assert caught.value.fields == {"T2": "reading_required"}


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


def test_readings_due_are_told_once_in_a_window_and_not_after_they_were_sent(session, house, system):
    assert [remind_of_readings(session, system), remind_of_readings(session, system)] == [1, 0]
    assert kinds(session) == ["readings_due"]
    december = replace(system, at=datetime(2026, 12, 16, 9, tzinfo=UTC))
    send(session, house, who=replace(house.anna, at=december.at), is_confirmed=True)
    assert remind_of_readings(session, december) == 0
    assert remind_of_readings(session, replace(system, at=datetime(2026, 12, 27, tzinfo=UTC))) == 0

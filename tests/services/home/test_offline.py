"""What a phone keeps, and a reading written down without a network (F-21)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from sqlmodel import select

from energo_cabinet.auth.login_session import find_session, open_session
from energo_cabinet.errors import CabinetError, PermissionDenied
from energo_cabinet.models import ReadingSubmission, User
from energo_cabinet.services.home.offline import snapshot
from energo_cabinet.services.phone.pairing_claim import keep_browser_device
from energo_cabinet.services.reading.offline import submit_late_reading
from energo_cabinet.services.reading.submission import ReadingForm
from energo_cabinet.settings import get_settings
from tests import cast as make

pytestmark = pytest.mark.usefixtures("surroundings")
LAST = datetime(2026, 10, 21, 9, tzinfo=UTC)
KEY = "0123456789abcdef"


@pytest.fixture
def house(session, cast):
    """Анна's plain meter, last 4 500 kWh on 21 October; today is 21 November, the window is open."""
    make.meter(session, cast.point, is_smart=False)
    make.readings(session, cast.point, "T0", [(LAST - timedelta(days=30), 4_400_000), (LAST, 4_500_000)])
    return cast


def on_phone(session, who):
    """The same person in the browser of a paired phone."""
    token = open_session(session, who, session.get(User, who.user), True, get_settings())
    keep_browser_device(session, who, token, "Телефон")
    return replace(who, session_id=find_session(session, token, make.NOW)[0].id)


def send(session, house, seen, key=KEY, value="4612.5"):
    form = ReadingForm(key, {"T0": value}, "2026-11-21")
    return submit_late_reading(session, house.anna, house.point.id, form, seen)


def test_only_a_phone_keeps_anything(session, house):
    with pytest.raises(PermissionDenied):
        snapshot(session, house.anna)


def test_the_phone_keeps_points_readings_and_what_is_due(session, house):
    kept = snapshot(session, on_phone(session, house.anna))
    (point,) = kept.points
    assert (kept.user_id, point.readings[0].value_kwh, point.is_due) == (house.anna.user, Decimal(4500), True)
    assert point.due_on == date(2026, 11, 25)
    assert [contract.title for contract in kept.contracts] == ["Квартира на Лесной"]


def test_charts_of_the_newest_month_and_day(session, cast):
    line = make.series(session, cast.point)
    for day in (19, 20):
        make.day(session, line, date(2026, 11, day))
    (point,) = snapshot(session, on_phone(session, cast.anna)).points
    assert [day.kwh for day in point.days][-2:] == [Decimal("4.8"), Decimal("4.8")]
    assert (point.profile_on, len(point.kwh)) == (date(2026, 11, 20), 48)


def test_nothing_of_anybody_else(session, house):
    kept = snapshot(session, on_phone(session, house.boris))
    assert (kept.contracts, kept.points, kept.notices) == ((), (), ())


def test_a_late_reading_is_sent_once_however_often_it_is_sent(session, house):
    first, again = send(session, house, {"T0": "4500"}), send(session, house, {"T0": "4500.000"})
    assert first.sent.id == again.sent.id
    assert len(session.exec(select(ReadingSubmission)).all()) == 1


@pytest.mark.parametrize("seen", [{"T0": "4400"}, {"T0": "x"}, {"T1": "4500"}])
def test_a_meter_that_shows_otherwise_by_now_is_a_conflict(session, house, seen):
    with pytest.raises(CabinetError) as conflict:
        send(session, house, seen)
    assert (conflict.value.code, conflict.value.status) == ("reading_conflict", 409)


def test_another_reading_on_its_way_is_a_conflict(session, house):
    send(session, house, {}, key="another-0123456789")
    with pytest.raises(CabinetError) as conflict:
        send(session, house, {"T0": "4500"})
    assert conflict.value.code == "reading_conflict"

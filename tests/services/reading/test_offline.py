"""A reading written down without a network: sent once, refused when the meter shows otherwise (F-21)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlmodel import select

from energo_cabinet.errors import CabinetError
from energo_cabinet.models import ReadingSubmission
from energo_cabinet.services.reading.offline import submit_late_reading
from energo_cabinet.services.reading.submission import ReadingForm
from tests import cast as make
from tests.services.reading.scene import KEY, LAST

pytestmark = pytest.mark.usefixtures("surroundings")


@pytest.fixture
def house(session, cast):
    """Анна's plain meter, last 4 500 kWh on 21 October; today is 21 November, the window is open."""
    make.meter(session, cast.point, is_smart=False)
    make.readings(session, cast.point, "T0", [(LAST - timedelta(days=30), 4_400_000), (LAST, 4_500_000)])
    return cast


def send(session, house, seen, key=KEY, value="4612.5"):
    form = ReadingForm(key, {"T0": value}, "2026-11-21")
    return submit_late_reading(session, house.anna, house.point.id, form, seen)


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

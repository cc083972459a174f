"""Readings due are told once in a window (F-5)."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from energo_cabinet.services.reminders.reading import remind_of_readings
from tests import cast as make
from tests.services.reading.scene import LAST, kinds, send

pytestmark = pytest.mark.usefixtures("surroundings")


@pytest.fixture
def house(session, cast):
    """Анна's plain meter: 100 kWh a month, last 4 500 kWh on 21 October; today is 21 November."""
    make.meter(session, cast.point, serial_number="07731955", model="Меркурий 201.8", is_smart=False)
    months = [(LAST - timedelta(days=30 * n), (4500 - 100 * n) * 1000) for n in range(6)]
    make.readings(session, cast.point, "T0", months)
    return cast


def test_readings_due_are_told_once_in_a_window_and_not_after_they_were_sent(session, house, system):
    assert [remind_of_readings(session, system), remind_of_readings(session, system)] == [1, 0]
    assert kinds(session) == ["readings_due"]
    december = replace(system, at=datetime(2026, 12, 16, 9, tzinfo=UTC))
    send(session, house, who=replace(house.anna, at=december.at), is_confirmed=True)
    assert remind_of_readings(session, december) == 0
    assert remind_of_readings(session, replace(system, at=datetime(2026, 12, 27, tzinfo=UTC))) == 0

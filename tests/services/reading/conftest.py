"""Анна's plain meter with half a year of readings."""

from datetime import timedelta

import pytest

from tests import cast as make
from tests.services.reading.scene import LAST


@pytest.fixture
def house(session, cast):
    """Анна's plain meter: 100 kWh a month, last 4 500 kWh on 21 October; today is 21 November."""
    make.meter(session, cast.point, serial_number="07731955", model="Меркурий 201.8", is_smart=False)
    months = [(LAST - timedelta(days=30 * n), (4500 - 100 * n) * 1000) for n in range(6)]
    make.readings(session, cast.point, "T0", months)
    return cast

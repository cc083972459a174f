"""Meters that are read by hand: what was, what would be, until when (Н-67…69, R-17, R-18)."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from energo_cabinet.errors import InvalidInput
from energo_cabinet.services.reading.meter import meters_to_read
from energo_cabinet.services.reading.submission import ReadingForm, submit_reading
from tests import cast as make
from tests.services.reading.scene import KEY, LAST

pytestmark = pytest.mark.usefixtures("surroundings")


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


def test_fields_follow_the_zones_of_the_tariff(session, house):
    house.point.tariff_id = make.tariff(session, house.supplier).id
    (meter,) = meters_to_read(session, house.anna)
    assert [zone.zone for zone in meter.zones] == ["T1", "T2"]
    with pytest.raises(InvalidInput) as caught:
        submit_reading(session, house.anna, house.point.id, ReadingForm(KEY, {"T1": "10"}))
    assert caught.value.fields == {"T2": "reading_required"}

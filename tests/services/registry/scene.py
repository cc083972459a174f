"""A point's card, and a meter read by hand that is about to be replaced."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from energo_cabinet.domain.time.local_day import midnight
from energo_cabinet.formats.files.content import RegisterInFile
from energo_cabinet.models import Meter
from energo_cabinet.services.registry.point import registry_card
from energo_cabinet.services.values.reading_write import store_readings
from tests import cast as make
from tests.cast import NOW

TYPED = {"day": "2026-10-15", "time": "12:00", "serial": "55500001", "model": "Нартис-И100", "zone_count": "1"}
REGISTERS = {"final_T1": "1 142,5", "initial_T1": "7"}


def card(session, cast):
    return registry_card(session, cast.grigory, cast.point.id)


def at(day: int, month: int = 10):
    return midnight(date(2026, month, day), "Europe/Moscow")


def read_by_hand(session, cast) -> Meter:
    """1000 kWh on 1 October; the new meter shows 167 on 1 November, ascribed to the old one as it was imported."""
    meter = make.meter(session, cast.point, is_smart=False)
    values = [(at(1), 1_000_000), (at(15) + timedelta(hours=4), 1_140_000)]
    make.readings(session, cast.point, "T1", values, meter_id=meter.id)
    return meter


def arrives(session, cast, when: datetime, wh: int) -> None:
    reading = RegisterInFile("x", "A+", "T1", int(when.timestamp()), wh, 0)
    store_readings(session, [reading], {"x": cast.point.id}, None, NOW)

"""A replaced meter: consumption of the month is the sum of both, by intervals and by registers (Н-149, Н-151)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from sqlmodel import select

from energo_cabinet.domain.time.period import Period
from energo_cabinet.errors import Conflict
from energo_cabinet.models import LiveEvent, Meter, MeterInstallation, MeterReading
from energo_cabinet.services.energy.consumption import consumption
from energo_cabinet.services.registry.point import registry_card
from energo_cabinet.services.registry.replacement import preview_replacement, replace_meter
from energo_cabinet.services.registry.replacement_form import replacement_form
from tests import cast as make
from tests.services.registry.scene import REGISTERS, TYPED, arrives, at, read_by_hand

FIRST, LAST = date(2026, 10, 1), date(2026, 10, 31)


def october(session, cast):
    (bucket,) = consumption(session, cast.anna, cast.point.id, "months", Period(FIRST, LAST)).buckets
    return bucket


def test_registers_the_month_is_the_sum_of_both_meters(session, cast):
    read_by_hand(session, cast)
    replace_meter(session, cast.grigory, cast.point.id, TYPED | REGISTERS, "41907352")
    arrives(session, cast, at(1, 11), 167_000)
    bucket = october(session, cast)
    assert (bucket.total_kwh, bucket.is_estimated, bucket.is_partial) == (Decimal("302.5"), False, False)


def test_registers_that_came_before_the_replacement_was_told(session, cast):
    read_by_hand(session, cast)
    arrives(session, cast, at(1, 11), 167_000)
    assert october(session, cast).total_kwh is None
    replace_meter(session, cast.grigory, cast.point.id, TYPED | REGISTERS, "41907352")
    assert october(session, cast).total_kwh == Decimal("302.5")


def test_intervals_go_on_as_they_are(session, cast):
    meter, series = make.meter(session, cast.point), make.series(session, cast.point)
    for n in range(31):
        make.day(session, series, FIRST + timedelta(days=n), 100)
    before = october(session, cast).total_kwh
    make.readings(session, cast.point, "T1", [(at(1), 1_000_000)], meter_id=meter.id)
    replace_meter(session, cast.grigory, cast.point.id, TYPED | REGISTERS, "41907352")
    assert october(session, cast).total_kwh == before == Decimal("148.8")


def test_the_preview_tells_both_parts_and_writes_nothing(session, cast):
    read_by_hand(session, cast)
    arrives(session, cast, at(1, 11), 167_000)
    cast.point.current_ratio = Decimal(2)
    session.flush()
    shown = preview_replacement(session, cast.grigory, cast.point.id, TYPED | REGISTERS)
    assert (shown.old_kwh, shown.new_kwh, shown.registers_kwh) == (Decimal(285), Decimal(320), Decimal(605))
    assert (shown.intervals_kwh, shown.first, shown.last) == (None, FIRST, LAST)
    assert len(session.exec(select(Meter)).all()) == 1 and len(session.exec(select(MeterReading)).all()) == 3


def test_history_names_both_meters_with_their_registers(session, cast):
    read_by_hand(session, cast)
    replace_meter(session, cast.grigory, cast.point.id, TYPED | REGISTERS, "41907352")
    new, old = registry_card(session, cast.grigory, cast.point.id).installed
    assert (new.serial_number, new.initial, new.removed_on) == ("55500001", {"T1": Decimal(7)}, None)
    assert (old.removed_on, old.final) == (date(2026, 10, 15), {"T1": Decimal("1142.5")})
    assert [event.user_id for event in session.exec(select(LiveEvent))] == [cast.anna.user]


def test_a_first_meter_needs_no_final_register(session, cast):
    replace_meter(session, cast.grigory, cast.point.id, TYPED | {"initial_T0": "0"}, "")
    stand = session.exec(select(MeterInstallation)).one()
    assert stand.installed_at.astimezone(UTC) == datetime(2026, 10, 15, 9, 0, 1, tzinfo=UTC)


def test_two_engineers_do_not_replace_the_same_meter_twice(session, cast):
    read_by_hand(session, cast)
    replace_meter(session, cast.grigory, cast.point.id, TYPED | REGISTERS, "41907352")
    later = TYPED | {"day": "2026-10-20", "serial": "2", "final_T1": "8", "initial_T1": "0"}
    with pytest.raises(Conflict):
        replace_meter(session, cast.grigory, cast.point.id, later, "41907352")
    assert replacement_form(session, cast.grigory, cast.point.id).free == (("41907352", "Меркурий 204 ARTM"),)

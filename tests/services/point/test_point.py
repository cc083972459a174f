"""Metering points: the list and the passport (Н-63…Н-97)."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from energo_cabinet.errors import NotFound
from energo_cabinet.models import MeterInstallation, RelayState
from energo_cabinet.services.point.point import ZoneReading, list_points, point_details
from tests import cast as make

MORNING = datetime(2026, 11, 21, 6, 0, tzinfo=ZoneInfo("Europe/Moscow"))


def test_list_shows_number_meter_last_readings_and_date(session, cast):
    make.meter(session, cast.point)
    make.readings(session, cast.point, "T1", [(MORNING.replace(day=20), 1), (MORNING, 3_124_027)])
    make.readings(session, cast.point, "T2", [(MORNING, 1_527_796)])
    make.day(session, make.series(session, cast.point), date(2026, 11, 20))
    (card,) = list_points(session, cast.anna)
    assert (card.number, card.meter_model, card.serial_number) == ("ЛС-061-01", "Меркурий 204 ARTM", "41907352")
    assert card.last_readings == (ZoneReading("T1", Decimal("3124.027")), ZoneReading("T2", Decimal("1527.796")))
    assert (card.last_read_at.isoformat(), card.last_interval_on) == ("2026-11-21T06:00:00+03:00", date(2026, 11, 20))
    assert (card.is_smart, card.contract_title, card.channels) == (True, "Квартира на Лесной", ("A+",))


def test_total_register_is_shown_where_there_are_no_zones(session, cast):
    make.readings(session, cast.point, "T0", [(MORNING, 5_000)])
    assert list_points(session, cast.anna)[0].last_readings == (ZoneReading("T0", Decimal(5)),)


def test_list_of_one_contract_and_of_all(session, cast):
    second = make.contract(session, cast.supplier, "7638-294-118")
    make.link(session, cast.anna, second, "Гараж, бокс 14")
    make.point(session, second, "ЛС-118-01")
    assert [p.number for p in list_points(session, cast.anna)] == ["ЛС-061-01", "ЛС-118-01"]
    assert [p.contract_title for p in list_points(session, cast.anna, second.id)] == ["Гараж, бокс 14"]


def test_stranger_has_no_points_and_no_contract_of_annas(session, cast):
    assert list_points(session, cast.boris) == []
    with pytest.raises(NotFound):
        list_points(session, cast.boris, cast.contract.id)


def test_point_that_nobody_described_is_full_of_blanks(session, cast):
    """Empty is "" or None, which pages show as «—»; a norm of 0 is not set."""
    passport = point_details(session, cast.anna, cast.point.id)
    assert (passport.card.serial_number, passport.card.last_readings, passport.card.last_read_at) == ("", (), None)
    assert passport.relay_state is passport.power_limit_kw is passport.next_verification_on is None
    assert passport.tariff_name == "" and passport.norm_day_kwh == 0


def test_passport_has_every_field_of_the_meter(session, cast):
    """Н-78…Н-90."""
    make.meter(
        session,
        cast.point,
        registry_number="75755-19",
        accuracy_class="0,2S/0,5",
        nominal_voltage="3*230/400",
        current_range="5/60",
        relay_state=RelayState.ON,
        commissioned_on=date(2020, 12, 1),
        next_verification_on=date(2036, 12, 1),
    )
    passport = point_details(session, cast.anna, cast.point.id)
    assert (passport.registry_number, passport.accuracy_class) == ("75755-19", "0,2S/0,5")
    assert (passport.nominal_voltage, passport.current_range) == ("3*230/400", "5/60")
    assert (passport.relay_state, passport.commissioned_on) == (RelayState.ON, date(2020, 12, 1))
    assert passport.next_verification_on == date(2036, 12, 1) and passport.last_verification_on is None


def test_passport_has_tariff_ratios_and_norms(session, cast):
    """Н-84, Н-89, Н-91…Н-96."""
    tariff = make.tariff(session, cast.supplier)
    cast.point.tariff_id, cast.point.current_ratio, cast.point.norm_day_kwh = tariff.id, Decimal(40), Decimal(6)
    cast.point.power_limit_kw = Decimal(15)
    session.flush()
    passport = point_details(session, cast.anna, cast.point.id)
    assert (passport.tariff_name, passport.tariff_zones) == ("Двухзонный, население", ("T1", "T2"))
    assert (passport.current_ratio, passport.norm_day_kwh, passport.power_limit_kw) == (40, 6, 15)


def test_replaced_meter_gives_way_to_the_one_standing_now(session, cast):
    old = make.meter(session, cast.point, serial_number="OLD")
    standing = session.get_one(MeterInstallation, 1)
    assert standing.meter_id == old.id
    standing.removed_on = date(2026, 1, 10)
    make.meter(session, cast.point, since=date(2026, 1, 10), serial_number="NEW")
    passport = point_details(session, cast.anna, cast.point.id)
    assert (passport.card.serial_number, passport.installed_on) == ("NEW", date(2026, 1, 10))


@pytest.mark.parametrize("point_id", [None, "1", "x' OR 1=1", 2**64, 0, True])
def test_what_is_no_id_is_not_found(session, cast, point_id):
    with pytest.raises(NotFound):
        point_details(session, cast.anna, point_id)

"""«Главная» (Н-37…Н-48): the month so far against the same days, what is left out, what an empty contract says."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import select

from energo_cabinet.errors import NotFound
from energo_cabinet.models import LiveEvent
from energo_cabinet.services.home.overview import overview
from energo_cabinet.services.notice.live_event import MEASURED, tell_measured
from tests import cast as make
from tests.cast import NOW

NOVEMBER, OCTOBER = date(2026, 11, 1), date(2026, 10, 1)


def days(session, series, first, count, wh):
    for n in range(count):
        make.day(session, series, first + timedelta(days=n), wh)


@pytest.fixture
def measured(session, cast):
    """Октябрь: 0,1 kWh a slot; 1–20 November: 0,2; two zones at 5 and 3 roubles."""
    since = date(2026, 1, 1)
    tariff = make.tariff(session, cast.supplier, prices=[("T1", since, "5"), ("T2", since, "3")])
    cast.point.tariff_id = tariff.id
    series = make.series(session, cast.point)
    days(session, series, OCTOBER, 31, 100)
    days(session, series, NOVEMBER, 20, 200)
    return series


def test_the_same_days_of_the_month_before(session, cast, measured):
    month = overview(session, cast.anna, cast.contract.id).month
    assert (month.first, month.last) == (NOVEMBER, date(2026, 11, 20))
    assert (month.before.first, month.before.last) == (OCTOBER, date(2026, 10, 20))
    assert (month.kwh, month.before_kwh) == (Decimal("192"), Decimal("96"))
    assert month.rub == Decimal("832.00") == 2 * month.before_rub  # 32 slots of T1, 16 of T2
    assert month.zones == ("T1", "T2")
    assert month.kwh_by_zone == (Decimal("128"), Decimal("64"))


def test_a_day_that_is_coming_in_meets_as_much_of_its_counterpart(session, cast, measured):
    make.day(session, measured, date(2026, 11, 21), [200] * 12 + [None] * 36)
    month = overview(session, cast.anna, cast.contract.id).month
    assert month.last == date(2026, 11, 21)
    assert month.before_kwh == Decimal("96") + Decimal("1.2")
    assert month.bars[20].kwh == (Decimal("0"), Decimal("2.4"))
    assert month.bars[20].before_kwh == Decimal("1.2")


def test_bars_cover_the_month_and_what_is_to_come_is_unknown(session, cast, measured):
    bars = overview(session, cast.anna, cast.contract.id).month.bars
    assert len(bars) == 30
    assert [bar.kwh is None for bar in bars] == [False] * 20 + [True] * 10


def test_points_add_up_and_silent_ones_are_counted(session, cast, measured):
    other = make.series(session, make.point(session, cast.contract, "2", current_ratio=Decimal(40)), is_primary=False)
    make.point(session, cast.contract, "3")
    make.day(session, other, date(2026, 11, 20), 1)
    month = overview(session, cast.anna, cast.contract.id).month
    assert month.kwh == Decimal("192") + Decimal("1.92")
    assert (month.left_out, month.zones, month.rub) == (1, ("",), None)


def test_old_data_open_on_themselves(session, cast):
    days(session, make.series(session, cast.point), date(2024, 3, 1), 31, 100)
    month = overview(session, cast.anna, cast.contract.id).month
    assert (month.first, month.last, month.before_kwh) == (date(2024, 3, 1), date(2024, 3, 31), None)


def test_readings_by_hand_tell_of_the_last_month_they_close(session, cast):
    at = [datetime(2026, month, 1, tzinfo=ZoneInfo("Europe/Moscow")) for month in (8, 9, 10, 11)]
    make.readings(session, cast.point, "T0", zip(at, (0, 90_000, 200_000, 340_000), strict=True))
    month = overview(session, cast.anna, cast.contract.id).month
    assert (month.by, month.first, month.kwh, month.before_kwh) == ("months", OCTOBER, Decimal("140"), Decimal("110"))


def test_nothing_measured_and_no_contract(session, cast):
    assert overview(session, cast.anna, cast.contract.id).month is None
    nobody = overview(session, cast.boris)
    assert (nobody.contract, nobody.points, nobody.today) == (None, (), date(2026, 11, 21))


def test_contract_and_supplier(session, cast):
    cast.supplier.phone, cast.supplier.email = "8 800 555-00-61", "help@energo.example"
    info = overview(session, cast.anna, cast.contract.id).contract
    assert (info.title, info.number, info.supplier_name) == ("Квартира на Лесной", "7638-294-061", "NeKta")
    assert (info.supplier_phone, info.supplier_email) == ("8 800 555-00-61", "help@energo.example")


def test_a_strangers_contract_is_not_found(session, cast, measured):
    with pytest.raises(NotFound):
        overview(session, cast.boris, cast.contract.id)


def test_new_values_are_told_once_to_everybody_who_has_the_contract(session, cast):
    tell_measured(session, cast.anna, {cast.contract.id})
    session.flush()
    told = session.exec(select(LiveEvent).where(LiveEvent.topic == MEASURED)).all()
    assert [(event.user_id, event.created_at) for event in told] == [(cast.anna.user, NOW)]

"""The data quality board: silence, gaps by day, estimates, intervals against registers (issue 5, section 2)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from energo_cabinet.errors import PermissionDenied
from energo_cabinet.services.quality.imbalance import imbalances
from energo_cabinet.services.quality.quality import DayCell, completeness, quality_shares, silent_points
from tests import cast as make
from tests.services.quality.scene import TODAY, at

YESTERDAY = TODAY - timedelta(days=1)


def silent(session, cast):
    return [(point.number, point.days, point.by_hand) for point in silent_points(session, cast.grigory).points]


def profiled(session, cast, number: str, newest: date, wh=100):
    point = make.point(session, cast.contract, number)
    make.meter(session, point, serial_number=number)
    make.day(session, make.series(session, point), newest, wh)
    return point


def test_the_longest_silence_comes_first(session, cast):
    profiled(session, cast, "Н-1", TODAY - timedelta(days=3))
    profiled(session, cast, "Н-2", TODAY - timedelta(days=9))
    profiled(session, cast, "Н-3", YESTERDAY)
    make.meter(session, cast.point)
    make.readings(session, cast.point, "T1", [(at(date(2026, 9, 1)), 5)])
    assert silent(session, cast) == [("ЛС-061-01", 81, True), ("Н-2", 8, False), ("Н-1", 2, False)]


def test_silence_is_told_by_the_moment_of_the_last_value(session, cast):
    profiled(session, cast, "Н-1", TODAY - timedelta(days=5), [100] * 10 + [None] * 38)
    (point,) = silent_points(session, cast.grigory).points
    assert (f"{point.last_at:%d.%m %H:%M}", point.days) == ("16.11 05:00", 5)


def test_a_point_that_never_reported_is_the_worst_and_one_without_a_meter_is_none(session, cast):
    profiled(session, cast, "Н-2", TODAY - timedelta(days=9))
    make.meter(session, cast.point)
    make.point(session, cast.contract, "Н-3")
    assert silent(session, cast) == [("ЛС-061-01", None, True), ("Н-2", 8, False)]


def test_silence_goes_page_by_page(session, cast):
    for n in range(3):
        profiled(session, cast, f"Н-{n}", TODAY - timedelta(days=5 + n))
    first = silent_points(session, cast.grigory, limit=2)
    assert ([p.number for p in first.points], first.next, first.total) == (["Н-2", "Н-1"], 2, 3)
    assert [p.number for p in silent_points(session, cast.grigory, first.next, 2).points] == ["Н-0"]


def test_completeness_by_day_and_point(session, cast):
    series = make.series(session, cast.point)
    make.day(session, series, YESTERDAY, [1] * 40 + [None] * 8, q=[1] * 5 + [3] * 2 + [0] * 33 + [4] * 8)
    make.day(session, series, YESTERDAY - timedelta(days=1), 100)
    page = completeness(session, cast.grigory)
    (row,) = page.rows
    assert (page.days[0], page.days[-1], len(row.cells)) == (date(2026, 10, 21), YESTERDAY, 31)
    assert (
        row.cells[-1] == DayCell(40, 48, 5, 2) and row.cells[-2] == DayCell(48, 48) and row.cells[0] == DayCell(0, 48)
    )
    assert row.whole == DayCell(88, 31 * 48, 5, 2)


def test_completeness_goes_page_by_page_and_stays_behind_the_wall(session, cast):
    make.series(session, cast.point)
    make.series(session, make.point(session, cast.contract, "Н-1"))
    page = completeness(session, cast.grigory, limit=1)
    assert ([row.number for row in page.rows], page.next) == (["ЛС-061-01"], "ЛС-061-01")
    assert [row.number for row in completeness(session, cast.grigory, page.next).rows] == ["Н-1"]
    assert completeness(session, cast.darya).rows == ()


def test_shares_of_all_points_together(session, cast):
    series = make.series(session, cast.point)
    make.day(session, series, YESTERDAY, [1] * 24, step_min=60, q=[1] * 6 + [0] * 18)
    assert quality_shares(session, cast.grigory) == DayCell(24, 30 * 48 + 24, 6, 0)
    assert quality_shares(session, cast.darya) == DayCell(0, 0)


def test_the_board_is_for_staff(session, cast):
    for asked in (silent_points, completeness, quality_shares, imbalances):
        with pytest.raises(PermissionDenied):
            asked(session, cast.anna)

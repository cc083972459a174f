"""«Показания» and «Профиль мощности» as tables: what the page shows, gap for gap, hour for hour (Э-56, Н-98…Н-102)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from energo_cabinet.domain.time.period import Period, typed_period
from energo_cabinet.errors import InvalidInput, NotFound
from energo_cabinet.services.energy.consumption import consumption
from energo_cabinet.services.energy.export import Label, as_csv, load_profile_table, readings_table
from tests import cast as make

DAY = date(2026, 11, 17)
SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)


def readings(session, cast, by="days", first="2026-11-16", last="2026-11-18", compare=False):
    table = readings_table(session, cast.anna, cast.point.id, by, typed_period(first, last), compare)
    names = [f"{column.key} {column.zone}".strip() for column in table.columns]
    return [dict(zip(names, row, strict=True)) for row in table.rows]


def profile(session, cast, first=DAY, last=DAY, **more):
    return load_profile_table(session, cast.anna, cast.point.id, Period(first, last), **more)


@pytest.fixture
def series(session, cast):
    return make.series(session, cast.point)


def test_each_zone_has_its_column_and_the_sum_is_theirs(session, cast, series):
    cast.point.tariff_id = make.tariff(session, cast.supplier, prices=[("T1", DAY, "5"), ("T2", DAY, "2")]).id
    make.day(session, series, DAY)
    before, row, after = readings(session, cast)
    assert (row["energy T1"], row["energy T2"], row["total"]) == (Decimal("3.2"), Decimal("1.6"), Decimal("4.8"))
    assert (row["cost"], row["completeness"], row["quality"]) == (Decimal("19.20"), 100, Label("measured"))
    assert [one["quality"] for one in (before, after)] == [Label("missing")] * 2
    assert (before["total"], before["cost"]) == (None, None)


def test_the_table_is_what_the_page_shows(session, cast, series):
    for back in range(40):
        make.day(session, series, DAY - timedelta(days=back), [back] * 40 + [None] * (back % 9) + [7] * (8 - back % 9))
    page = consumption(session, cast.anna, cast.point.id, "weeks", Period(date(2026, 10, 5), date(2026, 11, 22)), True)
    rows = readings(session, cast, "weeks", "2026-10-05", "2026-11-22", True)
    assert [row["total"] for row in rows] == [bucket.total_kwh for bucket in page.buckets]
    assert [row["previous"] for row in rows] == [bucket.previous_kwh for bucket in page.buckets]
    assert sum(row["total"] or 0 for row in rows) == page.total_kwh


def test_the_period_before_stands_beside_only_when_asked(session, cast, series):
    make.day(session, series, DAY - timedelta(days=3), 200)
    make.day(session, series, DAY)
    assert not [name for name in readings(session, cast)[0] if name.startswith("previous")]
    row = readings(session, cast, compare=True)[1]
    assert (row["previous_first"], row["previous"]) == (DAY - timedelta(days=3), Decimal("9.6"))


def test_half_hours_with_their_offset_and_their_gaps(session, cast, series):
    make.day(session, series, DAY, [100] * 4 + [None] * 12 + [123] * 32)
    table = profile(session, cast)
    assert [column.key for column in table.columns] == ["start", "utc_offset", "energy_kwh", "power_kw", "quality"]
    assert table.rows[3] == (
        *(datetime(2026, 11, 17, 1, 30), "UTC+0300", Decimal("0.1"), Decimal("0.2"), Label("measured")),  # noqa: DTZ001
    )
    assert table.rows[4][2:] == (None, None, Label("missing")) and len(table.rows) == 48
    assert sum(row[2] or 0 for row in table.rows) == Decimal("0.4") + 32 * Decimal("0.123")


@pytest.mark.parametrize(("day", "slots"), [(SPRING, 46), (AUTUMN, 50)])
def test_a_day_on_which_the_clock_changes_loses_and_doubles_nothing(session, cast, series, day, slots):
    """The wall clock shows an hour twice in autumn: the offset tells the rows apart."""
    cast.point.zone_name = "Europe/Berlin"
    make.day(session, series, day, 100, zone_name="Europe/Berlin")
    rows = profile(session, cast, day, day).rows
    assert len(rows) == len({row[:2] for row in rows}) == slots
    assert {row[1] for row in rows} == {"UTC+0100", "UTC+0200"}


def test_reactive_energy_is_named_so(session, cast, series):
    make.day(session, make.series(session, cast.point, "R+", is_primary=False), DAY)
    names = [column.key for column in profile(session, cast, channel="R+").columns]
    assert names[2:4] == ["energy_kvarh", "power_kvar"]


def test_a_text_that_a_spreadsheet_would_run_is_a_text_in_the_file(session, cast, series):
    make.day(session, series, DAY)
    text = as_csv(profile(session, cast), lambda label: "=cmd|'/c calc'!A1").decode("utf-8-sig")
    assert "'=cmd" in text and "\n=cmd" not in text and ";=cmd" not in text


@pytest.mark.parametrize(("first", "last"), [("вчера", "2026-11-17"), ("2026-11-18", "2026-11-17"), ("", "")])
def test_what_is_no_period_is_refused(session, cast, series, first, last):
    for ask in (readings_table, load_profile_table):
        asked = ("days", typed_period(first, last)) if ask is readings_table else (typed_period(first, last),)
        with pytest.raises(InvalidInput):
            ask(session, cast.anna, cast.point.id, *asked)


def test_a_strangers_point_is_not_there(session, cast, series):
    with pytest.raises(NotFound):
        readings_table(session, cast.boris, cast.point.id, "days", Period(DAY, DAY))
    with pytest.raises(NotFound):
        load_profile_table(session, cast.boris, cast.point.id, Period(DAY, DAY))

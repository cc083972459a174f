"""Tables of interval values: stamps, zones, units, columns, holes and repetitions."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from energo_cabinet.domain.time.local_day import from_epoch_day
from energo_cabinet.domain.values.profile_day import MISSING, decode_values
from energo_cabinet.formats.files.content import FileContent, FormatError
from energo_cabinet.formats.files.options import ReadOptions
from energo_cabinet.formats.values.interval_csv_read import read_intervals
from tests.formats.told import told

OWN = "point;time;A+;A-\n"


def read(table: str, zone: str = "Europe/Moscow", **options) -> FileContent:
    return read_intervals(table.encode(), "t.csv", ReadOptions(zone, **options))


def refusal(table: str, **options) -> tuple[str, int]:
    with pytest.raises(FormatError) as caught:
        read(table, **options)
    assert all(told(caught.value.notices))
    return caught.value.notices[0].code, caught.value.notices[0].line


def walls(first: str, count: int, minutes: int) -> list[str]:
    start = datetime.fromisoformat(first)
    return [(start + timedelta(minutes=minutes * n)).isoformat() for n in range(count)]


def column(stamps, values=None) -> str:
    rows = zip(stamps, values or range(1, len(stamps) + 1), strict=True)
    return "time;A+\n" + "".join(f"{stamp};{value}\n" for stamp, value in rows)


def test_the_own_layout():
    content = read(
        OWN + "7;2024-06-12T00:00;1,5;0\n7;2024-06-12T00:30;;2\n8;2024-06-12T00:00;1;1\n8;2024-06-12 00:30;1;1\n"
    )
    seven = {s.channel: decode_values(s.rows[0].vals)[:2].tolist() for s in content.series if s.point == "7"}
    assert seven == {"A+": [1500, MISSING], "A-": [0, 2000]}
    assert [p.number for p in content.points] == ["7", "8"]


UNITS = {"kwh": "0.5", "wh": "500", "mwh": "0.0005", "kw": "1", "w": "1000", "mw": "0,001"}


@pytest.mark.parametrize("unit", UNITS)
def test_units_of_half_hours(unit):
    content = read(column(walls("2024-06-12", 2, 30), [UNITS[unit]] * 2), unit=unit, point="1")
    assert decode_values(content.series[0].rows[0].vals)[0] == 500


def test_stamps_of_the_end_belong_to_the_interval_before():
    content = read(column(walls("2024-06-12T00:30", 48, 30)), stamp="end", point="1")
    assert [(str(from_epoch_day(r.day)), r.n) for r in content.series[0].rows] == [("2024-06-12", 48)]


@pytest.mark.parametrize("stamp", ["2024-06-12T24:00", "12.06.2024 24:00", "13.06.2024 00:00:00", "2024-06-13 00:00"])
def test_midnight_in_all_its_spellings(stamp):
    content = read(column(["2024-06-12T23:00", "2024-06-12T23:30", stamp]), stamp="end", point="1")
    assert decode_values(content.series[0].rows[0].vals)[-1] == 3000


def test_offsets_make_stamps_absolute():
    content = read(column(["2024-06-12T00:00+05:00", "2024-06-12T00:30+05:00"]), point="1")
    assert str(from_epoch_day(content.series[0].rows[0].day)) == "2024-06-11"


LJUBLJANA = "Europe/Ljubljana"
WALL_AT_END = [
    f"2024-10-27T{h:02}:{m:02}" for h, m in [(1, 45), *[(2, q) for q in (0, 15, 30, 45)] * 2, (3, 0), (3, 15)]
]
START_PLUS_STEP = [
    f"2024-10-27T{h:02}:{m:02}"
    for h, m in [(1, 45), (2, 0), (2, 15), (2, 30), (2, 45), (3, 0), (2, 15), (2, 30), (2, 45), (3, 0), (3, 15)]
]


@pytest.mark.parametrize("stamps", [WALL_AT_END, START_PLUS_STEP], ids=["wall clock at the end", "start plus step"])
def test_autumn_duplicates_of_end_stamps_are_told_apart_by_order(stamps):
    content = read(column(stamps), LJUBLJANA, stamp="end", point="1")
    values = decode_values(content.series[0].rows[0].vals)
    assert (len(values), content.warnings) == (100, [])
    assert values[6:17].tolist() == [1000 * n for n in range(1, 12)]


def test_autumn_duplicates_of_start_stamps_newest_first():
    stamps = [f"2024-10-27T{h}" for h in ("01:30", "02:00", "02:30", "02:00", "02:30", "03:00")]
    content = read(column(stamps[::-1], [6, 5, 4, 3, 2, 1]), LJUBLJANA, point="1")
    assert decode_values(content.series[0].rows[0].vals)[3:9].tolist() == [1000 * n for n in range(1, 7)]


def test_spring_holes_of_end_stamps():
    stamps = [f"2024-03-31T{h}" for h in ("01:45", "02:00", "03:15", "03:30")]
    values = decode_values(read(column(stamps), LJUBLJANA, stamp="end", point="1").series[0].rows[0].vals)
    assert (len(values), values[6:10].tolist()) == (92, [1000, 2000, 3000, 4000])


def test_energy_at_a_time_that_was_not_is_refused_zero_is_dropped():
    stamps = walls("2024-03-31T01:30", 4, 30)
    assert refusal(column(stamps), zone=LJUBLJANA, point="1") == ("csv_left_out", 3)
    content = read(column(stamps, [1, 0, 0, 4]), LJUBLJANA, point="1")
    assert (content.series[0].rows[0].n, content.warnings[0].code) == (2, "hour_left_out_zero")


def test_of_repeated_stamps_the_later_line_counts():
    stamps = [*walls("2024-06-12", 3, 30), "2024-06-12T01:00:00", "2024-06-12T01:00:00"]
    content = read(column(stamps, [1, 2, 3, 3, 7]), point="1")
    assert decode_values(content.series[0].rows[0].vals)[2] == 7000
    assert [n.code for n in content.warnings] == ["csv_repeated", "csv_repeated_other"]


def test_rounding_to_whole_wh_is_told():
    content = read(column(walls("2024-06-12", 2, 30), ["0.0005", "0.0015"]), point="1")
    assert decode_values(content.series[0].rows[0].vals)[:2].tolist() == [0, 2]
    assert (content.warnings[0].code, content.warnings[0].params["values"]) == ("csv_rounded", 2)


def test_columns_by_name_in_a_table_of_strangers():
    table = "Merilno mesto,Časovna značka,Energija A+\n7-74164,2024-09-01T00:15,0.045\n7-74164,2024-09-01T00:30,0.045\n"
    columns = {"time_column": "Časovna značka", "point_column": "Merilno mesto", "value_columns": {"A+": "Energija A+"}}
    content = read(table, stamp="end", **columns)
    assert (content.series[0].point, content.series[0].rows[0].total) == ("7-74164", 90)


@pytest.mark.parametrize(
    ("table", "options", "expected"),
    [
        ("when;A+\n", {"point": "1"}, ("csv_no_time_column", 1)),
        ("time;energy\n", {"point": "1"}, ("csv_no_value_column", 1)),
        ("time;A+\n", {}, ("csv_no_point", 1)),
        ("time;A+\n", {"point": "1", "time_column": "t"}, ("csv_no_column", 1)),
        (column(["2024-06-12", "yesterday"]), {"point": "1"}, ("csv_stamp", 3)),
        (column(["9999-06-12", "2024-06-12"]), {"point": "1"}, ("csv_stamp", 2)),
        (column(["2024-06-12", "2024-06-12T00:07"]), {"point": "1"}, ("csv_step", 0)),
        (column(walls("2024-06-12T00:07", 3, 30)), {"point": "1"}, ("csv_misaligned", 2)),
        (column(walls("2024-06-12", 2, 30), ["1", "-1"]), {"point": "1"}, ("negative", 3)),
        (column(walls("2024-06-12", 2, 30), ["1", "=1+1"]), {"point": "1"}, ("not_a_number", 3)),
        (column(walls("2024-06-12", 2, 30), ["1", "2147484"]), {"point": "1"}, ("too_large", 3)),
        (column(["2024-06-12T00:00", "2024-06-12T00:30+03:00"]), {"point": "1"}, ("csv_mixed_stamps", 3)),
        ("time;A+\n2024-06-12\n", {"point": "1"}, ("csv_short_row", 2)),
        ('time;A+\n"2024-06-12;1\n', {"point": "1"}, ("csv_row", 2)),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_line(table, options, expected):
    assert refusal(table, **options) == expected

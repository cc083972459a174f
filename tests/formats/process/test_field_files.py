"""The files of the field beside the checkout go in, or are refused, as data/README.md says."""

from __future__ import annotations

from pathlib import Path

import pytest

from energo_cabinet.formats.files.content import FormatError
from energo_cabinet.formats.files.options import ReadOptions
from energo_cabinet.formats.process.reader import read_path
from tests.conftest import SHARED

MAKET, INTERVALS = SHARED / "data" / "maket_80020", SHARED / "data" / "intervals"
pytestmark = pytest.mark.skipif(not MAKET.exists(), reason="the folder of real files (../shared/data) is absent")


def read(folder: Path, start: str, zone: str = "Europe/Moscow", **options):
    path = next(folder.glob(f"{start}*"))
    return next(iter(read_path(path, ReadOptions(zone, **options), lambda *_: None)))


def kwh(content) -> dict[str, float]:
    total: dict[str, int] = {}
    for series in content.series:
        total[series.channel] = total.get(series.channel, 0) + sum(row.total for row in series.rows)
    return {channel: wh / 1000 for channel, wh in total.items()}


def test_alphacenter_file_of_28_points():
    content = read(MAKET, "ae711e_654591")
    assert (len(content.points), len(content.series), content.number, content.warnings) == (28, 78, 6582, [])
    assert sum(row.n for series in content.series for row in series.rows) == 3744
    assert kwh(content) == {
        "A+": 243705,
        "A-": 818993,
        "R+": 417318,
        "R-": 459826,
        "11": 910019,
        "12": 26444,
        "13": 75801,
        "14": 11697,
    }


def test_hand_broken_file_is_refused_with_lines():
    with pytest.raises(FormatError) as caught:
        read(MAKET, "ae711e_274f64")
    assert [(n.code, n.line) for n in caught.value.notices] == [("unknown_element", 24), ("unknown_element", 30)]


def test_hourly_groups_in_a_zip():
    content = read(MAKET, "filimonof_4f7bb1")
    assert (content.number, {s.point: s.rows[0].n for s in content.series}) == (
        810,
        {"GMORDOV1": 24, "PMORDOVE-PMORDOV1": 24},
    )


def test_registers_of_the_80020_star_variant():
    content = read(MAKET, "dbsql_706db1")
    assert [(r.point, r.zone, r.register_wh) for r in content.registers][:2] == [
        ("48475720537682", "T0", 9_618_762),
        ("48475720537682", "T1", 0),
    ]
    assert [(n.code, n.params["count"]) for n in content.warnings] == [("zero_date", 2)]


def test_a_file_without_points():
    assert [n.code for n in read(MAKET, "dbsql_be263e").warnings] == ["no_points"]


def test_migelo():
    columns = {"time_column": "Časovna značka", "point_column": "Merilno mesto"}
    values = {"A+": "Energija A+", "A-": "Energija A-"}
    content = read(INTERVALS, "Migelo", "Europe/Ljubljana", stamp="end", value_columns=values, **columns)
    assert kwh(content) == {"A+": 255.882, "A-": 25.557}
    assert {(len(s.rows), {row.n for row in s.rows} == {96}) for s in content.series} == {(31, True)}


def test_hourly_household_with_offsets():
    content = read(INTERVALS, "oee_il", "America/Chicago", point="1")
    assert (kwh(content), sum(row.n for row in content.series[0].rows)) == ({"A+": 21927.13}, 19417)


def test_half_hourly_household_with_holes_and_repetitions():
    """Its stamps are UTC: the hour that London's clock left out has values."""
    content = read(INTERVALS, "oee_uk", "UTC", point="1")
    assert (kwh(content), sum(row.n for row in content.series[0].rows)) == ({"A+": 5554.874}, 22521)
    assert ("csv_repeated", 15) in [(n.code, n.params["count"]) for n in content.warnings]
    with pytest.raises(FormatError, match="csv_left_out"):
        read(INTERVALS, "oee_uk", "Europe/London", point="1")

"""Every file of the field beside the checkout through the upload page's own address (issue 5, «Shown by»).

What is loaded says how many values, what is refused says the line and why. Green Button and lists of event codes are
no formats of this cabinet: they are refused by their names, not by what is no 80020 about them.
"""

from __future__ import annotations

import csv
import io

import pytest
from sqlmodel import Session, select

from energo_cabinet.database import get_engine
from energo_cabinet.formats.files.content import FormatError
from energo_cabinet.formats.files.options import ReadOptions
from energo_cabinet.formats.process.reader import read_path
from energo_cabinet.i18n import text
from energo_cabinet.models import ImportJob
from tests.api.imports.test_upload import glavny as glavny
from tests.api.imports.test_upload import has_point, jobs, upload
from tests.conftest import SHARED
from tests.imports import work_off

pytestmark = pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
OTHERS = "field-cases"
"""A folder of cases to be taken one by one: what a reader has yet to learn says nothing of these files."""
FIELD = sorted(path for path in (SHARED / "data").glob("*/*") if path.is_file() and path.parent.name != OTHERS)
HOW = {
    "Migelo": {"stamp": "end", "time_column": "Časovna značka", "point_column": "Merilno mesto"}
    | {"value_column": "A+=Energija A+;A-=Energija A-", "zone": "Europe/Ljubljana"},
    "oee_il": {"point": "1", "zone": "America/Chicago"},
    "oee_uk": {"point": "1", "zone": "UTC"},
    "marc": {"point": "1", "kind": "readings", "value_column": "consumption"},
    "uci": {"point": "1"},
}
"""What an engineer fills in under «Таблица другой программы»."""

LOADED = {
    "Eolaash_29": ("80020", 192),
    "Eolaash_98": ("80020", 192),
    "ae711e_654": ("80020", 3744),
    "dbsql_706": ("80020*", 4),
    "filimonof_4": ("80020", 48),
    "filimonof_a": ("80020", 48),
    "Migelo": ("csv", 5952),
    "oee_il": ("csv", 19417),
    "oee_uk": ("csv", 22521),
    "dbsql_057": ("serials", 2),
    "dbsql_84a": ("serials", 30),
    "marc": ("readings", 347),
    "uci": ("network", 80_640),
}
WITHOUT_POINTS = "dbsql_be2"
GREEN_BUTTON = {
    "asciipip_Inland": 54,
    "asciipip_Test": 54,
    "cew821": 54,
    "openespi": 48,
    "verdigris_ESPIIntervalBlock": 3,
    "verdigris_ESPILocalTimeParameters": 1,
    "verdigris_ESPIReadingTypes": 3,
    "verdigris_ESPIUsagePoints": 3,
    "verdigris_ESPIUsageSummary": 1,
}
"""Name → line of the root element."""

REFUSED = {name: [(line, "это XML Green Button (ESPI)")] for name, line in GREEN_BUTTON.items()} | {
    "ae711e_274": [(24, "неожиданный элемент <period1>"), (30, "неожиданный элемент <period1>")],
    "mercury_23x": [(1, "не найден столбец времени")],
    "spodes": [(1, "не найден столбец времени")],
}


def at(path, table):
    """What a table says of a file."""
    return next((value for name, value in table.items() if path.name.startswith(name)), None)


def files(*tables):
    """The files the tables are of."""
    found = [path for path in FIELD if any(at(path, table) is not None for table in tables)]
    absent = pytest.param(None, marks=pytest.mark.skip("the folder of real files (../shared/data) is absent"))
    return pytest.mark.parametrize("path", found or [absent], ids=lambda path: path and path.name[:28])


def points_of(path) -> set[str]:
    """The points a file names."""
    how = {"zone": "Europe/Moscow"} | (at(path, HOW) or {})
    if "value_column" in how:
        return {"7-74164", "1"}
    known = {"zone_name": how["zone"]} | ({"point": how["point"]} if "point" in how else {})
    try:
        contents = list(read_path(path, ReadOptions(**known), lambda *_: None))
    except FormatError:
        return set()
    return {point.number for content in contents for point in content.points}


def sent(client, path) -> ImportJob:
    """The file's import, worked off."""
    assert upload(client, path.read_bytes(), path.name, **(at(path, HOW) or {})).status_code == 202
    work_off()
    (job,) = jobs()
    return job


@files(LOADED)
def test_a_file_of_the_field_is_loaded(glavny, path):
    has_point(*points_of(path))
    job = sent(glavny, path)
    assert (job.status, job.kind, job.stored) == ("done", *at(path, LOADED))
    assert job.points > 0 or job.kind == "serials"


@files(REFUSED)
def test_a_file_of_the_field_is_refused_with_line_and_reason(glavny, path):
    job = sent(glavny, path)
    assert (job.status, job.stored) == ("refused", 0)
    given = glavny.get(f"/api/staff/imports/{job.id}/refusals.csv").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(given), delimiter=";"))[1:]
    wanted = at(path, REFUSED)
    assert [int(row[1]) for row in rows] == [line for line, _ in wanted]
    assert all(words in row[2] for row, (_, words) in zip(rows, wanted, strict=True))


@files({WITHOUT_POINTS: True})
def test_a_file_without_points_is_taken_and_says_so(glavny, path):
    """A valid message that reports nothing: АСКУЭ send them for days without data."""
    job = sent(glavny, path)
    assert (job.status, job.stored) == ("done", 0)
    assert text(f"import.{job.warnings[0]['code']}", "ru") == "в файле нет точек учёта"


@pytest.mark.skipif(not FIELD, reason="the folder of real files (../shared/data) is absent")
def test_all_of_them_at_once(glavny):
    """As the page sends a whole folder dropped on it; nothing is filled in, so every file says what it lacks."""
    has_point(*{number for path in FIELD if path.suffix in {".xml", ".zip"} for number in points_of(path)})
    codes = [upload(glavny, path.read_bytes(), path.name).status_code for path in FIELD]
    assert (set(codes), work_off()) == ({202}, len(FIELD))
    with Session(get_engine()) as session:
        found = {job.name: job.status for job in session.exec(select(ImportJob))}
    wrong = {name: status for name, status in found.items() if status not in {"done", "partial", "refused"}}
    assert (len(found), wrong) == (len(FIELD), {})
    tables = (LOADED, REFUSED, {WITHOUT_POINTS: True})
    assert [path.name for path in FIELD if sum(at(path, table) is not None for table in tables) != 1] == []

"""Plans in files: two layouts, CSV and XLSX, and what strangers send instead (F-7)."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime

import pytest
from openpyxl import Workbook

from energo_cabinet.formats.control import plan_table
from energo_cabinet.formats.control.plan_table import read_plan
from energo_cabinet.formats.files.content import FormatError
from energo_cabinet.formats.process.parsing import ParseProcess
from energo_cabinet.formats.table import xlsx_read

MOSCOW, BERLIN = "Europe/Moscow", "Europe/Berlin"
DAY = date(2026, 11, 21)
HEAD = "Дата;Час;План, кВт·ч;Цена, ₽/МВт·ч\n"


def long(count=24, first=1, day="21.11.2026", value="1,5", head=HEAD, price="1000"):
    return (head + "".join(f"{day};{first + i};{value};{price}\n" for i in range(count))).encode()


def wide(*days, count=24, value="1"):
    rows = "".join(f"{day};" + ";".join([value] * count) + "\n" for day in days)
    return ("Дата;" + ";".join(map(str, range(1, count + 1))) + "\n" + rows).encode()


def workbook(*rows) -> bytes:
    book, out = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(out)
    return out.getvalue()


def refused(data, zone=MOSCOW):
    with pytest.raises(FormatError) as error:
        read_plan(data, zone)
    return [(notice.code, notice.line) for notice in error.value.notices]


@pytest.mark.parametrize(
    "data", [long(), long(first=0), b"\xef\xbb\xbf" + long(), long().decode().encode("cp1251", "replace")]
)
def test_a_row_per_hour(data):
    (found,) = read_plan(data, MOSCOW)
    assert (found.day, set(found.values), set(found.prices)) == (DAY, {1500}, {100_000})


def test_a_row_per_day_of_24_values():
    found = read_plan(wide("2026-11-21", "2026-11-22"), MOSCOW)
    assert [(f.day.day, set(f.values), f.prices) for f in found] == [(21, {1000}, None), (22, {1000}, None)]


def test_clock_times_and_megawatt_hours():
    head = "date;time;plan, MWh\n"
    data = head + "".join(f"2026-11-21;{h:02d}:00-{h + 1:02d}:00;0.0015\n" for h in range(24))
    assert set(read_plan(data.encode(), MOSCOW)[0].values) == {1500}


@pytest.mark.parametrize(("day", "hours"), [("2026-03-29", 23), ("2026-10-25", 25)])
def test_a_day_on_which_the_clock_changes(day, hours):
    assert len(read_plan(wide(day, count=hours), BERLIN)[0].values) == hours
    assert len(read_plan(long(hours, day=day), BERLIN)[0].values) == hours
    assert refused(wide(day, count=hours), MOSCOW) == [("plan_hours", 2)]
    if hours == 25:
        assert refused(wide(day), BERLIN) == [("plan_hours", 2)]


def test_the_time_that_comes_twice():
    hours = [0, 1, 2, 2, *range(3, 24)]
    data = "date;time;plan\n" + "".join(f"2026-10-25;{h:02d}:00;{i}\n" for i, h in enumerate(hours))
    assert read_plan(data.encode(), BERLIN)[0].values == tuple(i * 1000 for i in range(25))


def test_a_spreadsheet_in_both_layouts():
    rows = [[datetime(2026, 11, 21), hour, 1.5] for hour in range(1, 25)]  # noqa: DTZ001  as openpyxl has it
    assert set(read_plan(workbook(["дата", "час", "план"], *rows), MOSCOW)[0].values) == {1500}
    data = workbook(["дата", *range(1, 25)], [DAY, *[2] * 24], [None] * 3)
    assert set(read_plan(data, MOSCOW)[0].values) == {2000}


def test_47_values():
    """Two days by the hour with one missing: told by day and line, nothing is taken."""
    data = long() + b"".join(long(23, day="22.11.2026").splitlines(True)[1:])
    assert refused(data) == [("plan_hours", 48)]
    assert refused(wide("2026-11-21", count=47)) == [("plan_hours", 2)]


@pytest.mark.parametrize(
    ("value", "code"), [("abc", "not_a_number"), ("-5", "negative"), ("", "plan_empty"), ("99999999", "too_large")]
)
def test_letters_and_other_values_are_told_by_line(value, code):
    lines = long().decode().splitlines()
    lines[5] = f"21.11.2026;5;{value};1"
    assert refused("\n".join(lines).encode()) == [(code, 6)]


def test_duplicates_are_told():
    assert refused(long() + b"21.11.2026;7;1;1\n") == [("plan_duplicate", 26)]
    assert refused(wide("2026-11-21", "21.11.2026")) == [("plan_day_twice", 3)]


@pytest.mark.parametrize(
    ("data", "code"),
    [(b"", "empty_file"), (b"\xef\xbb\xbf\n", "empty_file"), (b"a;b;c\n1;2;3\n", "plan_header"),
     (HEAD.encode(), "plan_no_days"), (wide("32.11.2026"), "plan_date"), (wide("1999-01-01"), "plan_date"),
     (long(24, first=2), "plan_hour"), (b"\x00\x01\x02", "unknown_format"),
     (b"PK\x03\x04junk", "xlsx_damaged")],
)  # fmt: skip
def test_what_is_no_plan(data, code):
    assert refused(data)[0][0] == code


def test_ten_megabytes_are_not_even_looked_at():
    assert refused(b"1;" * (5 << 20)) == [("plan_too_large", 0)]


def test_many_wrong_lines_are_not_all_told():
    assert len(refused(long(24, value="x"))) == 20


def test_more_days_than_a_year():
    days = [date.fromordinal(DAY.toordinal() + i).isoformat() for i in range(plan_table.MOST_DAYS + 1)]
    assert refused(wide(*days))[-1][0] == "plan_days"


def zipped(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def test_a_bomb_is_refused_before_it_unfolds():
    bomb = zipped({"xl/workbook.xml": b"", "xl/worksheets/sheet1.xml": b"0" * (xlsx_read.LARGEST_UNFOLDED + 1)})
    assert len(bomb) < 100_000 and refused(bomb) == [("file_too_large", 0)]
    assert refused(zipped({f"{i}.xml": b"" for i in range(201)})) == [("archive_members", 0)]


def test_entities_and_foreign_archives_are_refused():
    dtd = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x/>'
    assert refused(zipped({"xl/workbook.xml": dtd})) == [("xml_dtd", 0)]
    assert refused(zipped({"readme.txt": b"1"})) == [("xlsx_damaged", 0)]


def test_rows_without_end_are_refused(monkeypatch):
    monkeypatch.setattr(xlsx_read, "MOST_ROWS", 30)
    assert refused(workbook(["дата", "час", "план"], *[[DAY, 1, 1]] * 40)) == [("xlsx_rows", 31)]


def test_it_is_read_in_a_process_of_its_own(tmp_path):
    path = tmp_path / "plan.csv"
    path.write_bytes(long())
    with ParseProcess() as process:
        assert process.read_plan(path, MOSCOW) == read_plan(long(), MOSCOW)
        path.write_bytes(b"x")
        with pytest.raises(FormatError):
            process.read_plan(path, MOSCOW)

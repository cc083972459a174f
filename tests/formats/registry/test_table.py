"""Registry tables of strangers: serials as spreadsheets spoil them, days, numbers, bombs (issue 5, section 4)."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from energo_cabinet.formats.files.content import FormatError
from energo_cabinet.formats.process.parsing import ParseProcess
from energo_cabinet.formats.registry.table import MOST_ROWS, read_registry


def rows_of(text: str):
    return read_registry(text.encode())


def cell(column: str, value: str):
    """A cell as it is understood, or what is wrong with it."""
    (row,) = rows_of(f"point;{column}\nП1;{value}\n")
    return row.errors[0].code if row.errors else row.get(column)


def sheet(*rows) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("given", "serial"),
    [
        ("41907352", "41907352"),
        ("41907352.0", "41907352"),
        ("41907352,00", "41907352"),
        ("4.1907352E+07", "41907352"),
        ("4,1907352E7", "41907352"),
        ("0041-А/7", "0041-А/7"),
        ("4.19074E+07", "serial_rounded"),
        ("1E+08", "serial_rounded"),
        ("x" * 61, "serial_invalid"),
        ("=1+1", "serial_invalid"),
    ],
)
def test_serials(given, serial):
    assert cell("serial", given) == serial


def test_serials_out_of_a_spreadsheet():
    data = sheet(["Номер точки", "Заводской номер", "Установлен"], ["П1", 41907352.0, date(2026, 1, 2)], [2.0, 1e17])
    first, second = read_registry(data)
    assert (first.serial, first.day("installed_on"), second.point) == ("41907352", date(2026, 1, 2), "2")
    assert [error.code for error in second.errors] == ["serial_rounded"]


@pytest.mark.parametrize(
    ("column", "given", "found"),
    [
        ("installed_on", "21.11.2026", "2026-11-21"),
        ("installed_on", "46347", "2026-11-21"),
        ("installed_on", "31.02.2026", "day_invalid"),
        ("current_ratio", "40,00", "40"),
        ("current_ratio", "-1", "number_invalid"),
        ("initial_kwh", "12,5/7.25", "12.5/7.25"),
        ("initial_kwh", "много", "registers_invalid"),
        ("zone_count", "2.0", "2"),
        ("zone_count", "9", "zone_count_invalid"),
        ("zone_name", "Europe/Samara", "Europe/Samara"),
        ("zone_name", "Марс", "zone_unknown"),
        ("address", "x" * 199, "x" * 199),
        ("accuracy_class", "x" * 30, "too_long"),
    ],
)
def test_cells(column, given, found):
    assert cell(column, given) == found


def test_a_wrong_cell_refuses_its_row_alone():
    good, bad, nameless = rows_of("Точка;Установлен\nП1;01.02.2026\nП2;вчера\n;01.02.2026\n")
    assert (good.errors, bad.errors[0].params, bad.line) == ((), {"value": "вчера"}, 3)
    assert [error.code for error in nameless.errors] == ["point_needed"]


@pytest.mark.parametrize("data", [b"", b"\n\n", b"a;b\n1;2\n", b"point\n", b"PK\x03\x04 no archive", b"\x00" * 64])
def test_what_is_no_registry_is_refused_whole(data):
    with pytest.raises(FormatError):
        read_registry(data)


def test_too_many_rows_are_refused():
    with pytest.raises(FormatError) as refused:
        rows_of("point\n" + "П\n" * (MOST_ROWS + 1))
    assert refused.value.notices[0].code == "xlsx_rows"


def test_a_bomb_is_refused_before_it_unfolds():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * (60 << 20))
    with pytest.raises(FormatError) as refused:
        read_registry(stream.getvalue())
    assert refused.value.notices[0].code == "file_too_large"


def test_rows_travel_out_of_the_parsing_process(tmp_path: Path):
    path = tmp_path / "registry.csv"
    path.write_text("point;serial;installed_on\nП1;1;вчера\n", encoding="utf-8")
    with ParseProcess() as process:
        (row,) = process.read_registry(path)
    assert (row.serial, row.errors[0].code, row.errors[0].params) == ("1", "day_invalid", {"value": "вчера"})

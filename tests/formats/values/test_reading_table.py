"""Readings and lists of meters from CSV, XLSX and XLS: serials as floats, scientific notation, wrong rows told."""

from __future__ import annotations

import io
from datetime import date, datetime

import pytest
from openpyxl import Workbook

from energo_cabinet.formats.files.content import FormatError
from energo_cabinet.formats.files.number import NumberError
from energo_cabinet.formats.files.options import ReadOptions
from energo_cabinet.formats.process.reader import read_bytes
from energo_cabinet.formats.values.meter_serial import serial_of
from tests.formats.told import told

OPTIONS = ReadOptions("Europe/Moscow")


def workbook(*rows) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read(data, **options):
    return read_bytes(data, "f", ReadOptions("Europe/Moscow", **options))


def codes(content):
    assert all(told(content.refused))
    return [(notice.code, notice.line) for notice in content.refused]


@pytest.mark.parametrize(
    ("cell", "serial"),
    [("41907352.0", "41907352"), ("41907352,00", "41907352"), (" №\u00a00123 ", "0123"), ("АИ-77/2", "АИ-77/2")],
)
def test_a_serial_is_read_as_people_meant_it(cell, serial):
    assert serial_of(cell) == serial


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("4,1907E+07", "serial_scientific"),
        ("1.01e11", "serial_scientific"),
        ("12.5", "serial_fraction"),
        ("", "serial_invalid"),
        ("нет", "serial_invalid"),
        ("<b>1</b>", "serial_invalid"),
        ("1" * 61, "serial_invalid"),
    ],
)
def test_what_is_no_serial_is_refused_with_the_reason(cell, code):
    with pytest.raises(NumberError, match=code):
        serial_of(cell)


def test_serials_of_a_sheet_are_whole_numbers_again():
    content = read(workbook([101000005929.0], [41907352], ["0077"], [41907352.0], [1.01e17]))
    assert [row.serial for row in content.serials] == ["101000005929", "41907352", "0077"]
    assert codes(content) == [("serial_repeated", 4), ("serial_scientific", 5)]


def test_a_list_with_a_heading_and_models():
    content = read("№ п/п;Заводской номер;Тип\n1;41907352,0;Меркурий 204\n2;;\n".encode("windows-1251"))
    assert [(row.line, row.serial, row.model) for row in content.serials] == [(2, "41907352", "Меркурий 204")]
    assert codes(content) == [("serial_invalid", 3)]


def test_readings_by_meter_with_zones_and_days_of_a_spreadsheet():
    rows = (
        ["Номер прибора", "Дата", "День (Т1)", "Ночь"],
        [41907352.0, datetime.fromisoformat("2026-11-01"), 1204.5, 88],
    )
    content = read(workbook(*rows, [41907352, date(2026, 11, 2), None, "89,25"]))
    assert [(r.line, r.serial, r.zone, r.register_wh) for r in content.readings] == [
        (2, "41907352", "T1", 1_204_500),
        (2, "41907352", "T2", 88_000),
        (3, "41907352", "T2", 89_250),
    ]
    assert content.readings[0].read_at == int(datetime.fromisoformat("2026-11-01T00:00+03:00").timestamp())


def test_wrong_rows_are_left_out_one_by_one():
    lines = ["прибор;дата;показание;канал", "1;01.11.2026;5;", "2;32.11.2026;5;", "3;01.11.2026;-5;", "4;01.11.2026;;"]
    lines += ["1;01.11.2026;6;", "5;01.11.2026;1,2E+9;", ";01.11.2026;5;", "6;01.11.2026;5;Z", "7;01.11.2026;5;A-"]
    content = read("\n".join(lines).encode())
    assert [(row.serial, row.channel) for row in content.readings] == [("1", "A+"), ("7", "A-")]
    assert codes(content) == [
        ("reading_date", 3),
        ("negative", 4),
        ("reading_empty", 5),
        ("reading_repeated", 6),
        ("scientific", 7),
        ("reading_no_meter", 8),
        ("reading_channel", 9),
    ]


def test_a_foreign_table_is_read_as_the_caller_says():
    data = b"date,consumption\n2015-01-19,0\n2015-01-20,27\n"
    content = read(data, kind="readings", point="A", value_columns={"T0": "consumption"})
    assert [(row.point, row.register_wh) for row in content.readings] == [("A", 0), ("A", 27_000)]
    for options, code in (({}, "readings_no_meter"), ({"point": "A"}, "readings_no_value")):
        with pytest.raises(FormatError, match=code):
            read(data, kind="readings", **options)


def test_formulas_count_by_their_kept_value_only():
    """openpyxl writes a formula without a value: the row has no reading; nothing is worked out here."""
    content = read(workbook(["прибор", "дата", "показание"], [1, "2026-11-01", "=1+1"], [2, "2026-11-01", 7]))
    assert [row.register_wh for row in content.readings] == [7000]
    assert codes(content) == [("reading_empty", 2)]


def test_any_layout_may_come_as_a_sheet():
    start = datetime.fromisoformat("2026-11-01")
    rows = [["point", "time", "A+"], ["5", start, 1], ["5", start.replace(minute=30), 2]]
    assert [row.n for row in read(workbook(*rows)).series[0].rows] == [2]


@pytest.mark.parametrize("data", [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), workbook([1])[:-300]])
def test_a_damaged_workbook_is_refused(data):
    with pytest.raises(FormatError) as caught:
        read_bytes(data, "f", OPTIONS)
    assert all(told(caught.value.notices))

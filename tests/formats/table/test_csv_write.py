"""Tables for spreadsheets: nothing in a cell may run."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from energo_cabinet.formats.table.csv_write import cell_text, table_csv

LIVE = ("=", "+", "-", "@", "\t", "\r", "\n", "\x00", "＝", "＋", "－", "＠")


def read_back(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


@pytest.mark.parametrize("start", LIVE)
def test_formula_is_made_harmless(start):
    ((cell,),) = read_back(table_csv([f"{start}cmd|' /C calc'!A0"], []))
    assert cell.startswith("'")


@given(st.text())
def test_no_text_begins_like_a_formula_unless_it_is_a_number(text):
    ((cell,),) = read_back(table_csv([text + "x"], []))
    assert not cell.startswith(LIVE)


@pytest.mark.parametrize("number", ["-5", "-5,3", "-0.25", "+7"])
def test_plain_signed_numbers_stay_numbers(number):
    assert cell_text(number) == number


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        (Decimal("-1234.500"), "-1234,5"),
        (Decimal("1E+3"), "1000"),
        (Decimal("0.000"), "0"),
        (100, "100"),
        (1e-7, "0,0000001"),
        (None, ""),
        (date(2026, 11, 1), "2026-11-01"),
        (datetime(2026, 11, 1, 19, 30), "2026-11-01 19:30"),  # noqa: DTZ001
    ],
)
def test_numbers_and_dates_as_spreadsheets_read_them(cell, written):
    assert cell_text(cell) == written


def test_file_has_bom_semicolons_and_quotes_what_it_must():
    content = table_csv(["Точка; «А»", 'с "кавычкой"'], [["строка\nвторая", Decimal("1.5")]])
    assert content.startswith(b"\xef\xbb\xbf")
    assert read_back(content) == [["Точка; «А»", 'с "кавычкой"'], ["строка\nвторая", "1,5"]]

"""The first sheet of a workbook of strangers (XLSX, XLS) as CSV, so that every layout of a table may come as one.

Formulas are never evaluated: what counts is the value the program that wrote the file kept beside them.
"""

from __future__ import annotations

import csv
import io
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from energo_cabinet.formats.files.content import FormatError, Notice
from energo_cabinet.formats.table.xlsx_read import check_workbook

MOST_ROWS, MOST_COLUMNS = 200_001, 100
LARGEST_XLSX, LARGEST_XLS = 256 << 20, 32 << 20
LONGEST_CELL = 400
XLS = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
EXACT = 10**15
"""Spreadsheets keep 15 digits of a number; a longer one is written so that it is seen to be rounded."""


def is_workbook(data: bytes) -> bool:
    """Whether these bytes are an XLS or XLSX file."""
    if data.startswith(XLS):
        return True
    if not data.startswith(b"PK\x03\x04"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return "[Content_Types].xml" in archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return False


def sheet_csv(data: bytes) -> bytes:
    """The sheet as UTF-8 with semicolons; a line of the text is a row of the sheet. FormatError as `read_bytes`."""
    if data.startswith(XLS):
        return _written(_xls_rows(data))
    check_workbook(data, LARGEST_XLSX)
    return _written(_xlsx_rows(data))


def _written(rows: Iterable[list[str]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    try:
        for number, row in enumerate(rows, 1):
            if number > MOST_ROWS:
                raise FormatError(Notice("xlsx_rows", number, {"most": MOST_ROWS - 1}))
            writer.writerow(row)
    except (FormatError, MemoryError):
        raise
    except Exception as error:  # both libraries raise whatever a damaged part leads them to
        raise FormatError(Notice("xlsx_damaged")) from error
    return out.getvalue().rstrip("\n;").encode()


def _xlsx_rows(data: bytes) -> Iterator[list[str]]:
    from openpyxl import load_workbook  # takes a while to load

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # what a file says of its own size is not believed
        for row in sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS):
            yield [_text(cell) for cell in row]


def _xls_rows(data: bytes) -> Iterator[list[str]]:
    import xlrd

    if len(data) > LARGEST_XLS:
        raise FormatError(Notice("file_too_large", 0, {"megabytes": LARGEST_XLS >> 20}))
    book = xlrd.open_workbook(file_contents=data, logfile=io.StringIO(), on_demand=True, ragged_rows=True)
    sheet = book.sheet_by_index(0)
    for number in range(sheet.nrows):
        yield [_text(_xls_value(cell, book.datemode)) for cell in sheet.row(number)[:MOST_COLUMNS]]


def _xls_value(cell: Any, datemode: int) -> Any:
    import xlrd

    if cell.ctype == xlrd.XL_CELL_DATE:
        return xlrd.xldate_as_datetime(cell.value, datemode)
    return None if cell.ctype in (xlrd.XL_CELL_BOOLEAN, xlrd.XL_CELL_ERROR) else cell.value


def _text(cell: Any) -> str:
    if cell is None or isinstance(cell, bool):
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(timespec="seconds")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, int | float):
        return _number(Decimal(repr(cell)))
    return " ".join(str(cell)[:LONGEST_CELL].split())


def _number(value: Decimal) -> str:
    if not value.is_finite():
        return ""
    if abs(value) >= EXACT:
        return f"{value:E}"
    plain = f"{value:f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain

"""The first sheet of an XLSX file of strangers as rows of text, within limits: a bomb is refused before it unfolds."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from energo_cabinet.formats.files.content import FormatError, Notice

MOST_MEMBERS, MOST_ROWS, MOST_COLUMNS = 200, 20_000, 100
LARGEST_UNFOLDED = 40 << 20
EXACT_TO = 10**15
"""A spreadsheet keeps fifteen digits of a number."""

LARGEST_STRINGS, LARGEST_PART = 24 << 20, 8 << 20
MOST_RATIO, SMALL_PART = 200, 1 << 20
_DECLARED = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def xlsx_rows(data: bytes) -> tuple[list[str], Iterator[tuple[int, list[str]]]]:
    """Header and rows with their numbers; FormatError for what is no workbook, or too much of one."""
    from openpyxl import load_workbook  # takes a while to load

    check_workbook(data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
            rows = list(_rows(book.worksheets[0]))
    except FormatError:
        raise
    except Exception as error:  # openpyxl raises whatever a damaged part leads it to
        raise FormatError(Notice("xlsx_damaged")) from error
    if not rows:
        raise FormatError(Notice("empty_file"))
    return rows[0][1], iter(rows[1:])


def check_workbook(data: bytes, largest: int = LARGEST_UNFOLDED) -> None:
    """Names and sizes before anything is unpacked; no document types, so no entities."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            if len(members) > MOST_MEMBERS:
                raise FormatError(Notice("archive_members", 0, {"most": MOST_MEMBERS}))
            if any(member.flag_bits & 1 for member in members):
                raise FormatError(Notice("encrypted"))
            if sum(member.file_size for member in members) > largest:
                raise FormatError(Notice("file_too_large", 0, {"megabytes": largest >> 20}))
            if any(_unfolds_too_far(member) for member in members):
                raise FormatError(Notice("archive_bomb"))
            if "xl/workbook.xml" not in archive.namelist():
                raise FormatError(Notice("xlsx_damaged"))
            if any(_DECLARED.search(archive.open(member).read(4096)) for member in members):
                raise FormatError(Notice("xml_dtd"))
    except (zipfile.BadZipFile, OSError, EOFError, RuntimeError, NotImplementedError, ValueError) as error:
        raise FormatError(Notice("xlsx_damaged")) from error


def _unfolds_too_far(part: zipfile.ZipInfo) -> bool:
    """What is kept in memory whole is small in a real workbook; a sheet is read row by row, but packs no 200 : 1."""
    most = LARGEST_STRINGS if part.filename.endswith("sharedStrings.xml") else LARGEST_PART
    is_sheet = part.filename.startswith("xl/worksheets/")
    if part.file_size > most and not is_sheet and not part.filename.startswith("xl/media/"):
        return True
    return part.file_size > SMALL_PART and part.file_size > MOST_RATIO * max(part.compress_size, 1)


def _rows(sheet: Any) -> Iterator[tuple[int, list[str]]]:
    if hasattr(sheet, "reset_dimensions"):
        sheet.reset_dimensions()  # what a file says of its own size is not believed
    for number, row in enumerate(sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS), 1):
        if number > MOST_ROWS:
            raise FormatError(Notice("xlsx_rows", number, {"most": MOST_ROWS}))
        cells = [_text(cell) for cell in row]
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            yield number, cells


def _text(cell: Any) -> str:
    if cell is None or isinstance(cell, bool):
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, time):
        return f"{cell:%H:%M}"
    if isinstance(cell, float):
        if abs(cell) >= EXACT_TO:
            return f"{Decimal(repr(cell)):E}"  # digits beyond are lost: the reader is to see that
        plain = f"{Decimal(repr(cell)):f}"
        return plain.rstrip("0").rstrip(".") if "." in plain else plain
    return str(cell)[:200]

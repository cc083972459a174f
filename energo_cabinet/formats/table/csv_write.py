"""Tables as CSV for Russian spreadsheets: UTF-8 with BOM, semicolon, decimal comma, no live formulas."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal

Cell = str | int | float | Decimal | date | datetime | None

# the wide forms are formula starts in East Asian spreadsheets
_LIVE = re.compile("^[=+\\-@\\x00-\\x1f\\x7f\uff1d\uff0b\uff0d\uff20]")
_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?")


def table_csv(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """The table; None is an empty cell."""
    return csv_head(header) + csv_lines(rows)


def csv_head(header: Sequence[str]) -> bytes:
    """How a file begins that is written in parts."""
    return b"\xef\xbb\xbf" + csv_lines([header])


def csv_lines(rows: Iterable[Sequence[Cell]]) -> bytes:
    """Further rows of it."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerows([cell_text(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8", "replace")


def cell_text(cell: Cell) -> str:
    """One cell as written."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ", timespec="minutes")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, str):
        return harmless(cell)
    return _number(cell)


def harmless(value: str) -> str:
    """A text that a spreadsheet would run as a formula gets a leading apostrophe; a plain number stays one."""
    if _LIVE.match(value) and not _NUMBER.fullmatch(value):
        return "'" + value.replace("\x00", "")
    return value.replace("\x00", "")


def _number(value: float | Decimal) -> str:
    """Plain digits with a decimal comma, without an exponent and without trailing zeros."""
    exact = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    plain = f"{exact:f}"
    return (plain.rstrip("0").rstrip(".") if "." in plain else plain).replace(".", ",")

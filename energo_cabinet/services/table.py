"""Tables for a download: each room's `export.py` names its columns and fills its rows, words come from i18n by key."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from energo_cabinet.formats.table.csv_write import csv_head, csv_lines, table_csv
from energo_cabinet.formats.table.xlsx_write import table_xlsx


@dataclass(frozen=True, slots=True)
class Label:
    """A text of i18n: `csv.<key>` with the zone or unit it speaks of, or one of another catalogue with its params."""

    key: str
    zone: str = ""
    catalogue: str = "csv"
    facts: tuple[tuple[str, object], ...] = ()


Cell = str | int | Decimal | date | datetime | Label | None
Row = tuple[Cell, ...]
Word = Callable[[Label], str]
"""Gives the text of a label."""


@dataclass(frozen=True, slots=True)
class Table:
    """Columns, rows, and what the file is called (ASCII, without the ending)."""

    name: str
    columns: tuple[Label, ...]
    rows: tuple[Row, ...]


def as_csv(table: Table, word: Word) -> bytes:
    """The table as a file for spreadsheets."""
    return table_csv([word(column) for column in table.columns], _worded(table.rows, word))


def as_xlsx(table: Table, word: Word) -> bytes:
    """The table as a workbook."""
    return table_xlsx([word(column) for column in table.columns], _worded(table.rows, word))


def csv_begin(columns: Iterable[Label], word: Word) -> bytes:
    """How a CSV begins that is written in parts."""
    return csv_head([word(column) for column in columns])


def csv_part(rows: Iterable[Row], word: Word) -> bytes:
    """Further rows of it."""
    return csv_lines(_worded(rows, word))


def _worded(rows: Iterable[Row], word: Word) -> Iterator[list[str | int | Decimal | date | datetime | None]]:
    return ([word(cell) if isinstance(cell, Label) else cell for cell in row] for row in rows)

"""Refused rows as CSV: what a stranger's file said must not come alive in a spreadsheet."""

from __future__ import annotations

from collections.abc import Sequence

from energo_cabinet.formats.table.csv_write import Cell, table_csv


def refusal_csv(header: Sequence[str], rows: Sequence[Sequence[Cell]]) -> bytes:
    """The table."""
    return table_csv(header, rows)

"""Refused rows of an import as a table for a download: what a stranger's file said comes alive in no spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable

from energo_cabinet.services.imports.drop import RefusedRow
from energo_cabinet.services.table import Label, Table

COLUMNS = tuple(Label(f"csv_{name}", catalogue="imports") for name in ("file", "line", "reason"))


def refusals_table(job_id: int, rows: Iterable[RefusedRow]) -> Table:
    """File, line, reason."""
    cells = ((row.member, row.line or None, _reason(row)) for row in rows)
    return Table(f"import-{job_id}-refusals", COLUMNS, tuple(cells))


def _reason(row: RefusedRow) -> Label:
    return Label(row.code, catalogue="import", facts=tuple(row.params.items()))

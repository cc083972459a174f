"""Tables as XLSX: numbers and days stay what they are, texts never become formulas."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

from energo_cabinet.formats.table.csv_write import Cell, harmless


def table_xlsx(header: Sequence[str], rows: Iterable[Sequence[Cell]], title: str = "") -> bytes:
    """One sheet with a frozen header; None is an empty cell, instants are naive local times."""
    from openpyxl import Workbook  # takes a while to load

    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31] or "1")
    sheet.freeze_panes = "A2"
    sheet.column_dimensions["A"].width = sheet.column_dimensions["B"].width = 18
    sheet.append([harmless(name) for name in header])
    for row in rows:
        sheet.append([harmless(cell) if isinstance(cell, str) else cell for cell in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()

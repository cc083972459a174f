"""A zip of tables, each as JSON and as CSV, written row by row: however long a table is, memory holds one row."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import IO, Any

from energo_cabinet.formats.table.csv_write import harmless

Rows = Callable[[], Iterable[Sequence[Any]]]


class DataArchive:
    """Wraps a file open for writing; close it by leaving the `with`."""

    def __init__(self, file: IO[bytes]) -> None:
        self._zip = zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED)

    def __enter__(self) -> DataArchive:
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()

    def add_text(self, name: str, text: str) -> None:
        """A file of words."""
        self._zip.writestr(name, text)

    def add_table(self, name: str, columns: Sequence[str], rows: Rows) -> int:
        """`name`.json and `name`.csv; `rows` is asked twice. How many rows there are."""
        count = 0
        with self._text(f"json/{name}.json") as out:
            out.write("[")
            for count, row in enumerate(rows(), 1):
                values = {column: _json(value) for column, value in zip(columns, row, strict=True)}
                out.write((",\n" if count > 1 else "\n") + json.dumps(values, ensure_ascii=False))
            out.write("\n]\n")
        with self._text(f"csv/{name}.csv") as out:
            out.write("\ufeff")
            writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
            writer.writerow(columns)
            writer.writerows([_cell(value) for value in row] for row in rows())
        return count

    def _text(self, name: str) -> io.TextIOWrapper:
        return io.TextIOWrapper(self._zip.open(name, "w", force_zip64=True), "utf-8", "replace", newline="")


def _json(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def _cell(value: Any) -> str:
    plain = _json(value)
    if plain is None:
        return ""
    return harmless(plain if isinstance(plain, str) else json.dumps(plain, ensure_ascii=False))

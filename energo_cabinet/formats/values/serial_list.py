"""A list of meters as suppliers pass them around: serial numbers one below the other, maybe with models."""

from __future__ import annotations

from itertools import chain

from energo_cabinet.formats.files.content import FileContent, Notice, SerialInFile, table_content
from energo_cabinet.formats.files.number import NumberError
from energo_cabinet.formats.files.options import ReadOptions
from energo_cabinet.formats.table.csv_read import open_rows
from energo_cabinet.formats.table.own_columns import names_of
from energo_cabinet.formats.table.refusals import Refusals
from energo_cabinet.formats.values.meter_serial import looks_like_serial, serial_of
from energo_cabinet.formats.values.reading_table import SERIALS

COLUMNS = {"serial": SERIALS, "model": frozenset({"model", "type", "модель", "тип", "тип прибора", "марка"})}
LONGEST_MODEL = 120


def is_serials(header: list[str]) -> bool:
    """Whether a table begins like a list of meters: a heading that says so, or a lone number."""
    filled = [cell for cell in header if cell]
    return "serial" in names_of(header, COLUMNS) or (len(filled) == 1 and looks_like_serial(filled[0]))


def read_serials(data: bytes, name: str, options: ReadOptions) -> FileContent:
    """Parse it; a row that names no meter, or one named before, is left out and told."""
    header, rest = open_rows(data, options.delimiter)
    places = names_of(header, COLUMNS)
    lines = rest if "serial" in places else chain([(1, header)], rest)
    at = places.get("serial", next((index for index, cell in enumerate(header) if cell), 0))
    refusals, seen = Refusals(), dict[str, int]()
    found: list[SerialInFile] = []
    for line, row in lines:
        if not any(cell.strip() for cell in row):
            continue
        text = row[at].strip() if at < len(row) else ""
        try:
            serial = serial_of(text)
        except NumberError as error:
            refusals.add(error.code, line, value=text)
            continue
        if serial in seen:
            refusals.add("serial_repeated", line, value=serial, first=seen[serial])
            continue
        seen[serial] = line
        model = row[places["model"]].strip()[:LONGEST_MODEL] if places.get("model", len(row)) < len(row) else ""
        found.append(SerialInFile(line, serial, model))
    return table_content(
        "serials",
        name,
        data,
        options.zone_name,
        [] if found or refusals.count else [Notice("no_rows")],
        serials=found,
        refused=refusals.notices,
        refused_rows=refusals.count,
    )

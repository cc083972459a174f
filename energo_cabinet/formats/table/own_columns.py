"""Tables of this project's own layouts: columns by name in any order, a point in every row or told beside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from energo_cabinet.formats.files.content import FormatError, Notice
from energo_cabinet.formats.files.notices import Notices
from energo_cabinet.formats.files.options import ReadOptions

LONGEST_NUMBER = 60

Cells = dict[str, str]
"""Column → its text, stripped."""


def names_of(header: list[str], columns: Mapping[str, frozenset[str]]) -> dict[str, int]:
    """Column → its place in the header; the first where a name comes twice."""
    wanted = {alias: name for name, aliases in columns.items() for alias in aliases}
    found: dict[str, int] = {}
    for index, cell in enumerate(header):
        name = wanted.get(cell.casefold())
        if name is not None:
            found.setdefault(name, index)
    return found


def cells_of(
    header: list[str],
    lines: Iterable[tuple[int, list[str]]],
    columns: Mapping[str, frozenset[str]],
    options: ReadOptions,
    notices: Notices,
) -> Iterator[tuple[int, Cells]]:
    """Rows with a valid `point`; an invalid one is noted. FormatError when nothing says the point."""
    names = names_of(header, columns)
    if options.point_column and options.point_column in header:
        names["point"] = header.index(options.point_column)
    if "point" not in names and not options.point:
        raise FormatError(Notice("csv_no_point", 1, {"columns": ", ".join(header)[:200] or "—"}))
    for line, row in lines:
        if not any(cell.strip() for cell in row):
            continue
        cells = {name: row[index].strip() if index < len(row) else "" for name, index in names.items()}
        cells["point"] = options.point or cells.get("point", "")
        if 0 < len(cells["point"]) <= LONGEST_NUMBER:
            yield line, cells
        else:
            notices.error("point_number", line, number=cells["point"])

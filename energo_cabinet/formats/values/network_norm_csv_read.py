"""What voltages are judged by: `point;nominal_v;source` and the meter's set-points (R-11, R-16).

`meter_min_v`, `meter_low_v`, `meter_high_v`, `meter_max_v`; an empty cell is unknown. A row replaces what was known.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from energo_cabinet.formats.files.content import FileContent, NormInFile, PointInFile, table_content
from energo_cabinet.formats.files.notices import Notices
from energo_cabinet.formats.files.options import ReadOptions
from energo_cabinet.formats.table.csv_read import open_rows
from energo_cabinet.formats.table.own_columns import Cells, cells_of, names_of

VOLTS = ("nominal_v", "meter_min_v", "meter_low_v", "meter_high_v", "meter_max_v")
COLUMNS: Mapping[str, frozenset[str]] = {
    "point": frozenset({"point", "точка", "точка учёта", "точка учета"}),
    **{name: frozenset({name}) for name in (*VOLTS, "source")},
}
_LEAST, _MOST = Decimal(12), Decimal(1000)


def is_norms(header: list[str]) -> bool:
    """Whether a table with this header says what voltages are judged by."""
    return "nominal_v" in names_of(header, COLUMNS)


def read_norms(data: bytes, name: str, options: ReadOptions) -> FileContent:
    """Parse it; FormatError with lines and reasons when it is refused."""
    notices = Notices()
    header, lines = open_rows(data, options.delimiter)
    found = {
        made.point: made
        for line, cells in cells_of(header, lines, COLUMNS, options, notices)
        if (made := _norm(cells, line, notices))
    }
    notices.refuse_if_any()
    return table_content(
        "network norms",
        name,
        data,
        options.zone_name,
        notices.warnings,
        points=[PointInFile(number, number) for number in found],
        norms=list(found.values()),
    )


def _norm(cells: Cells, line: int, notices: Notices) -> NormInFile | None:
    facts = {"source": cells.get("source", "")[:200]}
    for name in VOLTS:
        text = cells.get(name, "").replace(",", ".")
        try:
            if text and not _LEAST <= Decimal(text) <= _MOST:
                raise InvalidOperation
        except InvalidOperation:
            notices.error("network_impossible", line, column=name, value=text, least=str(_LEAST), most=str(_MOST))
            return None
        facts[name] = text
    told = [Decimal(facts[name]) for name in VOLTS[1:] if facts[name]]
    if told != sorted(told):
        notices.error("network_set_points", line)
        return None
    return NormInFile(cells["point"], facts)

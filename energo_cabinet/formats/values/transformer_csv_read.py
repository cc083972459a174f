"""Measuring transformers as a table: `point;phase;kind` and any of the other columns, in any order (Н-114…Н-126).

`phase` 1–3 or A–C, `kind` current or voltage (ТТ, ТН); days as 2026-11-21 or 21.11.2026; an empty cell is unknown.
A row replaces what was known of that transformer.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from energo_cabinet.domain.time.period import DEVICE_YEARS
from energo_cabinet.domain.typed import file_day
from energo_cabinet.formats.files.content import FileContent, PointInFile, TransformerInFile, table_content
from energo_cabinet.formats.files.notices import Notices
from energo_cabinet.formats.files.options import ReadOptions
from energo_cabinet.formats.table.csv_read import open_rows
from energo_cabinet.formats.table.own_columns import Cells, cells_of, names_of

TEXTS = {
    "model": 120,
    "serial_number": 60,
    "registry_number": 40,
    "place": 200,
    "nominal_voltage": 40,
    "accuracy_class": 20,
    "comment": 500,
}
DAYS = ("commissioned_on", "last_verification_on", "next_verification_on")
NUMBERS = ("nominal_frequency_hz", "primary_current_a", "secondary_current_a")
COLUMNS: Mapping[str, frozenset[str]] = {
    "point": frozenset({"point", "точка", "точка учёта", "точка учета"}),
    "phase": frozenset({"phase", "фаза"}),
    "kind": frozenset({"kind", "вид"}),
    **{name: frozenset({name}) for name in (*TEXTS, *DAYS, *NUMBERS)},
}
_PHASES = {"1": 1, "2": 2, "3": 3, "a": 1, "b": 2, "c": 3, "а": 1, "в": 2, "с": 3}
_KINDS = {"current": "current", "тт": "current", "voltage": "voltage", "тн": "voltage"}
_LARGEST = Decimal(10**9)


def is_transformers(header: list[str]) -> bool:
    """Whether a table with this header lists transformers."""
    return {"phase", "kind"} <= names_of(header, COLUMNS).keys()


def read_transformers(data: bytes, name: str, options: ReadOptions) -> FileContent:
    """Parse a list of transformers; FormatError with lines and reasons when it is refused."""
    notices = Notices()
    header, lines = open_rows(data, options.delimiter)
    found: dict[tuple[str, int, str], TransformerInFile] = {}
    for line, cells in cells_of(header, lines, COLUMNS, options, notices):
        made = _transformer(cells, line, notices)
        if made is not None:
            found[made.point, made.phase, made.kind] = made
    notices.refuse_if_any()
    return table_content(
        "transformers",
        name,
        data,
        options.zone_name,
        notices.warnings,
        points=[PointInFile(number, number) for number in dict.fromkeys(key[0] for key in found)],
        transformers=list(found.values()),
    )


def _transformer(cells: Cells, line: int, notices: Notices) -> TransformerInFile | None:
    phase, kind = _PHASES.get(cells["phase"].casefold()), _KINDS.get(cells["kind"].casefold())
    if phase is None or kind is None:
        notices.error("transformer_place", line, phase=cells["phase"], kind=cells["kind"])
        return None
    facts: dict[str, str] = {name: cells.get(name, "")[:longest] for name, longest in TEXTS.items()}
    for name in (*DAYS, *NUMBERS):
        try:
            facts[name] = _day(cells.get(name, "")) if name in DAYS else _number(cells.get(name, ""))
        except (ValueError, InvalidOperation):
            notices.error("transformer_value", line, column=name, value=cells.get(name, ""))
            return None
    return TransformerInFile(cells["point"], phase, kind, facts)


def _day(text: str) -> str:
    if not text:
        return ""
    found = file_day(text[:10] if text[2:3] == "." else text)  # a spreadsheet may add the time
    if found is None or found.year not in DEVICE_YEARS:
        raise ValueError(text)
    return found.isoformat()


def _number(text: str) -> str:
    if not text:
        return ""
    found = Decimal(text.replace(",", "."))
    if not found.is_finite() or not 0 < found < _LARGEST:
        raise ValueError(text)
    return str(found)

"""A journal as a table. Two layouts, columns in any order, times as 2026-11-21 03:06:48 or 21.11.2026 03:06:

- `point;time;event`: rows of another cabinet (also «Точка;Дата/Время;Событие»), taken apart by `event_text`;
- `point;dictionary;code;time;end;meter_time;meter_end;seconds;raw`: `dictionary` m23x or spodes (another one keeps its
  codes unknown), `time` and `end` in the file's zone, `meter_time` and `meter_end` by the meter's clock, `seconds` the
  span or correction the meter states, `raw` its payload. At least one of `time` and `meter_time` must be there.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from energo_cabinet.domain.journal.codes import Mark, kind_of, normal_code
from energo_cabinet.domain.journal.records import JournalRow, join, place
from energo_cabinet.domain.time.period import MEASURED_YEARS
from energo_cabinet.domain.time.stamp import wall_seconds
from energo_cabinet.domain.typed import undotted, whole_number
from energo_cabinet.formats.files.content import EventInFile, FileContent, Notice, PointInFile, table_content
from energo_cabinet.formats.files.notices import Notices
from energo_cabinet.formats.files.options import ReadOptions
from energo_cabinet.formats.table.csv_read import open_rows
from energo_cabinet.formats.table.own_columns import Cells, cells_of, names_of
from energo_cabinet.formats.values.event_text import parse_text

COLUMNS: Mapping[str, frozenset[str]] = {
    "point": frozenset({"point", "точка", "точка учёта", "точка учета"}),
    "time": frozenset({"time", "дата/время", "дата и время"}),
    "event": frozenset({"event", "событие"}),
    **{name: frozenset({name}) for name in ("dictionary", "code", "end", "meter_time", "meter_end", "seconds", "raw")},
}
LONGEST_TEXT = 400


def is_journal(header: list[str]) -> bool:
    """Whether a table with this header is a journal."""
    names = names_of(header, COLUMNS)
    return {"time", "event"} <= names.keys() or {"dictionary", "code"} <= names.keys()


def read_journal(data: bytes, name: str, options: ReadOptions) -> FileContent:
    """Parse a journal; FormatError with lines and reasons when it is refused."""
    notices = Notices()
    found: dict[str, list[JournalRow]] = {}
    header, lines = open_rows(data, options.delimiter)
    for line, cells in cells_of(header, lines, COLUMNS, options, notices):
        row = _row(cells, line, notices)
        if row is not None:
            found.setdefault(cells["point"], []).append(row)
    notices.refuse_if_any()
    events = [
        EventInFile(point, event)
        for point, rows in found.items()
        for event in join(place(rows, options.zone_name, options.meter_zone))
    ]
    return table_content(
        "events",
        name,
        data,
        options.zone_name,
        [*notices.warnings, *_doubts(events)],
        points=[PointInFile(number, number) for number in found],
        events=events,
    )


def _row(cells: Cells, line: int, notices: Notices) -> JournalRow | None:
    try:
        if cells.get("event"):
            return parse_text(_needed(_stamp(cells.get("time", ""))), _clean(cells["event"]))
        return _coded(cells, line, notices)
    except (ValueError, OverflowError):
        notices.error("event_time", line, stamp=cells.get("time") or cells.get("meter_time", ""))
        return None


def _coded(cells: Cells, line: int, notices: Notices) -> JournalRow | None:
    code = normal_code(cells.get("dictionary", ""), cells.get("code", ""))
    if not code:
        notices.error("event_code", line, event=f"{cells.get('dictionary', '')} {cells.get('code', '')}")
        return None
    kind = kind_of(code)
    if kind is None:
        notices.warn("event_unknown", line, event=code)
    shown, meter = _stamp(cells.get("time", "")), _stamp(cells.get("meter_time", ""))
    if shown is None and meter is None:
        raise ValueError("no time")
    return JournalRow(
        code=code,
        mark=kind.mark if kind else Mark.POINT,
        raw=_clean(cells.get("raw", "")),
        shown=shown,
        shown_end=_stamp(cells.get("end", "")),
        meter_at=meter,
        meter_end=_stamp(cells.get("meter_end", "")),
        stated_s=whole_number(cells.get("seconds"), 8),
    )


def _doubts(events: list[EventInFile]) -> list[Notice]:
    """A warning a point for records that contradict themselves (Н-112)."""
    told = Notices()
    for sent in events:
        if sent.event.doubt:
            told.warn("event_doubt", 0, point=sent.point)
    return told.warnings


def _stamp(text: str) -> int | None:
    """Wall-clock seconds; None for "", ValueError for what is no local time."""
    if not text:
        return None
    clean = undotted(text)
    at = datetime.fromisoformat(text if clean == text else clean.replace(",", ""))
    if at.tzinfo is not None or at.year not in MEASURED_YEARS:
        raise ValueError("no local time")
    return wall_seconds(at)


def _needed(seconds: int | None) -> int:
    if seconds is None:
        raise ValueError("no time")
    return seconds


def _clean(text: str) -> str:
    return "".join(c if c.isprintable() else " " for c in text[:LONGEST_TEXT])

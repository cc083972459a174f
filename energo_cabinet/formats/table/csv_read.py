"""A delimited table of strangers: encoding, delimiter and columns found out or told."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from energo_cabinet.formats.files.content import FormatError, Notice
from energo_cabinet.formats.files.options import ReadOptions

_DELIMITERS = ";\t,|"
_START_NAMES = frozenset({"time", "start", "stamp", "timestamp", "datetime", "время", "начало", "дата и время"})
_END_NAMES = frozenset({"end", "конец"})
_POINT_NAMES = frozenset({"point", "точка", "точка учёта"})
_CHANNEL_NAMES = {
    "a+": "A+",
    "a-": "A-",
    "a−": "A-",
    "r+": "R+",
    "r-": "R-",
    "r−": "R-",
    "value": "A+",
    "kwh": "A+",
    "значение": "A+",
}


@dataclass(frozen=True, slots=True)
class Columns:
    """Where things stand in a row; `point` is None when the whole table is one point's."""

    time: int
    is_end: bool
    values: Mapping[str, int]
    point: int | None


@dataclass(frozen=True, slots=True)
class Table:
    """A table opened: its columns and its rows with their line numbers."""

    columns: Columns
    rows: Iterator[tuple[int, list[str]]]


def open_table(data: bytes, options: ReadOptions) -> Table:
    """Find delimiter and columns; FormatError when they cannot be found, or on reading a malformed row."""
    header, rows = open_rows(data, options.delimiter)
    return Table(_columns(header, options), rows)


def open_rows(data: bytes, delimiter: str = "") -> tuple[list[str], Iterator[tuple[int, list[str]]]]:
    """The header of any table and its rows with their line numbers; FormatError as `open_table`."""
    text = _decode(data)
    first = text.partition("\n")[0]
    delimiter = delimiter or max(_DELIMITERS, key=first.count)
    if len(delimiter) != 1:
        raise FormatError(Notice("csv_delimiter"))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows = _rows(reader)
    _, header = next(rows, (0, []))
    return [cell.strip() for cell in header], rows


def header_of(data: bytes, delimiter: str = "") -> list[str]:
    """The header alone, without decoding the rest."""
    first = data if data.startswith((b"\xff\xfe", b"\xfe\xff")) else data.partition(b"\n")[0]
    return open_rows(first, delimiter)[0]


def _decode(data: bytes) -> str:
    is_utf16 = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    encodings = ["utf-16"] if is_utf16 else ["utf-8-sig", "windows-1251"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise FormatError(Notice("unknown_format"))


def _rows(reader: Iterator[list[str]]) -> Iterator[tuple[int, list[str]]]:
    line = 1
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise FormatError(Notice("csv_row", line)) from error
        yield line, row
        line = reader.line_num + 1  # type: ignore[attr-defined]


def _columns(header: list[str], options: ReadOptions) -> Columns:
    names = {name.casefold(): index for index, name in reversed(list(enumerate(header)))}
    time = _told(header, options.time_column, "time") if options.time_column else None
    if time is None:
        time = next((i for name, i in names.items() if name in _START_NAMES | _END_NAMES), None)
    if time is None:
        raise FormatError(Notice("csv_no_time_column", 1, {"columns": _some(header)}))
    is_end = options.stamp == "end" or (not options.stamp and header[time].casefold() in _END_NAMES)
    values = {channel: _told(header, name, channel) for channel, name in options.value_columns.items()}
    if not values:
        values = {_CHANNEL_NAMES[name]: index for name, index in sorted(names.items()) if name in _CHANNEL_NAMES}
    if not values:
        raise FormatError(Notice("csv_no_value_column", 1, {"columns": _some(header)}))
    for channel in values:
        if not channel or len(channel) > 8:
            raise FormatError(Notice("channel_code", 1, {"channel": channel[:20]}))
    return Columns(time, is_end, values, _point_column(header, names, options))


def _point_column(header: list[str], names: Mapping[str, int], options: ReadOptions) -> int | None:
    if options.point_column:
        return _told(header, options.point_column, "point")
    found = next((index for name, index in names.items() if name in _POINT_NAMES), None)
    if options.point:
        return None
    if found is None:
        raise FormatError(Notice("csv_no_point", 1, {"columns": _some(header)}))
    return found


def _told(header: list[str], name: str, role: str) -> int:
    if name not in header:
        raise FormatError(Notice("csv_no_column", 1, {"name": name[:60], "role": role, "columns": _some(header)}))
    return header.index(name)


def _some(header: list[str]) -> str:
    return ", ".join(header)[:200] or "—"

"""Register readings as a table, columns in any order: a meter's number or a point, a day or an instant, kWh by zone.

`serial` or `point` (номер прибора, точка), `date` and maybe `time` (дата, время; a bare day means its first minute),
`T0`…`T4` (показание, итого, день, ночь…), `channel` where it is not A+. A wrong row is left out and told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from energo_cabinet.formats.files.content import FileContent, FormatError, Notice, ReadingInFile, table_content
from energo_cabinet.formats.files.number import NumberError, to_wh
from energo_cabinet.formats.files.options import ReadOptions
from energo_cabinet.formats.table.csv_read import open_rows
from energo_cabinet.formats.table.own_columns import LONGEST_NUMBER, Cells, names_of
from energo_cabinet.formats.table.refusals import Refusals
from energo_cabinet.formats.values.interval_csv_read import stamp_of
from energo_cabinet.formats.values.meter_serial import serial_of
from energo_cabinet.formats.values.register_80020 import LARGEST_REGISTER_WH

SERIALS = frozenset(
    {"serial", "serial number", "serial_number", "meter", "meter number", "заводской номер", "серийный номер"}
    | {"номер прибора", "номер пу", "номер прибора учёта", "номер прибора учета", "номер счётчика", "номер счетчика"}
    | {"прибор", "прибор учёта", "прибор учета", "№ прибора", "№ пу", "№ счётчика", "№ счетчика", "зав. номер"}
    | {"зав. №", "зав.№", "счётчик", "счетчик"}
)
ZONES = ("T0", "T1", "T2", "T3", "T4")
COLUMNS: Mapping[str, frozenset[str]] = {
    "serial": SERIALS,
    "point": frozenset({"point", "точка", "точка учёта", "точка учета"}),
    "date": frozenset({"date", "дата", "день", "дата показания", "дата показаний", "дата снятия", "на дату"}),
    "time": frozenset({"time", "время", "read_at", "дата и время", "дата/время"}),
    "channel": frozenset({"channel", "канал"}),
    "T0": frozenset({"t0", "т0", "total", "reading", "register", "показание", "показания", "итого", "сумма"}),
    "T1": frozenset({"t1", "т1", "день (т1)", "тариф 1", "t1 (день)", "т1 (день)", "пик"}),
    "T2": frozenset({"t2", "т2", "ночь", "ночь (т2)", "тариф 2", "t2 (ночь)", "т2 (ночь)"}),
    "T3": frozenset({"t3", "т3", "полупик", "полупик (т3)", "тариф 3"}),
    "T4": frozenset({"t4", "т4", "тариф 4"}),
}
_CHANNELS = {"": "A+", "a+": "A+", "a-": "A-", "a−": "A-", "r+": "R+", "r-": "R-", "r−": "R-"}


def is_readings(header: list[str], options: ReadOptions) -> bool:
    """Whether a table with this header holds register readings."""
    if options.kind == "readings":
        return True
    names = names_of(header, COLUMNS).keys()
    who = names & {"serial", "point"} or options.point
    return bool(who and names & {"date", "time"} and names & set(ZONES))


def read_readings(data: bytes, name: str, options: ReadOptions) -> FileContent:
    """Parse it; FormatError when a column that everything depends on is missing."""
    header, lines = open_rows(data, options.delimiter)
    places = _places(header, options)
    refusals, seen = Refusals(), dict[tuple[object, ...], int]()
    rows: list[ReadingInFile] = []
    for line, row in lines:
        cells = {name: row[at].strip() if at < len(row) else "" for name, at in places.items()}
        if any(cells.values()):
            rows += _readings(cells, line, options, seen, refusals)
    return table_content(
        "readings",
        name,
        data,
        options.zone_name,
        [] if rows or refusals.count else [Notice("no_rows")],
        readings=rows,
        refused=refusals.notices,
        refused_rows=refusals.count,
    )


def _places(header: list[str], options: ReadOptions) -> dict[str, int]:
    """Column → its place; what the caller names counts more than what the header is known by."""
    places = names_of(header, COLUMNS)
    told = {"time": options.time_column, "point": options.point_column}
    told |= {zone if zone in ZONES else "T0": name for zone, name in options.value_columns.items()}
    for column, name in told.items():
        if name and name not in header:
            params: dict[str, str | int] = {
                "name": name[:60],
                "role": column,
                "columns": ", ".join(header)[:200] or "—",
            }
            raise FormatError(Notice("csv_no_column", 1, params))
        if name:
            places[column] = header.index(name)
    columns = {"columns": ", ".join(header)[:200] or "—"}
    if not places.keys() & {"serial", "point"} and not options.point:
        raise FormatError(Notice("readings_no_meter", 1, columns))
    if not places.keys() & {"date", "time"}:
        raise FormatError(Notice("readings_no_date", 1, columns))
    if not places.keys() & set(ZONES):
        raise FormatError(Notice("readings_no_value", 1, columns))
    return places


def _readings(
    cells: Cells, line: int, options: ReadOptions, seen: dict[tuple[object, ...], int], refusals: Refusals
) -> Iterator[ReadingInFile]:
    """The readings of a row, a zone each; none when anything in the row is wrong."""
    made: list[ReadingInFile] = []
    try:
        serial, point = _whose(cells, options)
        read_at = _instant(cells, options.zone_name)
        channel = _CHANNELS[cells.get("channel", "").casefold()]
        for zone in ZONES:
            if cells.get(zone):
                made.append(ReadingInFile(line, serial, point, channel, zone, read_at, _register(cells[zone])))
    except NumberError as error:
        refusals.add(error.code, line, value=_culprit(cells, error.code))
        return
    except KeyError:
        refusals.add("reading_channel", line, value=cells["channel"])
        return
    except (ValueError, OverflowError):
        refusals.add("reading_date", line, value=f"{cells.get('date', '')} {cells.get('time', '')}".strip())
        return
    if not made:
        refusals.add("reading_empty", line)
    first = next((seen[key] for one in made if (key := one[1:6]) in seen), 0)
    if first:
        refusals.add("reading_repeated", line, first=first)
        return
    seen |= {one[1:6]: line for one in made}
    yield from made


def _whose(cells: Cells, options: ReadOptions) -> tuple[str, str]:
    """Serial number and "", or "" and the point's number."""
    point = cells.get("point", "") or options.point
    if cells.get("serial"):
        return serial_of(cells["serial"]), ""
    if not 0 < len(point) <= LONGEST_NUMBER:
        raise NumberError("reading_no_meter")
    return "", point


def _instant(cells: Cells, zone_name: str) -> int:
    """Epoch seconds of a day's beginning or of an instant, local to `zone_name` unless it has an offset of its own."""
    day, clock = cells.get("date", ""), cells.get("time", "")
    text = f"{day[:10]}T{clock}" if day and clock else day or clock
    if len(text) == 10:
        text += "T00:00"
    seconds, has_offset = stamp_of(text)
    if has_offset:
        return seconds
    wall = datetime.fromtimestamp(seconds, UTC).replace(tzinfo=ZoneInfo(zone_name))
    return int(wall.timestamp())


def _register(text: str) -> int:
    text = text.replace("\u00a0", "").replace(" ", "")
    if "e" in text.casefold():
        raise NumberError("scientific")
    return to_wh(text, largest=LARGEST_REGISTER_WH)


def _culprit(cells: Cells, code: str) -> str:
    """What to show of the row beside the reason."""
    if code.startswith("serial"):
        return cells.get("serial", "")
    return ", ".join(cells[zone] for zone in ZONES if cells.get(zone))

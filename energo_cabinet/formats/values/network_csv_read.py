"""Network parameters as a table: one line an instant, a column per quantity, in any order (Э-60).

`point;time` and any of `U_A;U_B;U_C` (V), `I_A;I_B;I_C` (A), `P_A;P_B;P_C;P` (kW), `Q_…` (kvar), `S_…` (kVA), `cos_…`,
`f` (Hz), `angle_AB;angle_BC;angle_CA` (°). Lines 1, 2, 5 or 10 minutes apart make series; a single line of a point is
its newest snapshot alone. `date` and `time` may be two columns; the names of the UCI minute file are known too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import pairwise
from statistics import mode

import numpy as np

from energo_cabinet.domain.network.network import QUANTITIES, STEPS
from energo_cabinet.domain.time.stamp import LocalStamps
from energo_cabinet.domain.values.profile_day import MISSING
from energo_cabinet.formats.files.content import FileContent, NetworkInFile, PointInFile, table_content
from energo_cabinet.formats.files.notices import Notices
from energo_cabinet.formats.files.options import ReadOptions
from energo_cabinet.formats.table.csv_read import open_rows
from energo_cabinet.formats.table.own_columns import Cells, cells_of, names_of
from energo_cabinet.formats.values.interval_csv_read import stamp_of

_KNOWN = {"UA": {"u", "voltage"}, "IA": {"i", "global_intensity"}, "P": {"global_active_power"}}
_KNOWN["Q"] = {"global_reactive_power"}
COLUMNS: Mapping[str, frozenset[str]] = {
    "point": frozenset({"point", "точка", "точка учёта", "точка учета"}),
    "time": frozenset({"time", "start", "timestamp", "datetime", "время"}),
    "date": frozenset({"date", "дата"}),
    **{
        code: frozenset({code.casefold(), f"{q.group}_{q.place}".casefold().strip("_"), *_KNOWN.get(code, ())})
        for code, q in QUANTITIES.items()
    },
}
_TELLING = frozenset({"UA", "UB", "UC", "IA", "IB", "IC", "f", "cosA", "cos"})
_NUMBER = re.compile(r"[+-]?\d{1,9}(?:\.\d{0,9})?", re.ASCII)
_NOTHING = frozenset({"", "?"})
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})", re.ASCII)


def is_network(header: list[str], options: ReadOptions) -> bool:
    """Whether a table with this header holds network parameters; named value columns make it one of energy."""
    names = names_of(header, COLUMNS).keys()
    return not options.value_columns and "time" in names and bool(_TELLING & names)


@dataclass(slots=True)
class _Lines:
    """The lines of a point: stamps, line numbers and stored integers by quantity, MISSING for an empty cell."""

    stamps: list[int] = field(default_factory=list)
    has_offset: list[bool] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    values: list[dict[str, int]] = field(default_factory=list)


def read_network(data: bytes, name: str, options: ReadOptions) -> FileContent:
    """Parse it; FormatError with lines and reasons when one value is impossible."""
    notices = Notices()
    header, lines = open_rows(data, options.delimiter)
    points: dict[str, _Lines] = {}
    for line, cells in cells_of(header, lines, COLUMNS, options, notices):
        _take(cells, line, points, notices)
    notices.refuse_if_any()
    found = [made for number, own in points.items() if (made := _series(number, own, options, notices))]
    notices.refuse_if_any()
    return table_content(
        "network",
        name,
        data,
        options.zone_name,
        notices.warnings,
        points=[PointInFile(number, number, line=min(own.lines)) for number, own in points.items()],
        network=found,
    )


def _take(cells: Cells, line: int, points: dict[str, _Lines], notices: Notices) -> None:
    try:
        stamp, has_offset = stamp_of(_time(cells))
    except (ValueError, OverflowError):
        notices.error("csv_stamp", line, stamp=f"{cells.get('date', '')} {cells['time']}".strip())
        return
    values: dict[str, int] = {}
    for code in QUANTITIES.keys() & cells.keys():
        stored = _value(code, cells[code], line, notices)
        if stored is not None:
            values[code] = stored
    _check_power(values, line, notices)
    own = points.setdefault(cells["point"], _Lines())
    own.stamps.append(stamp)
    own.has_offset.append(has_offset)
    own.lines.append(line)
    own.values.append(values)


def _time(cells: Cells) -> str:
    day = cells.get("date", "")
    slashed = _SLASHED.fullmatch(day)
    if slashed:
        day = date(int(slashed[3]), int(slashed[2]), int(slashed[1])).isoformat()
    return f"{day}T{cells['time']}" if day else cells["time"]


def _value(code: str, text: str, line: int, notices: Notices) -> int | None:
    text = text.replace("\u00a0", "").replace(" ", "").replace("−", "-").replace(",", ".")
    if text in _NOTHING:
        return None
    if not _NUMBER.fullmatch(text):
        notices.error("network_number", line, column=code, value=text)
        return None
    quantity, value = QUANTITIES[code], Decimal(text)
    if not Decimal(str(quantity.least)) <= value <= Decimal(str(quantity.most)):
        least, most = (f"{bound:g}" for bound in (quantity.least, quantity.most))
        notices.error("network_impossible", line, column=code, value=text, least=least, most=most)
        return None
    return int(value.scaleb(quantity.decimals).to_integral_value())


def _check_power(values: Mapping[str, int], line: int, notices: Notices) -> None:
    """Active power never exceeds apparent power; 2 % and 10 VA are left to the meter's rounding."""
    for place in ("A", "B", "C", ""):
        active, apparent = values.get(f"P{place}"), values.get(f"S{place}")
        if active is not None and apparent is not None and abs(active) > apparent * 1.02 + 10:
            notices.error("network_power", line, active=f"P{place}", apparent=f"S{place}")


def _series(number: str, own: _Lines, options: ReadOptions, notices: Notices) -> NetworkInFile | None:
    """The lines of a point in order of time; of two lines for one instant the later one counts."""
    if len(set(own.has_offset)) > 1:
        notices.error("csv_mixed_stamps", own.lines[own.has_offset.index(not own.has_offset[0])])
        return None
    step = _step(number, own, notices)
    if step is None:
        return None
    placed: dict[int, tuple[int, dict[str, int]]] = {}
    for start, line, values in zip(_starts(own, step, options), own.lines, own.values, strict=True):
        if start is None:
            notices.error("network_left_out", line, zone=options.zone_name)
        elif step and start % (step * 60):
            notices.error("csv_misaligned", line, minutes=step)
        else:
            if start in placed:
                notices.warn("csv_repeated" if placed[start][1] == values else "csv_repeated_other", line)
            placed[start] = (line, values)
    ordered = sorted(placed)
    said = [start for start in ordered if placed[start][1]]
    if not said:
        return None
    return NetworkInFile(number, step, *_columns(ordered, placed, step), said[-1], placed[said[-1]][1])


def _columns(
    ordered: list[int], placed: Mapping[int, tuple[int, dict[str, int]]], step: int
) -> tuple[bytes, dict[str, bytes]]:
    """Starts and one column a quantity; none of a single line."""
    if not step:
        return b"", {}
    codes = sorted({code for start in ordered for code in placed[start][1]})
    table = {
        code: np.array([placed[start][1].get(code, MISSING) for start in ordered], "<i4").tobytes() for code in codes
    }
    return np.array(ordered, "<i8").tobytes(), table


def _step(number: str, own: _Lines, notices: Notices) -> int | None:
    gaps = [abs(later - earlier) for earlier, later in pairwise(own.stamps) if later != earlier]
    if not gaps:
        return 0
    step, rest = divmod(mode(gaps), 60)
    if rest or step not in STEPS:
        notices.error("network_step", 0, point=number, seconds=mode(gaps))
        return None
    return step


def _starts(own: _Lines, step: int, options: ReadOptions) -> list[int | None]:
    """Epoch seconds of each line; None where the changed clock left that time out."""
    if own.has_offset[0]:
        return list(own.stamps)
    is_falling = own.stamps[0] > own.stamps[-1]
    stamps = own.stamps[::-1] if is_falling else own.stamps
    found = LocalStamps(options.zone_name, step * 60, False).resolve(stamps)
    return found[::-1] if is_falling else found

"""Tables of interval values: one line per interval, a column per channel (layout in `import --help`)."""

from __future__ import annotations

from array import array
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import numpy as np

from energo_cabinet.domain.time.local_day import local_day, midnight
from energo_cabinet.domain.time.period import MEASURED_YEARS
from energo_cabinet.domain.time.slot_place import STEPS
from energo_cabinet.domain.time.stamp import LocalStamps, wall_seconds
from energo_cabinet.domain.typed import undotted
from energo_cabinet.domain.values.profile_day import LARGEST_WH, DayRow, Values, rows_of
from energo_cabinet.formats.files.content import (
    FileContent,
    FormatError,
    Notice,
    PointInFile,
    SeriesInFile,
    table_content,
)
from energo_cabinet.formats.files.notices import Notices
from energo_cabinet.formats.files.number import NumberError, to_wh
from energo_cabinet.formats.files.options import POWER_UNITS, UNITS, ReadOptions
from energo_cabinet.formats.table.csv_read import Columns, open_table

_NANO = Decimal(10**9)
_LARGEST_NANO = 9 * 10**18
_NOTHING = -1


@dataclass(slots=True)
class _Lines:
    """The lines of one point: stamps, their line numbers, and values in 1e-9 of the unit (_NOTHING: empty)."""

    stamps: list[int] = field(default_factory=list)
    has_offset: list[bool] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    values: dict[str, array[int]] = field(default_factory=dict)


def read_intervals(data: bytes, name: str, options: ReadOptions) -> FileContent:
    """Parse a table; FormatError with lines and reasons when it is refused."""
    notices = Notices()
    table = open_table(data, options)
    points: dict[str, _Lines] = {}
    for line, row in table.rows:
        if any(row):
            _take(row, line, table.columns, points, options, notices)
    notices.refuse_if_any()
    if not points:
        notices.warn("no_points")
    series = [
        found
        for number, lines in points.items()
        for found in _PointReader(number, lines, table.columns.is_end, options, notices).series()
    ]
    notices.refuse_if_any()
    return table_content(
        "csv",
        name,
        data,
        options.zone_name,
        notices.warnings,
        points=[PointInFile(number, number, line=min(lines.lines)) for number, lines in points.items()],
        series=series,
    )


def _take(
    row: list[str], line: int, columns: Columns, points: dict[str, _Lines], options: ReadOptions, notices: Notices
) -> None:
    last = max(columns.time, columns.point or 0, *columns.values.values())
    if len(row) <= last:
        notices.error("csv_short_row", line, cells=len(row))
        return
    number = options.point or row[columns.point or 0].strip()
    if not number or len(number) > 60:
        notices.error("point_number", line, number=number)
        return
    try:
        stamp, has_offset = stamp_of(row[columns.time].strip())
    except (ValueError, OverflowError):
        notices.error("csv_stamp", line, stamp=row[columns.time])
        return
    lines = points.setdefault(number, _Lines())
    lines.stamps.append(stamp)
    lines.has_offset.append(has_offset)
    lines.lines.append(line)
    for channel, index in columns.values.items():
        value = _value(row[index], line, options, notices)
        lines.values.setdefault(channel, array("q")).append(value)


def stamp_of(text: str) -> tuple[int, bool]:
    """Epoch seconds and True, or wall-clock seconds and False; ValueError for anything else."""
    text = undotted(text)
    is_midnight = text[11:16] == "24:00"
    at = datetime.fromisoformat(text[:11] + "00:00" + text[16:] if is_midnight else text)
    if at.year not in MEASURED_YEARS:
        raise ValueError
    at += timedelta(days=is_midnight)
    return (int(at.timestamp()), True) if at.tzinfo else (wall_seconds(at), False)


def _value(text: str, line: int, options: ReadOptions, notices: Notices) -> int:
    text = text.strip().replace("\u00a0", "").replace(" ", "")
    if not text:
        return _NOTHING
    try:
        if options.decimal == "." and "," in text:
            raise NumberError("not_a_number")
        return to_wh(text, _NANO, _LARGEST_NANO)
    except NumberError as error:
        notices.error(error.code, line, value=text)
        return _NOTHING


class _PointReader:
    """The lines of one point to day rows of its channels."""

    def __init__(self, number: str, lines: _Lines, is_end: bool, options: ReadOptions, notices: Notices) -> None:
        self.number, self.lines, self.options, self.notices = number, lines, options, notices
        self.is_end = is_end
        if len(set(lines.has_offset)) > 1:
            odd = lines.has_offset.index(not lines.has_offset[0])
            raise FormatError(Notice("csv_mixed_stamps", lines.lines[odd]))
        if lines.stamps[0] > lines.stamps[-1]:  # newest first: the hour that comes twice is told apart by order
            lines.stamps.reverse()
            lines.lines.reverse()
            for values in lines.values.values():
                values.reverse()
        self.step_min = options.step_min or self._find_step()

    def series(self) -> list[SeriesInFile]:
        """Each channel that has a value."""
        starts, kept = self._starts()
        line = np.array(self.lines.lines, np.int64)[kept]
        found = []
        for channel, nanos in self.lines.values.items():
            values = self._to_wh(np.frombuffer(nanos, np.int64)[kept], line)
            present = values != _NOTHING
            rows = self._rows(starts[present], values[present], line[present])
            if rows:
                found.append(SeriesInFile(self.number, channel, "", rows))
        return found

    def _find_step(self) -> int:
        gaps = Counter(later - earlier for earlier, later in pairwise(self.lines.stamps) if later > earlier)
        minutes = gaps.most_common(1)[0][0] // 60 if gaps else 0
        if minutes not in STEPS:
            raise FormatError(Notice("csv_step", 0, {"point": self.number, "minutes": minutes}))
        return minutes

    def _starts(self) -> tuple[Values, Values]:
        """Epoch seconds at which intervals begin, and the indices of the lines that have one."""
        stamps = self.lines.stamps
        if self.lines.has_offset[0]:
            instants: list[int | None] = list(stamps)
        else:
            instants = LocalStamps(self.options.zone_name, self.step_min * 60, self.is_end).resolve(stamps)
        kept = [index for index, instant in enumerate(instants) if instant is not None]
        if len(kept) < len(instants):
            self._left_out([index for index, instant in enumerate(instants) if instant is None])
        found = np.array([instants[index] for index in kept], np.int64)
        return found - self.step_min * 60 * self.is_end, np.array(kept, np.int64)

    def _left_out(self, indices: list[int]) -> None:
        for index in indices:
            line, wall = self.lines.lines[index], timedelta(seconds=self.lines.stamps[index])
            period = f"{datetime(1970, 1, 1) + wall:%Y-%m-%d %H:%M}"  # noqa: DTZ001  wall clock
            has_energy = any(values[index] > 0 for values in self.lines.values.values())
            note = self.notices.error if has_energy else self.notices.warn
            note(
                "csv_left_out" if has_energy else "hour_left_out_zero", line, period=period, zone=self.options.zone_name
            )

    def _to_wh(self, nanos: Values, line: Values) -> Values:
        """Nano-units to Wh, half to even; exact, for all units divide."""
        factor = Fraction(int(UNITS[self.options.unit]), 10**9)
        if self.options.unit in POWER_UNITS:
            factor *= Fraction(self.step_min, 60)
        divisor = factor.denominator
        whole, rest = np.divmod(nanos, divisor)
        up = (2 * rest > divisor) | ((2 * rest == divisor) & (whole % 2 == 1))
        present = nanos != _NOTHING
        rounded = int(((rest != 0) & present).sum())
        if rounded:
            self.notices.warn("csv_rounded", 0, values=rounded)
        values = np.where(present, whole + up, _NOTHING)
        for index in np.flatnonzero(values > LARGEST_WH)[:1]:
            self.notices.error("too_large", int(line[index]), value=str(values[index]))
        return np.where(values > LARGEST_WH, _NOTHING, values)

    def _rows(self, starts: Values, values: Values, line: Values) -> list[DayRow]:
        """Day rows; of values for the same interval the later line counts."""
        order = np.argsort(starts, kind="stable")
        starts, values, line = starts[order], values[order], line[order]
        again = np.flatnonzero(starts[1:] == starts[:-1])
        for index in again:
            differs = values[index] != values[index + 1]
            self.notices.warn("csv_repeated_other" if differs else "csv_repeated", int(line[index + 1]))
        last = np.append(starts[1:] != starts[:-1], True) if len(starts) else np.zeros(0, bool)
        try:
            return rows_of(starts[last], values[last], None, self.step_min, self.options.zone_name)
        except ValueError:
            self._tell_misaligned(starts, line)
            return []

    def _tell_misaligned(self, starts: Values, line: Values) -> None:
        for start, at in zip(starts.tolist(), line.tolist(), strict=True):
            day = local_day(datetime.fromtimestamp(start, UTC), self.options.zone_name)
            if (start - int(midnight(day, self.options.zone_name).timestamp())) % (self.step_min * 60):
                self.notices.error("csv_misaligned", at, minutes=self.step_min)
                return

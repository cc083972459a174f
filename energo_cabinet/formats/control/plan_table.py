"""A plan by hour from a table of strangers, CSV or XLSX (F-7). Two layouts, told apart by the header:

`date;hour;plan[;price]`, a row per hour (дата; час; план; цена): hours 1…24 as they are counted in plans, 0…23 where a
zero occurs, or 00:00 as the hour begins; and `date;<24 columns>`, a row per day, hours in order. A day has exactly the
hours it has in the plan's zone: 23 or 25 where the clock changes. kWh, or MWh where the heading says so; prices ₽/MWh.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from energo_cabinet.domain.time.period import YEARS
from energo_cabinet.domain.typed import file_day, whole_number
from energo_cabinet.domain.values.hour_values import hours_of_day, wall_hours
from energo_cabinet.domain.values.profile_day import LARGEST_WH
from energo_cabinet.formats.files.content import FormatError, Notice
from energo_cabinet.formats.files.notices import Notices
from energo_cabinet.formats.files.number import NumberError, to_wh
from energo_cabinet.formats.table.csv_read import open_rows

LARGEST_PLAN = 2 << 20
MOST_DAYS = 366
PRICE_FACTOR = Decimal(100)
_DATES = frozenset({"date", "day", "дата", "день", "сутки"})
_HOURS = frozenset({"hour", "час", "time", "время"})
_CLOCK = re.compile(r"(\d{1,2})[:.]00(?::00)?(?:\s*[-–—]\s*\d{1,2}[:.]\d{2})?")
_EXCEL_EPOCH = date(1899, 12, 30)

Rows = Iterable[tuple[int, list[str]]]


@dataclass(frozen=True, slots=True)
class PlannedDay:
    """A day of a file: Wh by hour; `prices`: kopecks per MWh, None where the file has no such column."""

    day: date
    values: tuple[int | None, ...]
    prices: tuple[int | None, ...] | None


@dataclass(slots=True)
class _Hour:
    line: int
    wh: int | None
    price: int | None


def read_plan(data: bytes, zone_name: str) -> list[PlannedDay]:
    """The days of a file; FormatError with lines and reasons when anything in it is wrong: all of it or nothing."""
    if len(data) > LARGEST_PLAN:
        raise FormatError(Notice("plan_too_large", 0, {"megabytes": LARGEST_PLAN >> 20}))
    if not data.strip(b"\x00\t\r\n \xef\xbb\xbf"):
        raise FormatError(Notice("empty_file"))
    header, rows = _opened(data)
    names = [name.strip().casefold() for name in header]
    if not names or names[0].partition(",")[0] not in _DATES:
        raise FormatError(Notice("plan_header", 1, {"columns": ", ".join(header)[:60] or "—"}))
    notices = Notices()
    is_long = len(names) > 2 and names[1].partition(",")[0] in _HOURS
    found = _by_hour(names, rows, zone_name, notices) if is_long else _by_day(names, rows, zone_name, notices)
    notices.refuse_if_any()
    if not found:
        raise FormatError(Notice("plan_no_days"))
    return found


def _opened(data: bytes) -> tuple[list[str], Rows]:
    if not data.startswith(b"PK"):
        return open_rows(data)
    from energo_cabinet.formats.table.xlsx_read import xlsx_rows  # openpyxl takes a while to load

    return xlsx_rows(data)


def _by_day(names: Sequence[str], rows: Rows, zone_name: str, notices: Notices) -> list[PlannedDay]:
    factor = _factor(" ".join(names))
    found: dict[date, PlannedDay] = {}
    for line, cells in _filled(rows):
        day = _day(cells[0], line, notices)
        if day is None or _is_double(day, line, found, notices):
            continue
        given = [cell.strip() for cell in cells[1:]]
        while given and not given[-1] and len(given) > hours_of_day(day, zone_name):
            given.pop()
        values = tuple(_number(cell, line, factor, notices) for cell in given)
        expected = hours_of_day(day, zone_name)
        if len(values) != expected:
            notices.error("plan_hours", line, day=_dots(day), expected=expected, given=len(values))
            continue
        found[day] = PlannedDay(day, values, None)
    return list(found.values())


def _by_hour(names: Sequence[str], rows: Rows, zone_name: str, notices: Notices) -> list[PlannedDay]:
    factor, priced = _factor(names[2]), len(names) > 3 and names[3] != ""
    read = [(line, _day(cells[0], line, notices), cells) for line, cells in _filled(rows)]
    is_from_zero = any(_text(cells, 1) in ("0", "00") for _, day, cells in read if day)
    days: dict[date, dict[int, _Hour]] = {}
    for line, day, cells in read:
        if day is None:
            continue
        hours = days.setdefault(day, {})
        if len(days) > MOST_DAYS:
            raise FormatError(Notice("plan_days", line, {"most": MOST_DAYS}))
        place = _place(_text(cells, 1), is_from_zero, day, zone_name, hours)
        if place is None:
            notices.error("plan_hour", line, hour=_text(cells, 1))
        elif place in hours:
            notices.error("plan_duplicate", line, day=_dots(day), hour=_text(cells, 1), earlier=hours[place].line)
        else:
            price = _number(_text(cells, 3), line, PRICE_FACTOR, notices, required=False) if priced else None
            hours[place] = _Hour(line, _number(_text(cells, 2), line, factor, notices), price)
    return [_whole(day, hours, priced, zone_name, notices) for day, hours in days.items()]


def _whole(day: date, hours: dict[int, _Hour], priced: bool, zone_name: str, notices: Notices) -> PlannedDay:
    expected = hours_of_day(day, zone_name)
    if set(hours) != set(range(expected)):
        line = max((hour.line for hour in hours.values()), default=0)
        notices.error("plan_hours", line, day=_dots(day), expected=expected, given=len(hours))
    ordered = [hours[place] for place in sorted(hours)]
    prices = tuple(hour.price for hour in ordered) if priced else None
    return PlannedDay(day, tuple(hour.wh for hour in ordered), prices)


def _place(text: str, is_from_zero: bool, day: date, zone_name: str, taken: dict[int, _Hour]) -> int | None:
    """Which hour of the day is meant, counted from 0; the second of two equal times where the clock goes back."""
    hours = hours_of_day(day, zone_name)
    if (number := whole_number(text, 2)) is not None:
        place = number - (0 if is_from_zero else 1)
        return place if 0 <= place < hours else None
    clock = _CLOCK.fullmatch(text)
    if clock is None:
        return None
    places = [i for i, hour in enumerate(wall_hours(day, zone_name)) if hour == int(clock[1])]
    return next((place for place in places if place not in taken), places[-1] if places else None)


def _filled(rows: Rows) -> Iterator[tuple[int, list[str]]]:
    for line, cells in rows:
        if any(cell.strip() for cell in cells):
            yield line, cells


def _is_double(day: date, line: int, found: dict[date, PlannedDay], notices: Notices) -> bool:
    if day in found:
        notices.error("plan_day_twice", line, day=_dots(day))
    if len(found) >= MOST_DAYS:
        raise FormatError(Notice("plan_days", line, {"most": MOST_DAYS}))
    return day in found


def _text(cells: Sequence[str], place: int) -> str:
    return cells[place].strip() if place < len(cells) else ""


def _factor(heading: str) -> Decimal:
    return Decimal(1_000_000 if "мвт" in heading or "mwh" in heading else 1000)


def _number(text: str, line: int, factor: Decimal, notices: Notices, required: bool = True) -> int | None:
    clean = text.replace("\u00a0", "").replace(" ", "")
    if not clean:
        if required:
            notices.error("plan_empty", line)
        return None
    try:
        return to_wh(clean, factor, LARGEST_WH)
    except NumberError as error:
        notices.error(error.code, line, value=text)
        return None


def _day(text: str, line: int, notices: Notices) -> date | None:
    """2026-11-21, 21.11.2026, or what a spreadsheet makes of it."""
    found = file_day(text.strip()[:10])
    if found is not None and found.year in YEARS:
        return found
    notices.error("plan_date", line, date=text)
    return None


def _dots(day: date) -> str:
    return f"{day:%d.%m.%Y}"

"""A registry of points and meters as a table, CSV or XLSX: columns by name in any order, `point` in every row.

Days as 2026-11-21, 21.11.2026 or a spreadsheet's number; serial numbers also as the numbers a spreadsheet makes of
them, unless digits were lost. What is wrong with a row is kept with it: it refuses the row, not the file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from functools import partial
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from energo_cabinet.domain.registry_row import (
    METER_DAYS,
    METER_TEXTS,
    POINT_NUMBERS,
    POINT_TEXTS,
    Reason,
    RegistryRow,
    plain,
)
from energo_cabinet.formats.content import FormatError, Notice
from energo_cabinet.formats.csv_table import open_rows
from energo_cabinet.formats.own_columns import names_of

LARGEST_REGISTRY = 10 << 20
MOST_ROWS = 20_000
ALIASES: Mapping[str, tuple[str, ...]] = {
    "point": ("номер точки", "точка учёта", "точка учета", "точка"),
    "name": ("наименование", "название точки", "название"),
    "address": ("адрес",),
    "place": ("место установки", "место"),
    "delivery_point_code": ("код точки поставки",),
    "zone_name": ("часовой пояс",),
    "current_ratio": ("ктт", "коэффициент тт"),
    "voltage_ratio": ("ктн", "коэффициент тн"),
    "power_limit_kw": ("лимит мощности, квт", "лимит мощности"),
    "contract": ("договор", "лицевой счёт", "лицевой счет"),
    "tariff": ("тариф", "код тарифа"),
    "serial": ("serial_number", "заводской номер", "номер прибора"),
    "model": ("модель", "тип прибора"),
    "registry_number": ("номер в госреестре", "госреестр"),
    "accuracy_class": ("класс точности",),
    "nominal_voltage": ("номинальное напряжение",),
    "current_range": ("ток",),
    "zone_count": ("число зон", "тарифность"),
    "commissioned_on": ("введён в эксплуатацию", "введен в эксплуатацию"),
    "last_verification_on": ("дата поверки", "поверен"),
    "next_verification_on": ("следующая поверка", "поверка до"),
    "installed_on": ("установлен", "дата установки"),
    "removed_on": ("снят", "дата снятия"),
    "replaces": ("вместо прибора", "заменяет прибор"),
    "initial_kwh": ("показания при установке",),
    "final_kwh": ("показания при снятии",),
    "replaced_final_kwh": ("показания снятого прибора",),
}
"""Column → its Russian headings; the column's own name is understood too."""

COLUMNS = {name: frozenset({name, *(alias for alias in aliases)}) for name, aliases in ALIASES.items()}
_SERIAL = re.compile(r"[\w./ -]{1,60}")
_TAIL = re.compile(r"(\d+)[.,]0+")
_SCIENTIFIC = re.compile(r"(\d)(?:[.,](\d+))?[eE]\+?(\d{1,2})", re.ASCII)
_REGISTERS = re.compile(r"\d{1,9}(?:[.,]\d{1,3})?(?:\s*/\s*\d{1,9}(?:[.,]\d{1,3})?){0,3}", re.ASCII)
_NUMBER = re.compile(r"\d{1,9}(?:[.,]\d{1,6})?", re.ASCII)
_YEARS = range(1950, 2101)
_EXCEL_EPOCH = date(1899, 12, 30)


class _Wrong(ValueError):
    """`code`: what is wrong with a cell."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def read_registry(data: bytes) -> list[RegistryRow]:
    """The rows of a file; FormatError for what is no such table at all."""
    if len(data) > LARGEST_REGISTRY:
        raise FormatError(Notice("file_too_large", 0, {"megabytes": LARGEST_REGISTRY >> 20}))
    if not data.strip(b"\x00\t\r\n \xef\xbb\xbf"):
        raise FormatError(Notice("empty_file"))
    header, lines = _opened(data)
    names = names_of([cell.strip() for cell in header], COLUMNS)
    if "point" not in names:
        raise FormatError(Notice("csv_no_point", 1, {"columns": ", ".join(header)[:200] or "—"}))
    rows = list(_rows(lines, names))
    if not rows:
        raise FormatError(Notice("empty_file"))
    return rows


def _opened(data: bytes) -> tuple[list[str], Iterable[tuple[int, list[str]]]]:
    if not data.startswith(b"PK"):
        return open_rows(data)
    from energo_cabinet.formats.xlsx_table import xlsx_rows  # openpyxl takes a while to load

    return xlsx_rows(data)


def _rows(lines: Iterable[tuple[int, list[str]]], names: Mapping[str, int]) -> Iterator[RegistryRow]:
    count = 0
    for line, cells in lines:
        if not any(cell.strip() for cell in cells):
            continue
        count += 1
        if count > MOST_ROWS:
            raise FormatError(Notice("xlsx_rows", line, {"most": MOST_ROWS}))
        yield _row(line, {name: cells[at].strip() if at < len(cells) else "" for name, at in names.items()})


def _row(line: int, given: Mapping[str, str]) -> RegistryRow:
    cells: dict[str, str] = {}
    errors: list[Reason] = []
    for column, text in given.items():
        shown = "".join(c if c.isprintable() else "�" for c in text[:200])
        try:
            cells[column] = _READ[column](shown) if shown else ""
        except _Wrong as wrong:
            cells[column] = ""
            errors.append(Reason(wrong.code, column, {"value": shown[:60]}))
    if not cells.get("point") and not any(error.column == "point" for error in errors):
        errors.append(Reason("point_needed", "point"))
    return RegistryRow(line, {name: text for name, text in cells.items() if text}, tuple(errors))


def _text(longest: int, text: str) -> str:
    if len(text) > longest:
        raise _Wrong("too_long")
    return text


def _serial(text: str) -> str:
    """41907352, also from 41907352.0 and 4.1907352E+07; what a spreadsheet has rounded is refused."""
    scientific = _SCIENTIFIC.fullmatch(text)
    if scientific:
        first, rest, power = scientific[1], scientific[2] or "", int(scientific[3])
        if len(rest.rstrip("0")) > power or len(rest) < power:
            raise _Wrong("serial_rounded")
        return first + rest[:power]
    whole = _TAIL.fullmatch(text)
    clean = whole[1] if whole else text
    if not _SERIAL.fullmatch(clean):
        raise _Wrong("serial_invalid")
    return clean


def _point(text: str) -> str:
    """A number a spreadsheet took for a fraction is whole again."""
    whole = _TAIL.fullmatch(text)
    return _text(60, whole[1] if whole else text)


def _day(text: str) -> str:
    clean = text[:10]
    try:
        if clean[2:3] == "." and clean[5:6] == ".":
            clean = f"{clean[6:10]}-{clean[3:5]}-{clean[:2]}"
        is_number = clean.isascii() and clean.isdigit() and len(clean) == 5
        found = _EXCEL_EPOCH + timedelta(days=int(clean)) if is_number else date.fromisoformat(clean)
    except ValueError:
        raise _Wrong("day_invalid") from None
    if found.year not in _YEARS:
        raise _Wrong("day_invalid")
    return found.isoformat()


def _number(text: str) -> str:
    clean = text.replace("\u00a0", "").replace(" ", "")
    if not _NUMBER.fullmatch(clean):
        raise _Wrong("number_invalid")
    try:
        found = Decimal(clean.replace(",", "."))
    except InvalidOperation:
        raise _Wrong("number_invalid") from None
    if not found:
        raise _Wrong("number_invalid")
    return plain(found)


def _zone(text: str) -> str:
    try:
        ZoneInfo(text)
    except (ValueError, OSError, ZoneInfoNotFoundError):
        raise _Wrong("zone_unknown") from None
    return text


def _count(text: str) -> str:
    whole = _TAIL.fullmatch(text)
    clean = whole[1] if whole else text
    if clean not in ("1", "2", "3", "4"):
        raise _Wrong("zone_count_invalid")
    return clean


def _registers(text: str) -> str:
    clean = text.replace("\u00a0", "")
    if not _REGISTERS.fullmatch(clean):
        raise _Wrong("registers_invalid")
    return "/".join(plain(Decimal(part.strip().replace(",", "."))) for part in clean.split("/"))


_READ: Mapping[str, Callable[[str], str]] = {
    "point": _point,
    "serial": _serial,
    "replaces": _serial,
    "model": partial(_text, 120),
    "contract": _point,
    "tariff": partial(_text, 40),
    "zone_count": _count,
    **{name: partial(_text, longest) for name, longest in (POINT_TEXTS | METER_TEXTS).items()},
    "zone_name": _zone,
    **dict.fromkeys(POINT_NUMBERS, _number),
    **dict.fromkeys((*METER_DAYS, "installed_on", "removed_on"), _day),
    **dict.fromkeys(("initial_kwh", "final_kwh", "replaced_final_kwh"), _registers),
}

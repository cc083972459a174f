"""A registry as a table, CSV or XLSX, columns by name in any order: points and meters, tariff prices or normatives.

Days as 2026-11-21, 21.11.2026 or a spreadsheet's number; serial numbers also as the numbers a spreadsheet makes of
them, unless digits were lost. What is wrong with a row is kept with it: it refuses the row, not the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from energo_cabinet.domain.registry.row import Reason, RegistryRow, RowKind
from energo_cabinet.formats.files.content import FormatError, Notice
from energo_cabinet.formats.registry.cell import WrongCell, read_cell
from energo_cabinet.formats.table.csv_read import open_rows
from energo_cabinet.formats.table.own_columns import names_of

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

PRICES: Mapping[str, tuple[str, ...]] = {
    "tariff": ("код тарифа", "тариф"),
    "zone": ("зона", "тарифная зона"),
    "valid_from": ("действует с", "дата начала"),
    "price": ("цена, ₽/квт·ч", "цена", "цена, руб/квт·ч", "цена, руб./квт·ч", "цена за квт·ч"),
}
NORMATIVES: Mapping[str, tuple[str, ...]] = {
    "normative": ("норматив", "наименование норматива"),
    "value": ("значение", "величина"),
    "unit": ("единица", "единица измерения"),
    "valid_from": ("действует с", "дата начала"),
    "valid_to": ("действует по", "дата окончания"),
    "source": ("основание", "источник", "документ"),
}
TABLES: Mapping[RowKind, Mapping[str, tuple[str, ...]]] = {
    "points": ALIASES,
    "prices": PRICES,
    "normatives": NORMATIVES,
}
NEEDED: Mapping[RowKind, tuple[str, ...]] = {
    "points": ("point",),
    "prices": ("tariff", "valid_from", "price"),
    "normatives": ("normative", "value", "valid_from"),
}
"""Columns that tell what kind of a table it is; a row without them is refused."""


def read_registry(data: bytes) -> list[RegistryRow]:
    """The rows of a file; FormatError for what is no such table at all."""
    if len(data) > LARGEST_REGISTRY:
        raise FormatError(Notice("file_too_large", 0, {"megabytes": LARGEST_REGISTRY >> 20}))
    if not data.strip(b"\x00\t\r\n \xef\xbb\xbf"):
        raise FormatError(Notice("empty_file"))
    header, lines = _opened(data)
    kind, names = _kind([cell.strip() for cell in header])
    rows = list(_rows(lines, names, kind))
    if not rows:
        raise FormatError(Notice("empty_file"))
    return rows


def _kind(header: list[str]) -> tuple[RowKind, Mapping[str, int]]:
    """What a table is about, by its headings, and where its columns are."""
    for kind, aliases in TABLES.items():
        names = names_of(header, {name: frozenset({name, *told}) for name, told in aliases.items()})
        if set(NEEDED[kind]) <= names.keys():
            return kind, names
    raise FormatError(Notice("registry_columns", 1, {"columns": ", ".join(header)[:200] or "—"}))


def _opened(data: bytes) -> tuple[list[str], Iterable[tuple[int, list[str]]]]:
    if not data.startswith(b"PK"):
        return open_rows(data)
    from energo_cabinet.formats.table.xlsx_read import xlsx_rows  # openpyxl takes a while to load

    return xlsx_rows(data)


def _rows(lines: Iterable[tuple[int, list[str]]], names: Mapping[str, int], kind: RowKind) -> Iterator[RegistryRow]:
    count = 0
    for line, cells in lines:
        if not any(cell.strip() for cell in cells):
            continue
        count += 1
        if count > MOST_ROWS:
            raise FormatError(Notice("xlsx_rows", line, {"most": MOST_ROWS}))
        yield _row(line, {name: cells[at].strip() if at < len(cells) else "" for name, at in names.items()}, kind)


def _row(line: int, given: Mapping[str, str], kind: RowKind) -> RegistryRow:
    cells: dict[str, str] = {}
    errors: list[Reason] = []
    for column, text in given.items():
        shown = "".join(c if c.isprintable() else "�" for c in text[:200])
        try:
            cells[column] = read_cell(column, shown)
        except WrongCell as wrong:
            cells[column] = ""
            errors.append(Reason(wrong.code, column, {"value": shown[:60]}))
    told = {error.column for error in errors}
    for column in NEEDED[kind]:
        if not cells.get(column) and column not in told:
            errors.append(Reason("point_needed" if column == "point" else "cell_needed", column))
    return RegistryRow(line, {name: text for name, text in cells.items() if text}, tuple(errors), kind)


def template(in_russian: bool, example: Mapping[str, str], kind: RowKind = "points") -> bytes:
    """An XLSX file with every heading and one row as an example; serials and numbers are text."""
    import io

    from openpyxl import Workbook  # takes a while to load
    from openpyxl.styles import Font

    book = Workbook()
    sheet = book.active
    for column, (name, aliases) in enumerate(TABLES[kind].items(), 1):
        heading = sheet.cell(1, column, aliases[0].capitalize() if in_russian else name)
        heading.font = Font(bold=True)
        sheet.cell(2, column, example.get(name, "")).number_format = "@"
        sheet.column_dimensions[heading.column_letter].width = max(14, len(aliases[0]) + 3)
    sheet.freeze_panes = "A2"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()

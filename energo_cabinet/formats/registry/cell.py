"""One cell of a registry, typed or out of a file, in the one form it is kept in; or what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import partial
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from energo_cabinet.domain.registry.row import METER_DAYS, METER_TEXTS, POINT_NUMBERS, POINT_TEXTS, plain
from energo_cabinet.domain.time.period import DEVICE_YEARS
from energo_cabinet.domain.typed import file_day

_SERIAL = re.compile(r"[\w./ -]{1,60}")
_TAIL = re.compile(r"(\d+)[.,]0+")
_SCIENTIFIC = re.compile(r"(\d)(?:[.,](\d+))?[eE]\+?(\d{1,2})", re.ASCII)
_REGISTERS = re.compile(r"\d{1,9}(?:[.,]\d{1,3})?(?:\s*/\s*\d{1,9}(?:[.,]\d{1,3})?){0,3}", re.ASCII)
_NUMBER = re.compile(r"\d{1,9}(?:[.,]\d{1,6})?", re.ASCII)
_PRICE = re.compile(r"\d{1,4}(?:\.\d{1,5})?", re.ASCII)
_ZONES = {
    **{f"{letter}{n}": f"T{n}" for letter in ("t", "т") for n in (1, 2, 3, 4)},
    "день": "T1",
    "пик": "T1",
    "ночь": "T2",
    "полупик": "T3",
    "day": "T1",
    "peak": "T1",
    "night": "T2",
    "half-peak": "T3",
}
MOST_PRICE = 1000


class WrongCell(ValueError):
    """`code`: what is wrong with a cell."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def read_cell(column: str, text: str) -> str:
    """What a cell of a column says, "" for nothing; WrongCell."""
    clean = text.strip()
    return _READ[column](clean) if clean else ""


def _text(longest: int, text: str) -> str:
    if len(text) > longest:
        raise WrongCell("too_long")
    return text


def _serial(text: str) -> str:
    """41907352, also from 41907352.0 and 4.1907352E+07; what a spreadsheet has rounded is refused."""
    scientific = _SCIENTIFIC.fullmatch(text)
    if scientific:
        first, rest, power = scientific[1], scientific[2] or "", int(scientific[3])
        if len(rest.rstrip("0")) > power or len(rest) < power:
            raise WrongCell("serial_rounded")
        return first + rest[:power]
    whole = _TAIL.fullmatch(text)
    clean = whole[1] if whole else text
    if not _SERIAL.fullmatch(clean):
        raise WrongCell("serial_invalid")
    return clean


def _point(text: str) -> str:
    """A number a spreadsheet took for a fraction is whole again."""
    whole = _TAIL.fullmatch(text)
    return _text(60, whole[1] if whole else text)


def _day(text: str) -> str:
    found = file_day(text[:10])
    if found is None or found.year not in DEVICE_YEARS:
        raise WrongCell("day_invalid")
    return found.isoformat()


def _number(text: str) -> str:
    clean = text.replace("\u00a0", "").replace(" ", "")
    if not _NUMBER.fullmatch(clean):
        raise WrongCell("number_invalid")
    found = Decimal(clean.replace(",", "."))
    if not found:
        raise WrongCell("number_invalid")
    return plain(found)


def _zone(text: str) -> str:
    try:
        ZoneInfo(text)
    except (ValueError, OSError, ZoneInfoNotFoundError):
        raise WrongCell("zone_unknown") from None
    return text


def _count(text: str) -> str:
    whole = _TAIL.fullmatch(text)
    clean = whole[1] if whole else text
    if clean not in ("1", "2", "3", "4"):
        raise WrongCell("zone_count_invalid")
    return clean


def _tariff_zone(text: str) -> str:
    """T1 of «T1», «т1», «день» or «пик»."""
    found = _ZONES.get(text.casefold())
    if found is None:
        raise WrongCell("price_zone_invalid")
    return found


def _price(text: str) -> str:
    """RUB per kWh, more than nothing and up to 1000."""
    clean = text.replace("\u00a0", "").replace(" ", "").replace(",", ".")
    if not _PRICE.fullmatch(clean) or not 0 < Decimal(clean) <= MOST_PRICE:
        raise WrongCell("price_invalid")
    return plain(Decimal(clean))


def _registers(text: str) -> str:
    clean = text.replace("\u00a0", "")
    if not _REGISTERS.fullmatch(clean):
        raise WrongCell("registers_invalid")
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
    **dict.fromkeys((*POINT_NUMBERS, "primary_current_a", "secondary_current_a"), _number),
    "serial_number": _serial,
    "comment": partial(_text, 500),
    **dict.fromkeys((*METER_DAYS, "installed_on", "removed_on", "valid_from", "valid_to"), _day),
    "zone": _tariff_zone,
    "price": _price,
    "code": partial(_text, 40),
    "normative": partial(_text, 200),
    "value": _number,
    "unit": partial(_text, 40),
    "source": partial(_text, 300),
    **dict.fromkeys(("initial_kwh", "final_kwh", "replaced_final_kwh"), _registers),
}

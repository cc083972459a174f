"""Numbers, dates and units as people read them, by language (Н-97): `1 234,5 кВт·ч`, 21.11.2026."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, tzinfo
from decimal import Decimal
from functools import lru_cache

from babel.dates import format_date, get_timezone_location
from babel.numbers import get_decimal_symbol, get_group_symbol

from energo_cabinet.i18n import text

NBSP = "\u00a0"
DASH = "—"
LOCALES = {"ru": "ru_RU", "en": "en_GB"}
SEPARATORS = {"ru": f",{NBSP}", "en": ".,"}
"""Decimal and thousands sign for Plotly's `layout.separators`."""

KEPT = 4096
"""Dates and spans whose words are remembered: babel reads its patterns anew each time."""

Numeric = Decimal | float


def locale_of(language: str) -> str:
    """The babel locale of an interface language."""
    return LOCALES.get(language, "ru_RU")


@lru_cache
def _signs(language: str) -> dict[int, str]:
    """Python's group and decimal signs → the language's; a narrow space becomes a common non-breaking one."""
    locale = locale_of(language)
    group = get_group_symbol(locale).replace("\u202f", NBSP)
    return str.maketrans({",": group, ".": get_decimal_symbol(locale)})


def number(value: Numeric | None, language: str, digits: int = 1, signed: bool = False) -> str:
    """A number with exactly `digits` decimals, a true minus and non-breaking groups; «—» for None."""
    if value is None:
        return DASH
    plain = f"{abs(value):,.{digits}f}"
    shown = plain.translate(_signs(language))
    if not (signed or value < 0) or not plain.strip("0.,"):
        return shown
    return ("−" if value < 0 else "+") + shown


def quantity(value: Numeric | None, unit: str, language: str, digits: int = 1, signed: bool = False) -> str:
    """A number with its unit behind a non-breaking space; «—» for None."""
    return DASH if value is None else f"{number(value, language, digits, signed)}{NBSP}{unit}"


def percent(share: float | None, language: str, digits: int = 0) -> str:
    """A share (0…1) as «75 %»; never rounded up to 100 % or down to 0 %."""
    if share is None:
        return DASH
    shown = round(share * 100, digits)
    if shown >= 100 > share * 100:
        shown = 100 - 10**-digits
    elif shown <= 0 < share:
        shown = 10**-digits
    return f"{number(shown, language, digits)}{NBSP if language == 'ru' else ''}%"


def day(value: date | None, _language: str = "ru") -> str:
    """21.11.2026; «—» for None."""
    return DASH if value is None else f"{value:%d.%m.%Y}"


def moment(value: datetime | None, zone: tzinfo | None = None, language: str = "ru") -> str:
    """21.11.2026, 06:00 in the zone given; «—» for None."""
    if value is None:
        return DASH
    local = value.astimezone(zone) if zone else value
    return f"{day(local.date(), language)}, {local:%H:%M}"


@lru_cache(maxsize=KEPT)
def day_words(value: date, language: str) -> str:
    """«18 ноября»."""
    return format_date(value, "d MMMM", locale=locale_of(language))


@lru_cache(maxsize=KEPT)
def day_short(value: date, language: str, weekday: bool = False) -> str:
    """«18 ноя», or «ср, 18 ноя»."""
    shown = f"{value.day}{NBSP}{format_date(value, 'MMM', locale=locale_of(language))[:3]}"
    name = format_date(value, "EEEEEE" if language == "ru" else "EEE", locale=locale_of(language))
    return f"{name}, {shown}" if weekday else shown


@lru_cache(maxsize=KEPT)
def month_words(value: date, language: str, short: bool = False) -> str:
    """«ноябрь 2026», or «ноя» when short."""
    if short:
        return format_date(value, "LLL", locale=locale_of(language))[:3]
    return format_date(value, "LLLL y", locale=locale_of(language))


@lru_cache(maxsize=KEPT)
def span_words(first: date, last: date, language: str) -> str:
    """«1–21 ноября 2026», «28 октября – 3 ноября 2026», or one day."""
    locale = locale_of(language)
    end = format_date(last, "d MMMM y", locale=locale)
    if first == last:
        return end
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{end}"
    start = format_date(first, "d MMMM" if first.year == last.year else "d MMMM y", locale=locale)
    return f"{start} – {end}"


@lru_cache(maxsize=KEPT)
def place_of(zone_name: str, language: str) -> str:
    """«Москва» for Europe/Moscow; the name itself where nobody translated it."""
    try:
        return get_timezone_location(zone_name, locale=locale_of(language), return_city=True) or zone_name
    except LookupError:
        return zone_name


def dots(parts: Sequence[str]) -> str:
    """Non-empty parts joined by a middle dot."""
    return " · ".join(part for part in parts if part)


def plural(count: int, one: str, few: str, many: str) -> str:
    """The Russian (or, with few = many, English) form for a count."""
    if count % 10 == 1 and count % 100 != 11:
        return one
    return few if 2 <= count % 10 <= 4 and not 12 <= count % 100 <= 14 else many


def counted(count: int, key: str, language: str) -> str:
    """«21 день» from the texts `key.one`, `key.few` and `key.many` (with `{n}`)."""
    form = plural(count, "one", "few", "many") if language == "ru" else "one" if count == 1 else "many"
    return text(f"{key}.{form}", language, n=number(count, language, 0))

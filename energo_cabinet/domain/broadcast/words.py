"""Words of a broadcast: what is filled in for each reader, and the period of planned works."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

PLACEHOLDERS = ("name", "number", "debt")
"""What stands in braces: the name of the contract's customer, the contract's number, its overdue debt."""

_ANY = re.compile(r"\{([^{}\n]*)\}")
_KNOWN = re.compile("{(" + "|".join(PLACEHOLDERS) + ")}")


def unknown_placeholders(words: str) -> list[str]:
    """What stands in braces and nobody can fill in."""
    return [name for name in _ANY.findall(words) if name not in PLACEHOLDERS]


def uses(words: str, placeholder: str) -> bool:
    """Whether a placeholder stands in the words."""
    return f"{{{placeholder}}}" in words


def filled(words: str, values: Mapping[str, str], longest: int) -> str:
    """The words with every placeholder replaced, once: what a value holds is never looked at again."""
    return _KNOWN.sub(lambda found: values[found[1]], words)[:longest]


def rubles(amount: Decimal) -> str:
    """1 234,56 ₽ with spaces that do not break."""
    return f"{amount:,.2f}".replace(",", "\u00a0").replace(".", ",") + "\u00a0₽"


def period_words(start: datetime, end: datetime, zone_name: str) -> str:
    """«26.11.2026, 10:00–14:00», or both moments in full where they are of different days."""
    zone = ZoneInfo(zone_name)
    first, last = start.astimezone(zone), end.astimezone(zone)
    if first.date() == last.date():
        return f"{first:%d.%m.%Y, %H:%M}–{last:%H:%M}"
    return f"{first:%d.%m.%Y, %H:%M} – {last:%d.%m.%Y, %H:%M}"


def local_moment(text: str, zone_name: str) -> datetime | None:
    """«2026-11-26T10:00» of a date field, in a zone; None for what is no moment of this century."""
    found = re.fullmatch(r"(20\d\d-\d\d-\d\d)T(\d\d:\d\d)(?::\d\d)?", text)
    if found is None:
        return None
    try:
        return datetime.fromisoformat(f"{found[1]}T{found[2]}").replace(tzinfo=ZoneInfo(zone_name))
    except ValueError:
        return None


def field_moment(value: datetime | None, zone_name: str) -> str:
    """The other way round; "" for None."""
    return f"{value.astimezone(ZoneInfo(zone_name)):%Y-%m-%dT%H:%M}" if value else ""

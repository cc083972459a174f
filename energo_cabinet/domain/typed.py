"""What a form, an address or a file writes as text: whole numbers, ids of rows, days. None for anything else.

`int` and `date.fromisoformat` take more than people mean: digits of other scripts, "1_000", " 7", "+7", "2026-W01-1".
"""

from __future__ import annotations

import re
from datetime import date

from energo_cabinet.models.row_id import is_id

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


def whole_number(text: object, digits: int) -> int | None:
    """A number of at most so many plain digits."""
    is_number = isinstance(text, str) and text.isascii() and text.isdigit() and len(text) <= digits
    return int(text) if is_number else None  # type: ignore[call-overload,no-any-return]


def id_of(text: object) -> int | None:
    """The id of a row."""
    number = whole_number(text, 10)
    return number if is_id(number) else None


def day_of(text: object) -> date | None:
    """A day of the calendar written as 2026-11-21."""
    if not isinstance(text, str) or not _DAY.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None

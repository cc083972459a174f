"""What a form, an address or a file writes as text: whole numbers, ids of rows, days. None for anything else.

`int` and `date.fromisoformat` take more than people mean: digits of other scripts, "1_000", " 7", "+7", "2026-W01-1".
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TypeGuard

MAX_ID = 2**31 - 1
"""Greatest id a table can hold; PostgreSQL answers a greater one with an error."""
EXCEL_EPOCH = date(1899, 12, 30)
"""Day 0 of a spreadsheet, counted as if 1900 had been a leap year."""

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


def whole_number(text: object, digits: int) -> int | None:
    """A number of at most so many plain digits."""
    is_number = isinstance(text, str) and text.isascii() and text.isdigit() and len(text) <= digits
    return int(text) if is_number else None  # type: ignore[call-overload,no-any-return]


def is_id(value: object) -> TypeGuard[int]:
    """Whether a row could have this id; arguments of a handler are not typed, and True is an int."""
    return type(value) is int and 0 < value <= MAX_ID


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


def stored_day(text: str) -> date | None:
    """A day that was checked and written by us, None for "". ValueError for what cannot have been."""
    return date.fromisoformat(text) if text else None


def undotted(text: str) -> str:
    """What begins with 21.11.2026 begins with 2026-11-21; anything else as it is."""
    is_dotted = text[2:3] == "." and text[5:6] == "."
    return f"{text[6:10]}-{text[3:5]}-{text[:2]}{text[10:]}" if is_dotted else text


def file_day(text: str) -> date | None:
    """A day of a table: 2026-11-21, 21.11.2026, 20261121, or the number a spreadsheet keeps for it."""
    number = whole_number(text, 8)
    if number is None:
        return day_of(undotted(text))
    if len(text) == 5:
        return EXCEL_EPOCH + timedelta(days=number)
    return day_of(f"{text[:4]}-{text[4:6]}-{text[6:]}")

"""What the id of a row can be."""

from __future__ import annotations

from typing import TypeGuard

MAX_ID = 2**31 - 1
"""Greatest id a table can hold; PostgreSQL answers a greater one with an error."""


def is_id(value: object) -> TypeGuard[int]:
    """Whether a row could have this id; arguments of a handler are not typed, and True is an int."""
    return type(value) is int and 0 < value <= MAX_ID

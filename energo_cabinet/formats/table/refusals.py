"""Rows of a table that are left out while the rest of it holds good; the list does not grow with the file."""

from __future__ import annotations

from energo_cabinet.formats.files.content import Notice
from energo_cabinet.formats.files.notices import short

MOST_TOLD = 5_000


class Refusals:
    """The first MOST_TOLD refused rows with their reasons, and how many there are."""

    def __init__(self) -> None:
        self.notices: list[Notice] = []
        self.count = 0

    def add(self, code: str, line: int, **params: str | int) -> None:
        """Refuse a row."""
        self.count += 1
        if len(self.notices) < MOST_TOLD:
            self.notices.append(Notice(code, line, {name: short(value) for name, value in params.items()}))

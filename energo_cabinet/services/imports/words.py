"""Why a row of a file was not taken, in words: for files that are read outside the cabinet."""

from __future__ import annotations

from energo_cabinet.errors import CabinetError
from energo_cabinet.i18n import text
from energo_cabinet.models import ImportRefusal


def refusal_words(row: ImportRefusal, language: str) -> str:
    """«2024-06.xml, строка 12: отрицательное значение «-1»»."""
    line = text("imports.line", language, line=row.line) if row.line else ""
    place = ", ".join(filter(None, (row.member, line)))
    words = text(f"import.{row.code}", language, **row.params)
    return f"{place}: {words}" if place else words


def error_words(error: CabinetError, language: str) -> str:
    """A refusal of the whole file."""
    return text(f"error.{error.code}", language, **error.params)

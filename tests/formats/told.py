"""What a person is told about a file."""

from __future__ import annotations

from collections.abc import Iterable

from energo_cabinet.formats.files.content import Notice
from energo_cabinet.i18n import LANGUAGES, text


def told(notices: Iterable[Notice]) -> list[str]:
    """The sentences in every language; KeyError when a text or one of its params is missing."""
    return [text(f"import.{notice.code}", language, **notice.params) for notice in notices for language in LANGUAGES]

"""Whether two spellings name the same person or organisation, or the same contract number."""

from __future__ import annotations

import re

YO, YE = chr(0x451), chr(0x435)
"""Two letters that people write for one another."""

_WORD = re.compile(r"[^\W_]+")
_NO_SIGN = re.compile(r"[\W_]+")


def is_same_customer(one: str, other: str) -> bool:
    """Same words in any order, whatever case, ё, quotes and punctuation; initials do not stand for a name."""
    return bool(_words(one)) and _words(one) == _words(other)


def number_key(number: str) -> str:
    """A contract number without spaces, dashes and case: «7638-294 061» and «7638294061» are one."""
    return _NO_SIGN.sub("", number).casefold().replace(YO, YE)


def _words(name: str) -> list[str]:
    return sorted(_WORD.findall(name.casefold().replace(YO, YE)))

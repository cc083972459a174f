"""How a field is folded into words, and what a person may have meant by what was typed into the search box."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from energo_cabinet.domain.contract.customer_name import YE, YO
from energo_cabinet.domain.phone_number import normal_phone
from energo_cabinet.models.contract.search_term import NOISE

LONGEST_TERM, MOST_WORDS, SHORTEST_QUERY, LONGEST_QUERY = 80, 8, 2, 200

_RUN = re.compile(r"[^\W_]+")
_NO_KEY = re.compile(r"[^\w@]+|_+")
_PHONE_SIGNS = re.compile(r"[+\d\s().\-]+")
_LAST = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class Word:
    """A range of terms: everything that begins with `low`, or `low` alone when it is one character."""

    low: str

    @property
    def high(self) -> str:
        """The first term beyond the range; terms hold letters, digits and @ only."""
        return self.low + (_LAST if len(self.low) > 1 else "\x01")

    def takes(self, term: str) -> bool:
        """Whether a term is in the range."""
        return self.low <= term < self.high


def folded(text: str) -> str:
    """One spelling: composed, lower case, ё as е."""
    return unicodedata.normalize("NFC", text).casefold().replace(YO, YE)


def words_of(text: str) -> list[str]:
    """Names, addresses: the runs of letters and digits without noise."""
    return [word[:LONGEST_TERM] for word in _runs(text) if word not in NOISE]


def keys_of(number: str) -> list[str]:
    """Numbers: the whole without its dashes, and what follows each of them («7638-294-061» by 294061 and 061 too)."""
    runs = _runs(number)
    return ["".join(runs[i:])[:LONGEST_TERM] for i in range(len(runs))]


def whole_of(text: str) -> list[str]:
    """E-mail addresses: everything in one word, without dots and dashes."""
    key = _key(text)
    return [key] if key else []


def phone_keys_of(phone: str) -> list[str]:
    """E.164 «+7 912 345-67-89» by its ten digits, by the local seven and by the last four."""
    digits = "".join(c for c in phone if c.isdigit())[-10:]
    return [digits, digits[-7:], digits[-4:]] if len(digits) == 10 else []


def readings_of(query: str) -> Iterator[tuple[Word, ...]]:
    """What may be meant, likeliest first; the first with a contract behind it is taken. Nothing for what is too short.

    A telephone number; one number written in groups; words as they are between spaces; every run of letters by itself.
    """
    text = folded(query[:LONGEST_QUERY]).strip()
    if len(_key(text)) < SHORTEST_QUERY:
        return
    seen: set[tuple[str, ...]] = set()
    for reading in _READINGS[:3] if _as_phone(text) else _READINGS:  # the parts of a telephone number are no words
        words = tuple(dict.fromkeys(reading(text)[:MOST_WORDS]))
        if words and words not in seen:
            seen.add(words)
            yield tuple(Word(word[:LONGEST_TERM]) for word in words)


def _as_phone(text: str) -> list[str]:
    number = normal_phone(text) if _PHONE_SIGNS.fullmatch(text) else None
    return [number[-10:]] if number else []


def _as_number(text: str) -> list[str]:
    return [_key(text)] if _PHONE_SIGNS.fullmatch(text) else []


def _as_dialled(text: str) -> list[str]:
    """The beginning of a number with its 8 or +7."""
    digits = _key(text)
    return (
        [digits[1:]]
        if _PHONE_SIGNS.fullmatch(text) and digits[:1] in ("7", "8") and len(digits) > SHORTEST_QUERY
        else []
    )


def _as_written(text: str) -> list[str]:
    return _meaning([key for chunk in text.split() if (key := _key(chunk))])


def _as_runs(text: str) -> list[str]:
    return _meaning(_runs(text))


_READINGS: tuple[Callable[[str], list[str]], ...] = (
    _as_phone,
    _as_number,
    _as_dialled,
    _as_written,
    _as_runs,
)


def _meaning(words: list[str]) -> list[str]:
    return [word for word in words if word not in NOISE] or words


def _runs(text: str) -> list[str]:
    return _RUN.findall(folded(text))


def _key(text: str) -> str:
    return _NO_KEY.sub("", folded(text))

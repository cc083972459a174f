"""Passwords that everybody tries first: composed here of bases, endings, keyboard walks and dates; no network."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from itertools import product
from pathlib import Path

_WALKS = (
    "qwertyuiop[]",
    "asdfghjkl;'",
    "zxcvbnm,./",
    "1234567890-=",
    "qazwsxedcrfvtgbyhnujmikolp",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
    "q1w2e3r4t5y6u7i8o9p0",
    "zaq12wsxcde34rfvbgt56yhnmju78ik",
    "1q2w3e4r5t6y7u8i9o0p",
    "abcdefghijklmnopqrstuvwxyz",
    "йцукенгшщзхъ",
    "фывапролджэ",
    "ячсмитьбю",
    "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
    "1й2ц3у4к5е6н7г8ш9щ0з",
)
_SHORTEST = 8


def is_common(password: str, more: Path | None = None) -> bool:
    """Whether a guesser tries this early: listed, walked on the keyboard, repeated, or a date; `more` adds a list."""
    folded = password.casefold()
    return folded in common_passwords() or _is_pattern(folded) or (more is not None and folded in _listed(more))


@lru_cache
def common_passwords() -> frozenset[str]:
    """The composed list, case-folded, none shorter than the shortest password allowed."""
    words, tails = Path(__file__).with_name("common_words.txt").read_text("utf-8").split("\n\n")
    bases = words.split()
    endings = [*tails.split(), *(f"{year}{mark}" for year in range(1950, 2036) for mark in ("", "!"))]
    joined = {a + b for a, b in product(bases, endings)} | {b + a for a, b in product(bases, endings)}
    doubled = {base * 2 for base in bases} | {base + base[::-1] for base in bases}
    return frozenset(word for word in {*bases, *joined, *doubled, *_walked()} if len(word) >= _SHORTEST)


def _walked() -> set[str]:
    """Pieces of 8…20 keys of every walk, both ways."""
    rows = [row for walk in _WALKS for row in (walk, walk[::-1])]
    return {row[i : i + n] for row in rows for n in range(_SHORTEST, 21) for i in range(len(row) - n + 1)}


def _is_pattern(folded: str) -> bool:
    """One or two characters over and over, a short piece repeated, or an eight-digit date."""
    if len(set(folded)) <= 2 or re.fullmatch(r"(.{1,4})\1+", folded, re.DOTALL):
        return True
    compact = re.sub(r"[.\-/ ]", "", folded)
    return bool(re.fullmatch(r"\d{8}", compact, re.ASCII)) and any(
        _is_date(*order)
        for order in ((compact[4:], compact[2:4], compact[:2]), (compact[:4], compact[4:6], compact[6:]))
    )


def _is_date(year: str, month: str, day: str) -> bool:
    try:
        return 1900 <= date(int(year), int(month), int(day)).year <= 2100
    except ValueError:
        return False


@lru_cache
def _listed(path: Path) -> frozenset[str]:
    with path.open(encoding="utf-8", errors="replace") as lines:
        return frozenset(line.strip().casefold() for line in lines)

"""Fields of prepared answers: {name} and the like, what fills them, what is left."""

from __future__ import annotations

import re
from collections.abc import Mapping

FIELDS = ("name", "number", "theme", "contract", "address", "point", "meter", "due", "today", "operator", "supplier")
"""What a template may name."""

_FIELD = re.compile(r"\{[^\W\d]\w{0,29}\}")


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with what is known; a field without a value stays as it is, to be seen."""
    return _FIELD.sub(lambda found: values.get(found[0][1:-1], "") or found[0], text)


def unfilled(text: str) -> list[str]:
    """The fields left in a text, each once: an answer with one of them is not sent."""
    return list(dict.fromkeys(_FIELD.findall(text)))


def unknown(text: str) -> list[str]:
    """Fields that nothing fills."""
    return [name for name in unfilled(text) if name[1:-1] not in FIELDS]


def address_words(full_name: str) -> str:
    """How a letter addresses somebody: «Анна Викторовна» of «Соколова Анна Викторовна»; other names as they are."""
    words = full_name.split()
    return " ".join(words[1:]) if len(words) in (2, 3) else full_name.strip()

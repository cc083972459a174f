"""What a person may type into a one-line text field."""

from __future__ import annotations

import unicodedata

# Cc controls, Cs lone surrogates (no encoding takes them), Zl/Zp line breaks; Cf would also refuse the soft hyphen
FORBIDDEN_CATEGORIES = frozenset({"Cc", "Cs", "Zl", "Zp"})
BIDI_OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def text_problem(value: object, max_length: int) -> str:
    """Error code of a compulsory text: wrong_type, required, too_long, invalid_characters; "" when it is fine."""
    if not isinstance(value, str):
        return "wrong_type"
    if not value.strip():
        return "required"
    if len(value) > max_length:
        return "too_long"
    return "invalid_characters" if has_forbidden(value) else ""


def has_forbidden(value: str) -> bool:
    """Control characters, line breaks, lone surrogates or bidi overrides."""
    return any(unicodedata.category(c) in FORBIDDEN_CATEGORIES or c in BIDI_OVERRIDES for c in value)


def paragraphs(value: str) -> str:
    """What was typed into a text of several lines: line breaks of one kind, no tabs, nothing around it."""
    return value.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ").strip()


def paragraphs_problem(value: object, max_length: int) -> str:
    """`text_problem` of a text that may have several lines."""
    if not isinstance(value, str):
        return "wrong_type"
    return text_problem(paragraphs(value).replace("\n", " "), max_length)

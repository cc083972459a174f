"""Which new passwords are accepted: by length and by being no common one; no rules of composition (SECURITY 2.1)."""

from __future__ import annotations

import unicodedata

from energo_cabinet.auth.common_passwords import is_common
from energo_cabinet.auth.passwords import MAX_LENGTH
from energo_cabinet.settings import get_settings


def password_problem(password: object, *personal: str) -> str:
    """Error code of a new password, "" when it may be used; `personal` are the user's own name and address.

    Codes: required, wrong_type, password_too_short, password_too_long, invalid_characters, password_personal,
    password_common.
    """
    settings = get_settings()
    if not isinstance(password, str):
        return "wrong_type"
    if not password:
        return "required"
    if len(password) < settings.password_min_length:
        return "password_too_short"
    if len(password) > MAX_LENGTH:
        return "password_too_long"
    if any(unicodedata.category(c) in ("Cc", "Cs") for c in password):
        return "invalid_characters"
    if _is_personal(password.casefold(), personal):
        return "password_personal"
    return "password_common" if is_common(password, settings.password_list) else ""


def _is_personal(folded: str, personal: tuple[str, ...]) -> bool:
    """Whether at most four characters are left when one's own names and address are taken out."""
    words = {word for text in personal for word in _words(text.casefold())}
    left = folded
    for word in sorted(words, key=len, reverse=True):
        left = left.replace(word, "")
    return left != folded and len(left.strip()) <= 4


def _words(text: str) -> list[str]:
    """The whole and every part of three letters and more."""
    return [part for part in (text, *text.replace("@", " ").split()) if len(part) >= 3]

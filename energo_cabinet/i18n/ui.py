"""Texts in components: both languages travel in the page, the `lang` cookie chooses in the browser (no round trip).

Switching (assets/cabinet.js) writes the cookie and reloads the page, because the server reads it from the websocket's
handshake when it words messages, dates and numbers.
"""

from __future__ import annotations

import reflex as rx
from reflex.utils.imports import ImportVar
from reflex.vars import VarData

from energo_cabinet.i18n import text

language: rx.Var[str] = rx.Var(
    "language",
    _var_type=str,
    _var_data=VarData(
        imports={"$/utils/language": [ImportVar(tag="useLanguage")]},
        hooks={"const language = useLanguage()": None},
    ),
).guess_type()
"""The language of the interface in the browser: "ru" or "en"."""


def t(key: str, **params: object) -> rx.Var[str]:
    """The text of `key` in the language chosen, params filled in at build time; KeyError for an unknown key."""
    russian, english = text(key, "ru", **params), text(key, "en", **params)
    return rx.cond(language == "en", english, russian)  # type: ignore[return-value]


def t_match(code: rx.Var[str], keys: dict[str, str], default: str) -> rx.Var[str]:
    """The text of the key that a code stands for; codes come from outside, so unknown ones get `default`'s text."""
    return rx.match(code, *((value, t(key)) for value, key in keys.items()), t(default))  # type: ignore[return-value]

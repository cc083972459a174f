"""Texts in components: both languages travel in the page, the `lang` cookie chooses in the browser (no round trip).

Switching (assets/js/language.js) writes the cookie and reloads, because the server reads it from the websocket's
handshake when it words messages, dates and numbers.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable

import reflex as rx
from reflex.utils.imports import ImportVar
from reflex.vars import VarData

from energo_cabinet.i18n import IS_BUILD, shown

marks: dict[str, dict[str, object]] = {}
"""Mark → what it stands for: key, language, params, whether `{names}` without a param may stay, and which do."""

language: rx.Var[str] = rx.Var(
    "language",
    _var_type=str,
    _var_data=VarData(
        imports={"$/utils/page": [ImportVar(tag="useLanguage")]},
        hooks={"const language = useLanguage()": None},
    ),
).guess_type()
"""The language of the interface in the browser: "ru" or "en"."""


def query(name: str) -> rx.Var[str]:
    """A value of the page's address, at most 500 characters; "" when absent. Anybody can write anything there."""
    return rx.Var(
        f"query_{name}",
        _var_type=str,
        _var_data=VarData(
            imports={"$/utils/page": [ImportVar(tag="useQuery")]},
            hooks={f'const query_{name} = useQuery("{name}")': None},
        ),
    ).guess_type()


def t(key: str, **params: object) -> rx.Var[str]:
    """The text of `key` in the language chosen, params filled in at build time; KeyError for an unknown key."""
    russian, english = _marked(key, "ru", params), _marked(key, "en", params)
    return rx.cond(language == "en", english, russian)  # type: ignore[return-value]


def words_in(key: str, language: str) -> str:
    """The text of `key` in one language, as a title needs it; like `t` a mark while pages are compiled."""
    return _marked(key, language, {})


def t_error(code: rx.Var[str], known: Iterable[str], **params: object) -> rx.Var[str]:
    """The words of an error code that came in the address; a general sentence for an unknown one, "" for none.

    `{minutes}` is filled in from the address (digits only), other params at build time.
    """
    words = rx.match(code, ("", ""), *((c, _error(c, params)) for c in known), t("error.fault"))
    return words.to(str).replace("{minutes}", _minutes())  # type: ignore[union-attr]


def _marked(key: str, language: str, params: dict[str, object], is_open: bool = False) -> str:
    words = shown(key, language, params, is_open)  # also in a build: an unknown key fails at once
    if not IS_BUILD:
        return words
    meant: dict[str, object] = {"key": key, "language": language, "params": params, "is_open": is_open}
    mark = f"~t{hashlib.sha256(json.dumps(meant, sort_keys=True).encode()).hexdigest()[:16]}~"
    names = list(dict.fromkeys(re.findall(r"\{\w+\}", words)))
    marks[mark] = {**meant, "names": names}
    return mark + "".join(f"{name}|~" for name in names)  # a page puts its figures there: also while it is prerendered


def _error(code: str, params: dict[str, object]) -> rx.Var[str]:
    key = f"error.{code}"
    return rx.cond(language == "en", _marked(key, "en", params, True), _marked(key, "ru", params, True))  # type: ignore[return-value]


def _minutes() -> rx.Var[str]:
    given = query("minutes")
    shown = f'(/^[0-9]{{1,4}}$/.test({given!s}) ? {given!s} : "15")'
    return rx.Var(shown, _var_type=str, _var_data=given._get_all_var_data()).guess_type()

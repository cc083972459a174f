"""Texts of the interface: `text("key", "ru")` on the server, `t("key")` (i18n.ui) in a component."""

from __future__ import annotations

import os
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

LANGUAGES = ("ru", "en")
MARKS = "ENERGO_TEXT_MARKS"
"""Variable of a build whose texts are compiled as marks (serving/page_texts.py fills them in); not a setting."""
IS_BUILD = MARKS in os.environ

asked: set[str] = set()
"""Keys whose words were taken as they stand while pages were compiled: they are a part of the build."""
listed: set[str] = set()
"""Beginnings of keys that were enumerated; likewise."""


@lru_cache
def catalogue(language: str) -> dict[str, str]:
    """All texts of a language, keys joined by dots."""
    folder = Path(__file__).parent
    texts: dict[str, str] = {}
    for path in sorted(folder.rglob(f"*.{language}.toml")):
        with path.open("rb") as file:
            texts |= _flat(tomllib.load(file), "")
    return texts


def text(key: str, language: str, **params: object) -> str:
    """A text with its `{params}` filled in; KeyError for an unknown key."""
    if IS_BUILD:
        asked.add(key)
    found = catalogue(language if language in LANGUAGES else "ru")[key]
    return found.format(**params) if params else found


def shown(key: str, language: str, params: dict[str, Any], is_open: bool = False) -> str:
    """The words that a compiled page shows; when `is_open`, `{names}` without a param stay for the browser to fill."""
    found = catalogue(language)[key]
    if not is_open:
        return found.format(**params) if params else found
    for name, value in params.items():
        found = found.replace(f"{{{name}}}", str(value))
    return found


def has_text(key: str) -> bool:
    """Whether the catalogues have this key."""
    return key in catalogue("ru")


def keys_beginning(prefix: str) -> list[str]:
    """All keys that begin so, in the order of the catalogue."""
    if IS_BUILD:
        listed.add(prefix)
    return [key for key in catalogue("ru") if key.startswith(prefix)]


def _flat(node: dict[str, object], prefix: str) -> dict[str, str]:
    flat: dict[str, str] = {}
    for name, value in node.items():
        if isinstance(value, dict):
            flat |= _flat(value, f"{prefix}{name}.")
        else:
            flat[f"{prefix}{name}"] = str(value)
    return flat

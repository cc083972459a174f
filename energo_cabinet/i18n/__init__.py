"""Texts of the interface: `text("key", "ru")` on the server, `t("key")` (i18n.ui) in a component."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path

LANGUAGES = ("ru", "en")


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
    found = catalogue(language if language in LANGUAGES else "ru")[key]
    return found.format(**params) if params else found


def has_text(key: str) -> bool:
    """Whether the catalogues have this key."""
    return key in catalogue("ru")


def _flat(node: dict[str, object], prefix: str) -> dict[str, str]:
    flat: dict[str, str] = {}
    for name, value in node.items():
        if isinstance(value, dict):
            flat |= _flat(value, f"{prefix}{name}.")
        else:
            flat[f"{prefix}{name}"] = str(value)
    return flat

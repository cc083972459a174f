"""Arguments of events held against their handler's signature, before anything is run, queued or logged.

A browser of ours sends what the handler takes. Whoever sends something else gets no answer, and no line of log.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from inspect import Parameter, signature
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

DEEPEST, LONGEST = 12, 200_000
"""Levels of a payload, and characters of a text in it."""
_NUMBER = re.compile(r"-?[0-9]{1,18}(\.[0-9]{1,18})?")


def fits(function: Callable[..., object], payload: Mapping[str, Any]) -> bool:
    """Whether the payload names the handler's parameters, all that have no default, with values of their types."""
    shape = _shape(function)
    if shape is None:
        return True
    known, needed = shape
    if not payload.keys() <= known.keys() or not needed <= payload.keys():
        return False
    return all(_is_of(payload[name], kind) for name, kind in known.items() if name in payload) and is_clean(payload)


def is_clean(value: Any, depth: int = 0) -> bool:
    """Whether a payload is no deeper and longer than a form's, and its texts can be encoded (no lone surrogates)."""
    if depth > DEEPEST:
        return False
    if isinstance(value, str):
        return len(value) <= LONGEST and _can_be_encoded(value)
    if isinstance(value, Mapping):
        return all(is_clean(key, depth + 1) and is_clean(inner, depth + 1) for key, inner in value.items())
    if isinstance(value, list | tuple):
        return all(is_clean(inner, depth + 1) for inner in value)
    return True


def _can_be_encoded(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


@lru_cache(maxsize=4096)
def _shape(function: Callable[..., object]) -> tuple[dict[str, Any], frozenset[str]] | None:
    """Parameters after the state with their types, and those without a default; None for a handler that takes any."""
    try:
        parameters = list(signature(function).parameters.values())[1:]
        hints = get_type_hints(function)
    except (TypeError, ValueError, NameError):
        return None
    if any(p.kind in (Parameter.VAR_KEYWORD, Parameter.VAR_POSITIONAL) for p in parameters):
        return None
    needed = frozenset(p.name for p in parameters if p.default is Parameter.empty)
    return {p.name: hints.get(p.name, Any) for p in parameters}, needed


def _is_of(value: Any, kind: Any) -> bool:
    """Whether a value of JSON is of a type; True for a type JSON cannot tell."""
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        return any(_is_of(value, each) for each in get_args(kind))
    if kind is type(None):
        return value is None
    plain = origin or kind
    if plain is bool or plain is str:
        return isinstance(value, plain)
    if plain in (int, float):  # Reflex reads the number of a field's text
        is_typed = isinstance(value, str) and _NUMBER.fullmatch(value) is not None
        return is_typed or (isinstance(value, int if plain is int else int | float) and not isinstance(value, bool))
    if plain in (dict, list):
        return isinstance(value, plain)
    return True

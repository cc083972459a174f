"""Many ids in one statement, whatever the database: as one text, because a thousand parameters take longer."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from sqlmodel import Session


def among(session: Session, name: str) -> str:
    """`IN (…)` for a column, its list bound under `name`."""
    if session.connection().dialect.name == "sqlite":
        return f"IN (SELECT value FROM json_each(:{name}))"  # noqa: S608  a constant
    return f"= ANY(CAST(:{name} AS int[]))"


def listed(session: Session, ids: Iterable[int]) -> str:
    """The list itself, as the database reads it."""
    inside = _joined(tuple(ids))
    return f"[{inside}]" if session.connection().dialect.name == "sqlite" else f"{{{inside}}}"


@lru_cache(maxsize=8)
def _joined(ids: tuple[int, ...]) -> str:
    return ",".join(map(str, sorted(ids)))

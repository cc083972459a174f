"""What the published OpenAPI says of every answer: problem details, pages, the types of ids and days."""

from __future__ import annotations

from typing import Annotated, Any, Generic, TypeVar

from fastapi import Path, Query
from pydantic import BaseModel, Field

from energo_cabinet.domain.typed import MAX_ID

T = TypeVar("T")

Id = Annotated[int, Path(ge=1, le=MAX_ID)]
Limit = Annotated[int, Query(ge=1, le=200)]
Cursor = Annotated[str, Query(max_length=100)]


class Problem(BaseModel):
    """RFC 9457: `code` is stable, `title` is for people; `field` or `fields` name what is wrong."""

    type: str
    status: int
    code: str
    title: str
    field: str | None = None
    fields: dict[str, str] | list[str] | None = None


class Page(BaseModel, Generic[T]):
    """A page; `next` as `cursor` gives the one after it, null at the end."""

    items: list[T]
    next: str | None = Field(default=None)


_PROBLEM: dict[str, Any] = {"content": {"application/problem+json": {"schema": Problem.model_json_schema()}}}
_REASONS = {
    400: "Malformed request",
    401: "Not signed in, or the device has been revoked",
    403: "Not allowed",
    404: "Absent, or not yours",
    409: "Too late, used already, or changed meanwhile",
    413: "Body too large",
    422: "Invalid values",
    429: "Too many calls; Retry-After says when again",
}
PROBLEMS: dict[int | str, dict[str, Any]] = {code: {"description": why, **_PROBLEM} for code, why in _REASONS.items()}
"""For `responses=` of every route."""


def page_of(items: list[Any], cursor: str, limit: int) -> tuple[list[Any], str | None]:
    """A slice of a whole list by its rows' `id`: (items after the row `cursor`, the next cursor)."""
    at = next((i + 1 for i, item in enumerate(items) if str(item.id) == cursor), 0) if cursor else 0
    shown = items[at : at + limit]
    return shown, str(shown[-1].id) if at + limit < len(items) else None

"""What most tables have: a number of their own."""

from __future__ import annotations

from sqlmodel import Field, SQLModel


class Row(SQLModel):
    """A row with a number that the database gives when it is flushed; before that `id` is None and fits nowhere."""

    id: int = Field(default=None, primary_key=True)

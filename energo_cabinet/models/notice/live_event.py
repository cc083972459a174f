"""What has changed for whom: written in the transaction of the change, read by every process that holds open tabs."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field

from energo_cabinet.models.row import Row


class LiveEvent(Row, table=True):
    """A change of `topic` for a user. Carries no content: whoever is told reads for himself, as himself."""

    __tablename__ = "live_event"
    __table_args__ = ({"sqlite_autoincrement": True},)  # an id is never used twice, also after the old rows went

    user_id: int
    topic: str = Field(max_length=20)
    created_at: datetime = Field(index=True)

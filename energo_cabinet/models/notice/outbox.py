"""Letters waiting to leave: written in the transaction of what they tell about, delivered by a job."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field

from energo_cabinet.models.row import Row


class OutboxLetter(Row, table=True):
    """One letter; `sent_at` is set once, `next_try_at` moves on after a failure.

    `is_bulk`: one of many alike, which waits until no other letter is due; `broadcast_id` says of which broadcast.
    """

    __tablename__ = "outbox_letter"
    __table_args__ = (Index("ix_outbox_letter_due", "sent_at", "is_bulk", "next_try_at"),)

    message_id: str = Field(max_length=120, unique=True)
    to_email: str = Field(max_length=254)
    subject: str = Field(max_length=200)
    text: str
    html: str
    created_at: datetime
    next_try_at: datetime
    attempts: int = 0
    leased_until: datetime | None = None
    sent_at: datetime | None = None
    failed_at: datetime | None = None
    is_bulk: bool = False
    broadcast_id: int | None = Field(default=None, foreign_key="broadcast.id", index=True)
    last_error: str = Field(default="", max_length=300)

"""Browsers in which somebody has signed in before: guesses made elsewhere do not shut them out."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from energo_cabinet.models.row import Row


class KnownBrowser(Row, table=True):
    """A browser's own random value (SHA-256 of its cookie) beside an account opened in it. It opens nothing."""

    __tablename__ = "known_browser"
    __table_args__ = (UniqueConstraint("user_id", "token_sha256"),)

    user_id: int = Field(foreign_key="user_account.id")
    token_sha256: str = Field(max_length=64)
    created_at: datetime
    last_used_at: datetime

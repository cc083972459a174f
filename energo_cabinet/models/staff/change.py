"""Changes of money and power that a second administrator confirms."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Column, Index
from sqlmodel import Field

from energo_cabinet.models.row import Row
from energo_cabinet.models.types import enum_type


class ChangeKind(StrEnum):
    """Where customers pay to, or who administers."""

    PAYEE = "payee"
    ADD = "add"
    ROLE = "role"
    REMOVE = "remove"


class PendingChange(Row, table=True):
    """A change as it was asked for: `details` are the arguments it is carried out with, `about` says it to people.

    `supplier_id` is None for the installation's own staff. Decided, taken back or run out, it stays as history.
    """

    __tablename__ = "pending_change"
    __table_args__ = (Index("ix_pending_change_waiting", "supplier_id", "decided_at"),)

    supplier_id: int | None = Field(default=None, foreign_key="supplier.id")
    kind: ChangeKind = Field(sa_type=enum_type(ChangeKind))
    about: str = Field(default="", max_length=300)
    details: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    asked_by: int = Field(foreign_key="user_account.id")
    asked_name: str = Field(max_length=200)
    asked_at: datetime
    expires_at: datetime
    decided_by: int | None = Field(default=None, foreign_key="user_account.id")
    decided_at: datetime | None = None
    is_confirmed: bool = False

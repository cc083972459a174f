"""Requests to see a contract that a person named by its number, and what the supplier decided (Э-24, Э-36)."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index
from sqlmodel import Field

from energo_cabinet.models.row import Row
from energo_cabinet.models.types import enum_type


class LinkRequestStatus(StrEnum):
    """WAITING for the supplier; LINKED, REFUSED or WITHDRAWN for good."""

    WAITING = "waiting"
    LINKED = "linked"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class LinkRequest(Row, table=True):
    """«Номер договора» as a person gave it. `contract_id` is known once it is linked, `reason` once it is refused."""

    __tablename__ = "link_request"
    __table_args__ = (Index("ix_link_request_waiting", "supplier_id", "status", "id"),)

    user_id: int = Field(foreign_key="user_account.id", index=True)
    supplier_id: int = Field(foreign_key="supplier.id")
    contract_number: str = Field(max_length=60)
    customer_name: str = Field(max_length=200)
    address: str = Field(default="", max_length=300)
    status: LinkRequestStatus = Field(sa_type=enum_type(LinkRequestStatus))
    reason: str = Field(default="", max_length=500)
    contract_id: int | None = Field(default=None, foreign_key="contract.id")
    created_at: datetime
    decided_at: datetime | None = None

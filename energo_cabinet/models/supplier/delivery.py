"""What leaves for a supplier: written in the transaction of what it carries, delivered by a job (DESIGN 1.8)."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Column, Index
from sqlmodel import Field

from energo_cabinet.models.row import Row
from energo_cabinet.models.types import enum_type


class DeliveryKind(StrEnum):
    """What is carried."""

    READING = "reading"
    TICKET = "ticket"


class SupplierDelivery(Row, table=True):
    """One delivery. `key` stays the same however often it is tried, so that the supplier takes it once.

    Of a contract the oldest one that is neither delivered nor given up goes first.
    """

    __tablename__ = "supplier_delivery"
    __table_args__ = (
        Index("ix_supplier_delivery_due", "delivered_at", "failed_at", "next_try_at"),
        Index("ix_supplier_delivery_order", "contract_id", "id"),
    )

    key: str = Field(max_length=100, unique=True)
    contract_id: int = Field(foreign_key="contract.id")
    kind: DeliveryKind = Field(sa_type=enum_type(DeliveryKind))
    payload: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    created_at: datetime
    next_try_at: datetime
    attempts: int = 0
    leased_until: datetime | None = None
    delivered_at: datetime | None = None
    failed_at: datetime | None = None
    last_error: str = Field(default="", max_length=300)

"""What a supplier has closed, and why: a contract to new links, or a person at this supplier."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, text
from sqlmodel import Field

from energo_cabinet.models.row import Row

_LIVE = text("lifted_at IS NULL")


class CustomerBlock(Row, table=True):
    """A block by a supplier of a contract (`contract_id`) or of a person (`user_id`); lifted ones stay as history.

    `by` is the member's name as it was.
    """

    __tablename__ = "customer_block"
    __table_args__ = (
        Index("uq_customer_block_contract", "contract_id", unique=True, sqlite_where=_LIVE, postgresql_where=_LIVE),
        Index(
            "uq_customer_block_user", "user_id", "supplier_id", unique=True, sqlite_where=_LIVE, postgresql_where=_LIVE
        ),
    )

    supplier_id: int = Field(foreign_key="supplier.id")
    contract_id: int | None = Field(default=None, foreign_key="contract.id")
    user_id: int | None = Field(default=None, foreign_key="user_account.id")
    reason: str = Field(max_length=500)
    by: str = Field(default="", max_length=200)
    blocked_at: datetime
    lifted_at: datetime | None = None

"""How far the data of suppliers behind the supplier protocol have been brought here (DESIGN 1.8)."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from sqlalchemy import Column, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from energo_cabinet.models.row import Row
from energo_cabinet.models.types import ExactDecimal


class SupplierSync(SQLModel, table=True):
    """The state of one supplier: `cursor` of its list of changes, `as_of` up to when that list told everything.

    `failing_since`: the first failure after the last success; None while it answers. `next_at`: nobody asks before
    then, after a failure that is the open circuit. `stored`, `refused`: rows taken and turned down so far.
    """

    __tablename__ = "supplier_sync"

    supplier_id: int = Field(foreign_key="supplier.id", primary_key=True)
    cursor: str = Field(default="", max_length=500)
    as_of: datetime | None = None
    next_at: datetime
    succeeded_at: datetime | None = None
    failing_since: datetime | None = None
    failures: int = 0
    last_error: str = Field(default="", max_length=40)
    stored: int = 0
    refused: int = 0


class ContractSync(SQLModel, table=True):
    """A contract that is brought here. `loaded_at`: when it was whole for the first time.

    `as_of`: up to when its data are complete while something of it waits to be fetched; else the supplier's counts.
    `debt_rub`: what the supplier says the customer owes, at `debt_at`.
    """

    __tablename__ = "contract_sync"

    contract_id: int = Field(foreign_key="contract.id", primary_key=True)
    supplier_id: int = Field(foreign_key="supplier.id", index=True)
    linked_at: datetime
    loaded_at: datetime | None = None
    as_of: datetime | None = None
    debt_rub: Decimal | None = Field(default=None, sa_column=Column(ExactDecimal))
    debt_at: datetime | None = None


class SyncCursor(SQLModel, table=True):
    """A resource of a contract: where its next page begins, committed together with what came before it.

    `due_at`: since when something of it waits to be fetched; None: nothing does.
    """

    __tablename__ = "sync_cursor"
    __table_args__ = (Index("ix_sync_cursor_due", "supplier_id", "due_at"),)

    contract_id: int = Field(foreign_key="contract.id", primary_key=True)
    resource: str = Field(max_length=20, primary_key=True)
    supplier_id: int = Field(foreign_key="supplier.id")
    cursor: str = Field(default="", max_length=500)
    etag: str = Field(default="", max_length=200)
    due_at: datetime | None = None
    tries: int = 0


class SyncRefusal(Row, table=True):
    """A row of a supplier's that was turned down: which one, why, how often it came; the rest of its page is stored."""

    __tablename__ = "sync_refusal"
    __table_args__ = (UniqueConstraint("contract_id", "resource", "row", "reason"),)

    supplier_id: int = Field(foreign_key="supplier.id", index=True)
    contract_id: int = Field(foreign_key="contract.id")
    resource: str = Field(max_length=20)
    row: str = Field(max_length=100)
    reason: str = Field(max_length=40)
    times: int = 1
    last_at: datetime


class SyncedAnswer(SQLModel, table=True):
    """A ticket update that has been taken, by the supplier's own id of it, so that it is told once."""

    __tablename__ = "synced_answer"

    supplier_id: int = Field(foreign_key="supplier.id", primary_key=True)
    key: str = Field(max_length=100, primary_key=True)
    taken_at: datetime

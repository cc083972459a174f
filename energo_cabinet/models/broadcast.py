"""What a supplier tells many of its customers at once (Н-3, Н-135): whom, what, when, and how far it has come."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import Column, Index
from sqlmodel import Field, SQLModel

from energo_cabinet.models.notice.notification import NotificationKind
from energo_cabinet.models.row import Row
from energo_cabinet.models.sign_in.user import ConsumerClass
from energo_cabinet.models.types import ExactDecimal, enum_type


class BroadcastStatus(StrEnum):
    """SCHEDULED also for the second between «Отправить» and the job that takes it."""

    DRAFT = "draft"
    SCHEDULED = "scheduled"
    SENDING = "sending"
    DONE = "done"
    CANCELLED = "cancelled"


class Broadcast(Row, table=True):
    """A message to a selection of a supplier's customers. English words "": everybody reads the Russian ones.

    `works_…`: period and place of planned works. `locality`…`feeder`: the selection, all of them at once, empty ones
    do not count. `reached_user_id`: recipients up to this one are dealt with (they are told in the order of their ids),
    `handled` many; of them `in_cabinet` see it there, `by_email` get a letter, `switched_off` want neither, `failed`
    could not be told or their letter was refused. `told_at`: when the staff's tabs last heard of the progress.
    """

    __table_args__ = (
        Index("ix_broadcast_due", "status", "send_at"),
        Index("ix_broadcast_newest", "supplier_id", "id"),
    )

    supplier_id: int = Field(foreign_key="supplier.id")
    author: str = Field(max_length=200)
    status: BroadcastStatus = Field(default=BroadcastStatus.DRAFT, sa_type=enum_type(BroadcastStatus))
    kind: NotificationKind = Field(sa_type=enum_type(NotificationKind))
    title: str = Field(max_length=200)
    text: str = Field(default="", max_length=2000)
    title_en: str = Field(default="", max_length=200)
    text_en: str = Field(default="", max_length=2000)
    works_start: datetime | None = None
    works_end: datetime | None = None
    works_address: str = Field(default="", max_length=300)
    locality: str = Field(default="", max_length=300)
    address_part: str = Field(default="", max_length=200)
    consumer_class: ConsumerClass | None = Field(default=None, sa_type=enum_type(ConsumerClass))
    debt_from_rub: Decimal | None = Field(default=None, sa_column=Column(ExactDecimal))
    feeder: str = Field(default="", max_length=60)
    send_at: datetime | None = None
    created_at: datetime
    changed_at: datetime
    started_at: datetime | None = None
    finished_at: datetime | None = None
    told_at: datetime | None = None
    reached_user_id: int = 0
    queued: int = 0
    handled: int = 0
    in_cabinet: int = 0
    by_email: int = 0
    switched_off: int = 0
    failed: int = 0


class BroadcastRecipient(SQLModel, table=True):
    """One person of a broadcast, once, with the contract that it reached him by."""

    __tablename__ = "broadcast_recipient"

    broadcast_id: int = Field(foreign_key="broadcast.id", primary_key=True)
    user_id: int = Field(foreign_key="user_account.id", primary_key=True)
    contract_id: int = Field(foreign_key="contract.id")

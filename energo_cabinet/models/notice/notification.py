"""Notifications of a user (Н-128…Н-137) and which of them the user wants, in the cabinet and by e-mail (Н-54, Н-55)."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, Column, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from energo_cabinet.models.row import Row
from energo_cabinet.models.types import enum_type


class NotificationSource(StrEnum):
    """The two groups a user can turn off: от поставщика (Н-54), от приборов учета (Н-55)."""

    SUPPLIER = "supplier"
    METERS = "meters"


class NotificationKind(StrEnum):
    """What a notification is about; the supplier words its own, the others are worded by their facts."""

    DEBT = "debt"
    PLANNED_WORKS = "planned_works"
    MESSAGE = "message"
    TICKET_ANSWERED = "ticket_answered"
    READINGS_DUE = "readings_due"
    READING_ACCEPTED = "reading_accepted"
    READING_REJECTED = "reading_rejected"
    LINK_ACCEPTED = "link_accepted"
    LINK_REFUSED = "link_refused"
    BLOCKED = "blocked"
    UNBLOCKED = "unblocked"
    UNLINKED = "unlinked"
    READER_ADDED = "reader_added"
    OBJECTED = "objected"
    OBJECTION_DONE = "objection_done"
    CONTACT_CHANGED = "contact_changed"
    VERIFICATION_DUE = "verification_due"
    DATA_MISSING = "data_missing"
    LIMIT_EXCEEDED = "limit_exceeded"
    POWER_EXCEEDED = "power_exceeded"
    PLAN_DEVIATION = "plan_deviation"
    METER_EVENT = "meter_event"

    @property
    def source(self) -> NotificationSource:
        """The group it belongs to."""
        return NotificationSource.METERS if self in _FROM_METERS else NotificationSource.SUPPLIER

    @property
    def is_security(self) -> bool:
        """Told whatever a reader has chosen: who reads their contract."""
        return self in _SECURITY


_SECURITY = (
    NotificationKind.READER_ADDED,
    NotificationKind.OBJECTED,
    NotificationKind.OBJECTION_DONE,
    NotificationKind.CONTACT_CHANGED,
)
_FROM_METERS = (
    NotificationKind.VERIFICATION_DUE,
    NotificationKind.DATA_MISSING,
    NotificationKind.LIMIT_EXCEEDED,
    NotificationKind.POWER_EXCEEDED,
    NotificationKind.PLAN_DEVIATION,
    NotificationKind.METER_EVENT,
)


class Notification(Row, table=True):
    """One notification to one user. `title` is "" when `kind` and `facts` word it in the reader's language.

    `is_shown`: whether the user wanted it in the cabinet. `once`: the occasion, so that no job tells it twice.
    """

    __table_args__ = (
        UniqueConstraint("user_id", "once"),
        Index("ix_notification_newest", "user_id", "created_at", "id"),
        Index(
            "ix_notification_unread",
            "user_id",
            "contract_id",
            sqlite_where=text("read_at IS NULL"),
            postgresql_where=text("read_at IS NULL"),
        ),
    )

    user_id: int = Field(foreign_key="user_account.id")
    contract_id: int | None = Field(default=None, foreign_key="contract.id")
    point_id: int | None = Field(default=None, foreign_key="metering_point.id")
    kind: NotificationKind = Field(sa_type=enum_type(NotificationKind))
    title: str = Field(default="", max_length=200)
    text: str = Field(default="", max_length=2000)
    facts: dict[str, str] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    once: str | None = Field(default=None, max_length=100)
    is_shown: bool = True
    created_at: datetime
    read_at: datetime | None = None


class NotificationChoice(SQLModel, table=True):
    """What a user chose for a source; without a row the defaults hold (services.notice.choice)."""

    __tablename__ = "notification_choice"

    user_id: int = Field(foreign_key="user_account.id", primary_key=True)
    source: NotificationSource = Field(sa_type=enum_type(NotificationSource), primary_key=True)
    in_cabinet: bool
    by_email: bool

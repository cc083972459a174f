"""Обращения (Н-138…Н-148): a ticket about a contract, its thread, what is typed and not sent yet."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import JSON, Column, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from energo_cabinet.models.row import Row
from energo_cabinet.models.types import enum_type


class TicketStatus(StrEnum):
    """НОВОЕ (Н-148), В РАБОТЕ, ОЖИДАЕТ ОТВЕТА (of the customer), ЗАКРЫТО."""

    NEW = "new"
    IN_WORK = "in_work"
    AWAITING = "awaiting"
    CLOSED = "closed"


class TicketCategory(StrEnum):
    """What a ticket is about (F-16)."""

    METER = "meter"
    READINGS = "readings"
    VERIFICATION = "verification"
    QUALITY = "quality"
    CHARGES = "charges"
    TARIFF = "tariff"
    OTHER = "other"


class TicketAuthor(StrEnum):
    """Who wrote a line of the thread."""

    CUSTOMER = "customer"
    SUPPLIER = "supplier"


class TicketCounter(SQLModel, table=True):
    """The newest number of a contract's tickets: counted up by one atomic statement (Н-147)."""

    __tablename__ = "ticket_counter"

    contract_id: int = Field(foreign_key="contract.id", primary_key=True)
    newest: int


class Ticket(Row, table=True):
    """A ticket of one user about one contract. `number` counts within the contract from 1.

    `answer_due_on`: the supplier's day, None while the supplier owes no answer; counted from `asked_on`. `searched`:
    every word of it, folded; `author`: who wrote it, folded, for the supplier's search. `request_key`: what was sent,
    so that a second click makes no second ticket. `version` grows with every change two people must not make at once.
    """

    __table_args__ = (
        UniqueConstraint("contract_id", "number"),
        UniqueConstraint("user_id", "request_key"),
        Index("ix_ticket_newest", "user_id", "contract_id", "number"),
        Index("ix_ticket_desk", "supplier_id", "answer_due_on", "id"),
        Index(
            "ix_ticket_desk_open",
            "supplier_id",
            "answer_due_on",
            "id",
            sqlite_where=text("status <> 'closed'"),
            postgresql_where=text("status <> 'closed'"),
        ),
    )

    supplier_id: int = Field(foreign_key="supplier.id")
    contract_id: int = Field(foreign_key="contract.id")
    user_id: int = Field(foreign_key="user_account.id")
    point_id: int | None = Field(default=None, foreign_key="metering_point.id")
    number: int
    category: TicketCategory = Field(sa_type=enum_type(TicketCategory))
    theme: str = Field(max_length=120)
    status: TicketStatus = Field(default=TicketStatus.NEW, sa_type=enum_type(TicketStatus))
    email: str = Field(max_length=254)
    phone: str = Field(default="", max_length=20)
    searched: str
    author: str = Field(default="", max_length=300)
    request_key: str = Field(max_length=64)
    asked_on: date | None = None
    answer_due_on: date | None = None
    assignee_id: int | None = Field(default=None, foreign_key="user_account.id")
    merged_into_id: int | None = Field(default=None, foreign_key="ticket.id", index=True)
    version: int = 1
    rating: int | None = None
    rating_note: str = Field(default="", max_length=300)
    is_unread: bool = False
    created_at: datetime


class TicketMessage(Row, table=True):
    """A line of the thread; `becomes`: the status the ticket took with it. Without text it is a mere change of status.

    `signature`: who signs for the supplier; "" for the supplier itself. `about_id`: the other ticket of a merger.
    """

    __tablename__ = "ticket_message"
    __table_args__ = (UniqueConstraint("ticket_id", "request_key"),)

    ticket_id: int = Field(foreign_key="ticket.id", index=True)
    author: TicketAuthor = Field(sa_type=enum_type(TicketAuthor))
    signature: str = Field(default="", max_length=100)
    text: str = ""
    becomes: TicketStatus | None = Field(default=None, sa_type=enum_type(TicketStatus))
    request_key: str | None = Field(default=None, max_length=64)
    about_id: int | None = Field(default=None, foreign_key="ticket.id")
    created_at: datetime


class TicketDraft(SQLModel, table=True):
    """What a user has typed and not sent; `place`: "new-<contract id>" or "reply-<ticket id>"."""

    __tablename__ = "ticket_draft"

    user_id: int = Field(foreign_key="user_account.id", primary_key=True)
    place: str = Field(max_length=40, primary_key=True)
    fields: dict[str, str] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    saved_at: datetime

"""The supplier's side of обращения: internal notes, templates of answers, terms, calendar, who has a ticket open."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import JSON, Column, UniqueConstraint
from sqlmodel import Field, SQLModel

from energo_cabinet.models.row import Row
from energo_cabinet.models.ticket import TicketCategory
from energo_cabinet.models.types import enum_type


class NoteKind(StrEnum):
    """What colleagues read: their own words, who has the ticket now, where it went."""

    NOTE = "note"
    ASSIGN = "assign"
    TRANSFER = "transfer"


class TicketNote(Row, table=True):
    """An internal line beside the thread. Never shown to customers, in no export of theirs.

    `facts` of an assignment or a transfer: {"to": name, "category": value}.
    """

    __tablename__ = "ticket_note"

    ticket_id: int = Field(foreign_key="ticket.id", index=True)
    author_id: int | None = Field(default=None, foreign_key="user_account.id")
    author: str = Field(default="", max_length=200)
    kind: NoteKind = Field(default=NoteKind.NOTE, sa_type=enum_type(NoteKind))
    text: str = ""
    facts: dict[str, str] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    created_at: datetime


class AnswerTemplate(Row, table=True):
    """A supplier's prepared answer with fields in braces; `category` None: for any ticket."""

    __tablename__ = "answer_template"
    __table_args__ = (UniqueConstraint("supplier_id", "title"),)

    supplier_id: int = Field(foreign_key="supplier.id")
    title: str = Field(max_length=100)
    category: TicketCategory | None = Field(default=None, sa_type=enum_type(TicketCategory))
    text: str
    changed_by: str = Field(default="", max_length=200)
    changed_at: datetime


class TicketTerm(SQLModel, table=True):
    """Working days a supplier gives itself to answer a category, and where they come from [K]."""

    __tablename__ = "ticket_term"

    supplier_id: int = Field(foreign_key="supplier.id", primary_key=True)
    category: TicketCategory = Field(sa_type=enum_type(TicketCategory), primary_key=True)
    days: int = Field(ge=1, le=365)
    source: str = Field(default="", max_length=300)


class CalendarDay(SQLModel, table=True):
    """A day on which a supplier's calendar differs from the country's."""

    __tablename__ = "calendar_day"

    supplier_id: int = Field(foreign_key="supplier.id", primary_key=True)
    day: date = Field(primary_key=True)
    is_working: bool
    note: str = Field(default="", max_length=100)


class TicketPresence(SQLModel, table=True):
    """Who has a ticket open now; good until `expires_at`, renewed by the open tab."""

    __tablename__ = "ticket_presence"

    ticket_id: int = Field(foreign_key="ticket.id", primary_key=True)
    operator_id: int = Field(foreign_key="user_account.id", primary_key=True)
    name: str = Field(max_length=200)
    expires_at: datetime

"""What a person may demand of their data (152-ФЗ): another address, withdrawal, an export, erasure."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, Column
from sqlmodel import Field

from energo_cabinet.models.row import Row


class EmailChange(Row, table=True):
    """A wish to sign in with another address: nothing changes before `confirmed_at`, undone until `undo_until`."""

    __tablename__ = "email_change"

    user_id: int = Field(foreign_key="user_account.id", index=True)
    old_email: str = Field(max_length=254, index=True)
    new_email: str = Field(max_length=254)
    code_sha256: str = Field(max_length=64, unique=True)
    undo_sha256: str = Field(max_length=64, unique=True)
    asked_at: datetime
    expires_at: datetime
    confirmed_at: datetime | None = None
    undo_until: datetime | None = None
    undone_at: datetime | None = None


class ConsentWithdrawal(Row, table=True):
    """A consent taken back; the consent's own row stays as it was given."""

    __tablename__ = "consent_withdrawal"

    user_id: int = Field(foreign_key="user_account.id", index=True)
    consent_id: int = Field(foreign_key="consent.id", unique=True)
    withdrawn_at: datetime
    ip: str = Field(default="", max_length=45)


class DataExport(Row, table=True):
    """«Выгрузить мои данные»: asked for, written by a job (`percent`), fetched until `expires_at`."""

    __tablename__ = "data_export"

    user_id: int = Field(foreign_key="user_account.id", index=True)
    language: str = Field(default="ru", max_length=2)
    asked_at: datetime
    leased_until: datetime | None = None
    percent: int = 0
    file_name: str = Field(default="", max_length=80)
    size: int = 0
    ready_at: datetime | None = None
    failed_at: datetime | None = None
    expires_at: datetime | None = None


class Erasure(Row, table=True):
    """A demand to erase an account: cancelled, or done after `due_at`. `erased`: rows by table."""

    user_id: int = Field(foreign_key="user_account.id", index=True)
    reason: str = Field(default="asked", max_length=20)
    asked_at: datetime
    due_at: datetime = Field(index=True)
    cancelled_at: datetime | None = None
    done_at: datetime | None = None
    erased: dict[str, int] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))

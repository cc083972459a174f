"""Files that customers add to readings and tickets; the bytes lie in data_dir/attachments, never in the web root."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlmodel import Field

from energo_cabinet.models.row import Row
from energo_cabinet.models.types import enum_type


class AttachmentPurpose(StrEnum):
    """What a file is uploaded for."""

    READING = "reading"
    TICKET = "ticket"


class Attachment(Row, table=True):
    """An uploaded file. `key` is its generated name on disk; contract and `record` are empty until it is claimed.

    `record` names what it belongs to, e.g. "reading 17": the rows of one record are listed together.
    """

    key: str = Field(max_length=40, unique=True)
    user_id: int = Field(foreign_key="user_account.id", index=True)
    contract_id: int | None = Field(default=None, foreign_key="contract.id", index=True)
    record: str | None = Field(default=None, max_length=40, index=True)
    purpose: AttachmentPurpose = Field(sa_type=enum_type(AttachmentPurpose))
    name: str = Field(max_length=120)
    media_type: str = Field(max_length=40)
    size: int
    created_at: datetime = Field(index=True)

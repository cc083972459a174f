"""Files on their way in: the queue and journal of imports, the rows they were refused, the tokens of machines."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Column, Index
from sqlmodel import Field

from energo_cabinet.models.row import Row
from energo_cabinet.models.types import enum_type


class ImportWay(StrEnum):
    """How a file came."""

    UPLOAD = "upload"
    FOLDER = "folder"
    DROP = "drop"
    COMMAND = "command"


class ImportStatus(StrEnum):
    """`PARTIAL`: stored without the rows that were refused; `FAILED`: a fault of ours, not of the file."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    PARTIAL = "partial"
    REFUSED = "refused"
    CANCELLED = "cancelled"
    FAILED = "failed"


class ImportJob(Row, table=True):
    """One file and what became of it. `key` names its bytes until `file_gone_at`; `sender`: a person, token or folder.

    `searched`: name and sender case-folded. A job `RUNNING` belongs to the process `owner` until `leased_until`.
    `settled_at`: a watched folder has its answer.
    """

    __tablename__ = "import_job"
    __table_args__ = (
        Index("ix_import_job_journal", "supplier_id", "id"),
        Index("ix_import_job_queue", "status", "id"),
    )

    key: str = Field(max_length=40, unique=True)
    supplier_id: int = Field(foreign_key="supplier.id")
    way: ImportWay = Field(sa_type=enum_type(ImportWay))
    member_id: int | None = None
    token_id: int | None = Field(default=None, index=True)
    sender: str = Field(default="", max_length=200)
    name: str = Field(max_length=255)
    size: int
    sha256: str = Field(max_length=64)
    searched: str = Field(default="", max_length=540)
    options: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    status: ImportStatus = Field(default=ImportStatus.WAITING, sa_type=enum_type(ImportStatus))
    created_at: datetime
    started_at: datetime | None = None
    finished_at: datetime | None = None
    settled_at: datetime | None = None
    file_gone_at: datetime | None = None
    owner: str = Field(default="", max_length=40)
    leased_until: datetime | None = None
    attempts: int = 0
    is_cancel_asked: bool = False
    progress_done: int = 0
    progress_total: int = 0
    kind: str = Field(default="", max_length=40)
    points: int = 0
    stored: int = 0
    replaced: int = 0
    unchanged: int = 0
    refused: int = 0
    warnings: list[dict[str, Any]] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))


class ImportRefusal(Row, table=True):
    """A row, or all of a file, that was not taken: text `import.<code>` with params; `line` 0 for no single line."""

    __tablename__ = "import_refusal"
    __table_args__ = (Index("ix_import_refusal_job", "job_id", "id"),)

    job_id: int = Field(foreign_key="import_job.id")
    member: str = Field(default="", max_length=200)
    line: int = 0
    code: str = Field(max_length=40)
    params: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))


class ImportToken(Row, table=True):
    """What a machine of a supplier sends files with; shown once, kept as SHA-256, told apart by its `ending`."""

    __tablename__ = "import_token"

    supplier_id: int = Field(foreign_key="supplier.id", index=True)
    name: str = Field(max_length=100)
    token_sha256: str = Field(max_length=64, unique=True)
    ending: str = Field(max_length=8)
    created_by: str = Field(default="", max_length=200)
    created_at: datetime
    last_used_at: datetime | None = None
    revoked_at: datetime | None = None

"""Readings that a customer has sent to the supplier (F-5) and what became of them."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, Column, Index, UniqueConstraint
from sqlmodel import Field

from energo_cabinet.models.row import Row
from energo_cabinet.models.types import enum_type


class SubmissionStatus(StrEnum):
    """«отправлено → принято → учтено / отклонено»."""

    SENT = "sent"
    ACCEPTED = "accepted"
    COUNTED = "counted"
    REJECTED = "rejected"


class ReadingSubmission(Row, table=True):
    """One submission: Wh on the meter's own registers by zone, as `MeterReading`.

    `form_key`: made with the form, so that a double click sends once. `doubts`: codes of domain.reading.check that the
    customer confirmed; with any the supplier decides. `used_wh`: by zone since the reading before, where one is known.
    """

    __tablename__ = "reading_submission"
    __table_args__ = (
        UniqueConstraint("user_id", "form_key"),
        Index("ix_reading_submission_point", "point_id", "id"),
        Index("ix_reading_submission_status", "status", "contract_id"),
    )

    point_id: int = Field(foreign_key="metering_point.id")
    contract_id: int = Field(foreign_key="contract.id")
    meter_id: int = Field(foreign_key="meter.id")
    user_id: int = Field(foreign_key="user_account.id")
    form_key: str = Field(max_length=64)
    read_at: datetime
    registers_wh: dict[str, int] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    used_wh: dict[str, int] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    doubts: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    status: SubmissionStatus = Field(default=SubmissionStatus.SENT, sa_type=enum_type(SubmissionStatus))
    reason: str = Field(default="", max_length=300)
    created_at: datetime
    decided_at: datetime | None = None

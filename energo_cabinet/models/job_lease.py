"""Who does the background work: one worker at a time holds the lease of a job."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field, SQLModel


class JobLease(SQLModel, table=True):
    """`owner` does the job `name` until `held_until`, and longer if it says so in time."""

    __tablename__ = "job_lease"

    name: str = Field(max_length=40, primary_key=True)
    owner: str = Field(max_length=40)
    held_until: datetime

"""Interval values: one row per series and local day (STORAGE.md), never one row per interval."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, Column, Integer, LargeBinary, UniqueConstraint
from sqlmodel import Field, SQLModel

from energo_cabinet.models.row import Row


class ProfileSeries(Row, table=True):
    """A channel of a metering point. `is_primary`: values already carry the transformer ratio."""

    __tablename__ = "profile_series"
    __table_args__ = (UniqueConstraint("point_id", "channel"),)

    point_id: int = Field(foreign_key="metering_point.id")
    channel: str = Field(max_length=8)
    description: str = Field(default="", max_length=200)
    is_primary: bool = True


class ProfileDay(SQLModel, table=True):
    """Interval values of one series on one local day.

    `day`: days since 1970-01-01 in the point's zone. `vals`: slots × int32 little-endian, Wh (varh),
    INT32_MIN = missing. `q`: slots × uint8 ReadingQuality, None = all valid. `n`: values present; `total`: their sum.
    """

    __tablename__ = "profile_day"
    __table_args__ = ({"sqlite_with_rowid": False},)

    series_id: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False))
    day: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False))
    step_min: int
    n: int
    total: int = Field(sa_column=Column(BigInteger, nullable=False))
    vals: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    q: bytes | None = Field(default=None, sa_column=Column(LargeBinary))
    file_id: int | None = None


class ProfileDayVersion(Row, table=True):
    """A day as it was before a later file replaced it: file, number and time stay on record."""

    __tablename__ = "profile_day_version"

    series_id: int = Field(index=True)
    day: int
    step_min: int
    n: int
    total: int = Field(sa_column=Column(BigInteger, nullable=False))
    vals: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    q: bytes | None = Field(default=None, sa_column=Column(LargeBinary))
    file_id: int | None
    replaced_at: datetime
    replaced_by_file_id: int | None = Field(default=None, index=True)


class ImportFile(Row, table=True):
    """One file as it came: what every stored value points back to (F-9)."""

    __tablename__ = "import_file"

    supplier_id: int = Field(foreign_key="supplier.id", index=True)
    job_id: int | None = Field(default=None, foreign_key="import_job.id", index=True)
    name: str = Field(max_length=255)
    sha256: str = Field(max_length=64)
    format: str = Field(max_length=20)
    message_number: int | None = None
    imported_at: datetime
    values: int = 0
    stored: int = 0
    replaced: int = 0
    unchanged: int = 0

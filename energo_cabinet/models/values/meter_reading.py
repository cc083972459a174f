"""Register readings: the value a meter shows at an instant, per channel and zone."""

from __future__ import annotations

from datetime import datetime
from enum import IntEnum, StrEnum

from sqlalchemy import BigInteger, Column
from sqlmodel import Field, SQLModel

from energo_cabinet.models.row import Row


class Channel(StrEnum):
    """Measuring channel; 80020 codes 01…04. Other codes of a file are kept as they are."""

    A_PLUS = "A+"
    A_MINUS = "A-"
    R_PLUS = "R+"
    R_MINUS = "R-"


class ReadingQuality(IntEnum):
    """Quality of a value (CIM: ReadingQuality); a byte per slot in `ProfileDay.q`."""

    VALID = 0
    ESTIMATED = 1
    MANUAL = 2
    NON_COMMERCIAL = 3
    MISSING = 4


class MeterReading(SQLModel, table=True):
    """Показание: Wh (varh) on the meter's own register, before the transformer ratio. zone "T0" is the total."""

    __tablename__ = "meter_reading"

    point_id: int = Field(foreign_key="metering_point.id", primary_key=True)
    channel: str = Field(primary_key=True, max_length=8)
    zone: str = Field(primary_key=True, max_length=2)
    read_at: datetime = Field(primary_key=True)
    meter_id: int | None = Field(default=None, foreign_key="meter.id")
    register_wh: int = Field(sa_column=Column(BigInteger, nullable=False))
    quality: int = ReadingQuality.VALID
    file_id: int | None = Field(default=None, foreign_key="import_file.id")


class MeterReadingVersion(Row, table=True):
    """A reading as it was before a later file replaced it (F-9)."""

    __tablename__ = "meter_reading_version"

    point_id: int = Field(index=True)
    channel: str = Field(max_length=8)
    zone: str = Field(max_length=2)
    read_at: datetime
    register_wh: int = Field(sa_column=Column(BigInteger, nullable=False))
    quality: int
    file_id: int | None
    replaced_at: datetime
    replaced_by_file_id: int | None = Field(default=None, index=True)

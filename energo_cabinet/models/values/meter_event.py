"""Journal of a metering point: what its meters recorded, payload kept (Н-103…Н-113, Э-57)."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, String
from sqlmodel import Field, SQLModel

LONGEST_RAW = 1000


class MeterEvent(SQLModel, table=True):
    """Событие журнала (CIM: EndDeviceEvent); one row an event, a beginning and its end joined.

    `started_s`, `ended_s`: epoch seconds; `ended_s` None for what is not over, not told or does not last.
    `meter_started_s`, `meter_ended_s`: wall-clock seconds of the meter's own clock, as it wrote them, and
    `meter_offset_min`, the UTC offset that clock keeps (Н-110); the zone to show times in is the point's.
    `night`: local month (year × 12 + month − 1) of an event between 0 and 6 o'clock, by which repeats are folded.
    """

    __tablename__ = "meter_event"
    __table_args__ = (
        Index("ix_meter_event_code", "point_id", "code", "started_s"),
        Index("ix_meter_event_severity", "point_id", "severity", "started_s"),
        {"sqlite_with_rowid": False},
    )

    point_id: int = Field(
        sa_column=Column(Integer, ForeignKey("metering_point.id"), primary_key=True, autoincrement=False)
    )
    started_s: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    code: str = Field(sa_column=Column(String(24), primary_key=True))
    mark: str = Field(max_length=5)
    ended_s: int | None = Field(default=None, sa_column=Column(BigInteger))
    meter_started_s: int | None = Field(default=None, sa_column=Column(BigInteger))
    meter_ended_s: int | None = Field(default=None, sa_column=Column(BigInteger))
    meter_offset_min: int | None = None
    severity: int
    area: str = Field(max_length=10)
    phase: int = 0
    stated_s: int | None = None
    shift_s: int | None = None
    doubt: str = Field(default="", max_length=8)
    night: int | None = None
    raw: str = Field(default="", max_length=LONGEST_RAW)
    file_id: int | None = Field(default=None, foreign_key="import_file.id")

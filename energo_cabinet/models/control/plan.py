"""Plans by hour: one row per target and local day, as measured values are kept (F-7, R-28)."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, LargeBinary
from sqlmodel import Field, SQLModel

from energo_cabinet.models.row import Row
from energo_cabinet.models.types import enum_type


class PlanSource(StrEnum):
    """Where a day of a plan came from."""

    TYPED = "typed"
    COPIED = "copied"
    FILE = "file"


class PlanDay(SQLModel, table=True):
    """The plan of a target for one local day.

    `day`: days since 1970-01-01 in the target's zone. `vals`: hours × int32 little-endian, Wh, INT32_MIN = no plan.
    `prices`: price of a deviation by hour, kopecks per MWh, the same way; None without any. `total`: Wh of `n` hours.
    """

    __tablename__ = "plan_day"
    __table_args__ = ({"sqlite_with_rowid": False},)

    target_id: int = Field(
        sa_column=Column(Integer, ForeignKey("control_target.id"), primary_key=True, autoincrement=False)
    )
    day: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False))
    n: int
    total: int = Field(sa_column=Column(BigInteger, nullable=False))
    vals: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    prices: bytes | None = Field(default=None, sa_column=Column(LargeBinary))
    source: PlanSource = Field(sa_type=enum_type(PlanSource))
    file_name: str = Field(default="", max_length=255)
    changed_at: datetime
    changed_by: int | None = None


class PlanDayVersion(Row, table=True):
    """A day of a plan as it was before somebody changed it: who and when stay on record."""

    __tablename__ = "plan_day_version"

    target_id: int = Field(index=True)
    day: int
    n: int
    total: int = Field(sa_column=Column(BigInteger, nullable=False))
    vals: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    prices: bytes | None = Field(default=None, sa_column=Column(LargeBinary))
    source: PlanSource = Field(sa_type=enum_type(PlanSource))
    file_name: str = Field(default="", max_length=255)
    changed_at: datetime
    changed_by: int | None = None
    replaced_at: datetime
    replaced_by: int | None = None

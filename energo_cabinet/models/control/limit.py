"""What is watched (a point or a group of points), its limits, and the intervals in which they were violated (F-7)."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, Column, Index, LargeBinary, UniqueConstraint
from sqlmodel import Field, SQLModel

from energo_cabinet.models.row import Row
from energo_cabinet.models.types import enum_type


class LimitKind(StrEnum):
    """What a limit bounds: energy of an hour, a day, a month (Н-94…Н-96), power, the corridor of the plan."""

    HOUR = "hour"
    DAY = "day"
    MONTH = "month"
    POWER = "power"
    PLAN = "plan"


class ControlTarget(Row, table=True):
    """A point (`point_id`), or a group of points of one contract under a `name`, with limits of its own.

    Limits: None as in the point's passport, 0 not set. `…_after`: intervals in a row after which people are notified.
    `plan_bp`: corridor of the plan in hundredths of a percent.
    """

    __tablename__ = "control_target"

    point_id: int | None = Field(default=None, foreign_key="metering_point.id", unique=True)
    contract_id: int | None = Field(default=None, foreign_key="contract.id", index=True)
    name: str = Field(default="", max_length=100)
    hour_wh: int | None = Field(default=None, sa_column=Column(BigInteger))
    day_wh: int | None = Field(default=None, sa_column=Column(BigInteger))
    month_wh: int | None = Field(default=None, sa_column=Column(BigInteger))
    power_w: int | None = Field(default=None, sa_column=Column(BigInteger))
    plan_bp: int | None = None
    hour_after: int = 2
    day_after: int = 1
    month_after: int = 1
    power_after: int = 2
    plan_after: int = 2
    changed_at: datetime | None = None
    changed_by: int | None = Field(default=None, foreign_key="user_account.id")


class ControlMember(SQLModel, table=True):
    """A point of a group."""

    __tablename__ = "control_member"

    target_id: int = Field(foreign_key="control_target.id", primary_key=True)
    point_id: int = Field(foreign_key="metering_point.id", primary_key=True, index=True)


class ControlState(SQLModel, table=True):
    """How a target stands after its newest values. `figures`: of every LimitKind value, bound, end (epoch s), int64."""

    __tablename__ = "control_state"

    target_id: int = Field(foreign_key="control_target.id", primary_key=True)
    day: int
    figures: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class ControlDue(SQLModel, table=True):
    """Days of a target that have new values and wait for their evaluation."""

    __tablename__ = "control_due"

    target_id: int = Field(foreign_key="control_target.id", primary_key=True)
    first_day: int
    last_day: int


class Violation(Row, table=True):
    """Intervals in a row outside a limit, within one local day (`day`, as ProfileDay.day; of a month its first).

    `direction`: 1 above, −1 below. `value` and `bound` of the worst interval, at `worst_s`: Wh, or W of power.
    `excess_wh`: what lies outside, over all intervals. `withdrawn_at`: later data took it back, its comment stays.
    """

    __table_args__ = (
        UniqueConstraint("target_id", "kind", "started_s"),
        Index("ix_violation_day", "target_id", "day"),
    )

    target_id: int = Field(foreign_key="control_target.id")
    kind: LimitKind = Field(sa_type=enum_type(LimitKind))
    day: int
    started_s: int = Field(sa_column=Column(BigInteger, nullable=False))
    ended_s: int = Field(sa_column=Column(BigInteger, nullable=False))
    direction: int
    intervals: int
    value: int = Field(sa_column=Column(BigInteger, nullable=False))
    bound: int = Field(sa_column=Column(BigInteger, nullable=False))
    worst_s: int = Field(sa_column=Column(BigInteger, nullable=False))
    excess_wh: int = Field(sa_column=Column(BigInteger, nullable=False))
    evaluated_at: datetime
    acknowledged_at: datetime | None = None
    acknowledged_by: int | None = Field(default=None, foreign_key="user_account.id")
    comment: str = Field(default="", max_length=500)
    withdrawn_at: datetime | None = None

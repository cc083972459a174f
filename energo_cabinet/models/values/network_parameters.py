"""Parameters of the network at a point (Э-60): the newest snapshot, series by local day, what U is judged against.

Never a row per interval: a series is a quantity of a point at a step, a row one local day of it (STORAGE.md).
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from sqlalchemy import JSON, Column, Integer, LargeBinary, UniqueConstraint
from sqlmodel import Field, SQLModel

from energo_cabinet.models.row import Row
from energo_cabinet.models.types import ExactDecimal


class NetworkParameters(SQLModel, table=True):
    """The newest values of a point, measured together. `facts`: quantity → value in its stored unit."""

    __tablename__ = "network_parameters"

    point_id: int = Field(primary_key=True, foreign_key="metering_point.id")
    measured_at: datetime
    facts: dict[str, int] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    file_id: int | None = None


class NetworkSeries(Row, table=True):
    """A quantity (`domain.network.network.QUANTITIES`) of a point every `step_min` minutes; 10: averages."""

    __tablename__ = "network_series"
    __table_args__ = (UniqueConstraint("point_id", "quantity", "step_min"),)

    point_id: int = Field(foreign_key="metering_point.id")
    quantity: str = Field(max_length=8)
    step_min: int


class NetworkDay(SQLModel, table=True):
    """Values of a series on one local day. `day`, `vals` as in ProfileDay, but signed and in the quantity's unit."""

    __tablename__ = "network_day"
    __table_args__ = ({"sqlite_with_rowid": False},)

    series_id: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False))
    day: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False))
    n: int
    vals: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    file_id: int | None = None


class NetworkNorm(SQLModel, table=True):
    """What the voltage of a point is judged by (R-11, R-16). `source`: who says so.

    `…_v` of the meter are its own set-points, None where nobody told them: they are shown, never assumed.
    """

    __tablename__ = "network_norm"

    point_id: int = Field(primary_key=True, foreign_key="metering_point.id")
    nominal_v: Decimal | None = Field(default=None, sa_column=Column(ExactDecimal))
    source: str = Field(default="", max_length=200)
    meter_min_v: Decimal | None = Field(default=None, sa_column=Column(ExactDecimal))
    meter_low_v: Decimal | None = Field(default=None, sa_column=Column(ExactDecimal))
    meter_high_v: Decimal | None = Field(default=None, sa_column=Column(ExactDecimal))
    meter_max_v: Decimal | None = Field(default=None, sa_column=Column(ExactDecimal))

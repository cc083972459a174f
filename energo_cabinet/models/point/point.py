"""Metering points, meters and which meter stood where when (Н-72…Н-96, Н-149…Н-153)."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import Column, Index, UniqueConstraint
from sqlmodel import Field

from energo_cabinet.models.row import Row
from energo_cabinet.models.types import ExactDecimal, enum_type


class Resource(StrEnum):
    """Energy resource (Э-62, Н-161)."""

    ELECTRICITY = "electricity"
    HEAT = "heat"
    COLD_WATER = "cold_water"
    HOT_WATER = "hot_water"
    GAS = "gas"


class MeteringPoint(Row, table=True):
    """Точка учёта (CIM: MeteringPoint). `number` is unique within its supplier; days are local to `zone_name`.

    `feeder`: фидер, the line of the grid that feeds it, as the supplier calls it; "" where nobody told.
    """

    __tablename__ = "metering_point"
    __table_args__ = (
        UniqueConstraint("supplier_id", "number"),
        Index("ix_metering_point_contract", "contract_id", "number"),
    )

    supplier_id: int = Field(foreign_key="supplier.id")
    contract_id: int | None = Field(default=None, foreign_key="contract.id")
    number: str = Field(max_length=60)
    name: str = Field(max_length=200)
    resource: Resource = Field(default=Resource.ELECTRICITY, sa_type=enum_type(Resource))
    place: str = Field(default="", max_length=200)
    address: str = Field(default="", max_length=300)
    feeder: str = Field(
        default="",
        max_length=60,
    )
    delivery_point_code: str = Field(default="", max_length=60)
    zone_name: str = Field(default="Europe/Moscow", max_length=40)
    tariff_id: int | None = Field(default=None, foreign_key="tariff.id")
    current_ratio: Decimal = Field(default=Decimal(1), sa_column=Column(ExactDecimal, nullable=False))
    voltage_ratio: Decimal = Field(default=Decimal(1), sa_column=Column(ExactDecimal, nullable=False))
    loss_factor: Decimal = Field(default=Decimal(1), sa_column=Column(ExactDecimal, nullable=False))
    power_limit_kw: Decimal | None = Field(default=None, sa_column=Column(ExactDecimal))
    norm_hour_kwh: Decimal = Field(default=Decimal(0), sa_column=Column(ExactDecimal, nullable=False))
    norm_day_kwh: Decimal = Field(default=Decimal(0), sa_column=Column(ExactDecimal, nullable=False))
    norm_month_kwh: Decimal = Field(default=Decimal(0), sa_column=Column(ExactDecimal, nullable=False))


class RelayState(StrEnum):
    """State of the load control relay (Н-90)."""

    ON = "on"
    OFF = "off"


class Meter(Row, table=True):
    """Прибор учёта. Dates that nobody told are None and shown as «—».

    The register shows `register_digits` digits before the comma and `register_decimals` after it, in kWh.
    """

    __table_args__ = (UniqueConstraint("supplier_id", "serial_number", "model"),)

    supplier_id: int = Field(foreign_key="supplier.id", index=True)
    serial_number: str = Field(max_length=60)
    model: str = Field(default="", max_length=120)
    registry_number: str = Field(default="", max_length=40)
    accuracy_class: str = Field(default="", max_length=20)
    nominal_voltage: str = Field(default="", max_length=40)
    current_range: str = Field(default="", max_length=40)
    is_smart: bool = False
    zone_count: int = 1
    register_digits: int = 6
    register_decimals: int = 2
    relay_state: RelayState | None = Field(default=None, sa_type=enum_type(RelayState))
    commissioned_on: date | None = None
    last_verification_on: date | None = None
    next_verification_on: date | None = None
    last_inspection_on: date | None = None


class MeterInstallation(Row, table=True):
    """A meter on a point from a day on (Н-149); at most one is open per point and per meter (Н-151).

    `installed_at`, `removed_at`: the instants, where somebody told them.
    """

    __tablename__ = "meter_installation"

    point_id: int = Field(foreign_key="metering_point.id", index=True)
    meter_id: int = Field(foreign_key="meter.id", index=True)
    installed_on: date
    removed_on: date | None = None
    installed_at: datetime | None = None
    removed_at: datetime | None = None

"""Tariffs: zones of the day and their prices with validity dates (R-24)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import Column, UniqueConstraint
from sqlmodel import Field, SQLModel

from energo_cabinet.models.row import Row
from energo_cabinet.models.types import ExactDecimal, enum_type


class TariffZone(StrEnum):
    """Тарифная зона: T1 day or peak, T2 night, T3 half-peak; the register of a one-rate meter is T1."""

    T1 = "T1"
    T2 = "T2"
    T3 = "T3"
    T4 = "T4"


class Tariff(Row, table=True):
    """A supplier's tariff. Legal numbers come as data with `source`, never as constants."""

    __table_args__ = (UniqueConstraint("supplier_id", "code"),)

    supplier_id: int = Field(foreign_key="supplier.id", index=True)
    code: str = Field(max_length=40)
    name: str = Field(max_length=120)
    source: str = Field(default="", max_length=300)


class TariffZonePeriod(SQLModel, table=True):
    """Minutes of the local day [start, end) that belong to a zone; a zone across midnight is two rows."""

    __tablename__ = "tariff_zone_period"

    tariff_id: int = Field(foreign_key="tariff.id", primary_key=True)
    start_minute: int = Field(primary_key=True, ge=0, le=1440)
    end_minute: int = Field(ge=0, le=1440)
    zone: TariffZone = Field(sa_type=enum_type(TariffZone))


class TariffPrice(SQLModel, table=True):
    """Price of a zone from a day on, RUB per kWh."""

    __tablename__ = "tariff_price"

    tariff_id: int = Field(foreign_key="tariff.id", primary_key=True)
    zone: TariffZone = Field(primary_key=True, sa_type=enum_type(TariffZone))
    valid_from: date = Field(primary_key=True)
    price_rub_per_kwh: Decimal = Field(sa_column=Column(ExactDecimal, nullable=False))

"""Measuring transformers of a point, by phase (Н-114…Н-127)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import Column, UniqueConstraint
from sqlmodel import Field

from energo_cabinet.models.row import Row
from energo_cabinet.models.types import ExactDecimal, enum_type


class TransformerKind(StrEnum):
    """ТТ or ТН."""

    CURRENT = "current"
    VOLTAGE = "voltage"


class Transformer(Row, table=True):
    """Трансформатор тока или напряжения (CIM: CurrentTransformer, PotentialTransformer); unknown dates are None."""

    __table_args__ = (UniqueConstraint("point_id", "phase", "kind"),)

    point_id: int = Field(foreign_key="metering_point.id")
    phase: int
    kind: TransformerKind = Field(sa_type=enum_type(TransformerKind))
    model: str = Field(default="", max_length=120)
    serial_number: str = Field(default="", max_length=60)
    registry_number: str = Field(default="", max_length=40)
    place: str = Field(default="", max_length=200)
    commissioned_on: date | None = None
    last_verification_on: date | None = None
    next_verification_on: date | None = None
    nominal_voltage: str = Field(default="", max_length=40)
    nominal_frequency_hz: Decimal | None = Field(default=None, sa_column=Column(ExactDecimal))
    primary_current_a: Decimal | None = Field(default=None, sa_column=Column(ExactDecimal))
    secondary_current_a: Decimal | None = Field(default=None, sa_column=Column(ExactDecimal))
    accuracy_class: str = Field(default="", max_length=20)
    comment: str = Field(default="", max_length=500)

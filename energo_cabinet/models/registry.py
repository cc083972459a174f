"""What the registry has beside points, meters and tariffs: normatives, and registry files on their way in."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Column, Index
from sqlmodel import Field, SQLModel

from energo_cabinet.models.row import Row
from energo_cabinet.models.types import ExactDecimal, enum_type


class Normative(Row, table=True):
    """Норматив: a number the law or the region sets, with its days and where it comes from [K]."""

    __table_args__ = (Index("ix_normative_supplier", "supplier_id", "name", "valid_from"),)

    supplier_id: int = Field(foreign_key="supplier.id")
    name: str = Field(max_length=200)
    value: Decimal = Field(sa_column=Column(ExactDecimal, nullable=False))
    unit: str = Field(max_length=40)
    valid_from: date
    valid_to: date | None = None
    source: str = Field(max_length=300)


class RegistryImportStatus(StrEnum):
    """PREVIEW: shown, nothing written. STALE: the registry changed since. APPLIED: written. DROPPED: given up."""

    PREVIEW = "preview"
    STALE = "stale"
    APPLIED = "applied"
    DROPPED = "dropped"


class RegistryKind(StrEnum):
    """What a registry file tells: points with their meters, prices of tariffs, or normatives."""

    POINTS = "points"
    PRICES = "prices"
    NORMATIVES = "normatives"


class RegistryImport(Row, table=True):
    """A registry file that was read: counts of its rows by what becomes of them."""

    __tablename__ = "registry_import"
    __table_args__ = (Index("ix_registry_import_supplier", "supplier_id", "id"),)

    supplier_id: int = Field(foreign_key="supplier.id")
    name: str = Field(max_length=255)
    sha256: str = Field(max_length=64)
    status: RegistryImportStatus = Field(default=RegistryImportStatus.PREVIEW, sa_type=enum_type(RegistryImportStatus))
    kind: RegistryKind = Field(default=RegistryKind.POINTS, sa_type=enum_type(RegistryKind))
    created_at: datetime
    applied_at: datetime | None = None
    new: int = 0
    changed: int = 0
    same: int = 0
    refused: int = 0


class RegistryImportRow(SQLModel, table=True):
    """A row of such a file and its fate. `cells`: column → text; `changes`: [field, old, new].

    `errors`, `reasons`: [code, column, params]; `is_other`: its fate is not what was shown before.
    """

    __tablename__ = "registry_import_row"

    import_id: int = Field(foreign_key="registry_import.id", primary_key=True)
    line: int = Field(primary_key=True)
    fate: str = Field(max_length=8)
    cells: dict[str, str] = Field(sa_column=Column(JSON, nullable=False))
    errors: list[Any] = Field(sa_column=Column(JSON, nullable=False))
    changes: list[Any] = Field(sa_column=Column(JSON, nullable=False))
    reasons: list[Any] = Field(sa_column=Column(JSON, nullable=False))
    is_other: bool = False


class RegistryChange(Row, table=True):
    """What was changed about a point, by whom: `what` names the form, `changes`: [field, old, new]."""

    __tablename__ = "registry_change"
    __table_args__ = (Index("ix_registry_change_point", "point_id", "id"),)

    point_id: int = Field(foreign_key="metering_point.id")
    at: datetime
    by: str = Field(max_length=200)
    what: str = Field(max_length=20)
    changes: list[Any] = Field(sa_column=Column(JSON, nullable=False))

"""Column types that behave alike on SQLite and PostgreSQL."""

from __future__ import annotations

from decimal import Decimal
from enum import Enum
from typing import Any

from sqlalchemy import Dialect, Numeric, String
from sqlalchemy import Enum as EnumColumn
from sqlalchemy.types import TypeDecorator, TypeEngine


class ExactDecimal(TypeDecorator[Decimal]):
    """Decimal without loss: NUMERIC on PostgreSQL, text on SQLite (which would make it a float)."""

    impl = Numeric(18, 6)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Choose the column type of the dialect."""
        return dialect.type_descriptor(String(32) if dialect.name == "sqlite" else Numeric(18, 6))

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> Any:
        """Decimal to what the dialect stores."""
        return str(value) if value is not None and dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        """What the dialect stored to Decimal."""
        return None if value is None else Decimal(value)


def enum_type(cls: type[Enum]) -> Any:
    """A text column of the enum's values (no native enum: a new member needs no migration)."""
    return EnumColumn(cls, native_enum=False, length=16, values_callable=lambda e: [str(m.value) for m in e])

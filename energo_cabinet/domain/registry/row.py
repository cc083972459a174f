"""A row of a registry file: a metering point and, when a serial is given, a meter that stands or stood there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from energo_cabinet.domain.typed import stored_day

POINT_TEXTS = {"name": 200, "address": 300, "place": 200, "delivery_point_code": 60, "zone_name": 40}
POINT_NUMBERS = ("current_ratio", "voltage_ratio", "power_limit_kw")
POINT_KEYS = ("contract", "tariff")
"""Number of a contract, code of a tariff: rows that must be known."""

METER_TEXTS = {"registry_number": 40, "accuracy_class": 20, "nominal_voltage": 40, "current_range": 40}
METER_DAYS = ("commissioned_on", "last_verification_on", "next_verification_on")

POINT_FACTS = (*POINT_TEXTS, *POINT_NUMBERS, *POINT_KEYS)
METER_FACTS = (*METER_TEXTS, "zone_count", *METER_DAYS)

RowKind = Literal["points", "prices", "normatives"]
"""What a file tells: points and meters, prices of tariffs, or normatives."""

Params = Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a row is refused: text `registry.reason.<code>`; `column` it stands in, "" for the row as a whole."""

    code: str
    column: str = ""
    params: Params = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RegistryRow:
    """What a line says: column → text in one form (ISO days, plain numbers); "" leaves what is known as it is."""

    line: int
    cells: Mapping[str, str]
    errors: tuple[Reason, ...] = ()
    kind: RowKind = "points"

    def get(self, column: str) -> str:
        """The column's text."""
        return self.cells.get(column, "")

    def day(self, column: str) -> date | None:
        """The column's day."""
        return stored_day(self.get(column))

    def registers(self, column: str) -> tuple[int, ...]:
        """Wh of each zone, of «123.4/567.8»."""
        text = self.get(column)
        return tuple(int(Decimal(part) * 1000) for part in text.split("/")) if text else ()

    @property
    def point(self) -> str:
        """Number of the point."""
        return self.get("point")

    @property
    def serial(self) -> str:
        """Serial number of the meter, "" in a row about a point alone."""
        return self.get("serial")


def plain(value: Decimal | None) -> str:
    """A number in one form, so that 40 and 40.000 are the same; "" for None."""
    if value is None:
        return ""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text

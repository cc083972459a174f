"""How a file is to be read: what an interval table does not say about itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

UNITS = {"wh": "1", "kwh": "1000", "mwh": "1000000", "w": "1", "kw": "1000", "mw": "1000000"}
POWER_UNITS = frozenset({"w", "kw", "mw"})


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """`zone_name`: IANA zone of local times; `meter_zone`: of a meter's own clock in journals (empty: find out).

    `kind`: "readings" for a table whose header does not say so. The rest concerns interval tables; empty: find out.
    """

    zone_name: str
    stamp: str = ""
    unit: str = "kwh"
    time_column: str = ""
    value_columns: Mapping[str, str] = field(default_factory=dict)
    point_column: str = ""
    point: str = ""
    delimiter: str = ""
    decimal: str = ""
    step_min: int = 0
    meter_zone: str = ""
    kind: str = ""

    def to_wire(self) -> dict[str, Any]:
        """JSON-ready form."""
        return asdict(self)

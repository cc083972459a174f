"""Quantities of a point over a period on an even grid of instants (Э-60)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import numpy as np

from energo_cabinet.domain.network.network import PHASES, QUANTITIES, Values
from energo_cabinet.domain.network.voltage import VoltageNorm, VoltageQuality, judge
from energo_cabinet.domain.time.local_day import midnight, midnights
from energo_cabinet.domain.values.profile_day import MISSING


@dataclass(frozen=True, slots=True)
class PointNorm:
    """What the voltage is judged by. `origin`: "point", "meter" or "setting"; `source`: in whose words.

    `set_points`: the meter's own min, low, high, max, V; None where nobody told them (R-16).
    """

    norm: VoltageNorm
    origin: str
    source: str
    set_points: tuple[Decimal | None, ...]
    frequency_limit_hz: Decimal


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The newest values of a point in their units; `measured_at` local and aware."""

    measured_at: datetime
    is_fresh: bool
    facts: Mapping[str, float]


@dataclass(frozen=True, eq=False)
class NetworkPeriod:
    """Values in stored units by quantity, all of one length, MISSING for a gap; slot i begins at `at(i)`."""

    point_id: int
    first: date
    last: date
    zone_name: str
    step_min: int
    values: Mapping[str, Values]

    @property
    def slots(self) -> int:
        """Slots of the period."""
        begins = midnights(self.first, self.last, self.zone_name)
        return -(-int(begins[-1] - begins[0]) // self.step_min)

    @property
    def reach(self) -> int:
        """Slots up to the last one with a value: what is still to come is no gap."""
        ends = (np.flatnonzero(own != MISSING) for own in self.values.values())
        return max((int(places[-1]) + 1 for places in ends if len(places)), default=0)

    @property
    def present(self) -> int:
        """Values that came, of all quantities."""
        return sum(int((own != MISSING).sum()) for own in self.values.values())

    def at(self, slot: int) -> datetime:
        """Local and aware beginning of a slot."""
        begin = midnight(self.first, self.zone_name) + timedelta(minutes=self.step_min * slot)
        return begin.astimezone(UTC).astimezone(ZoneInfo(self.zone_name))

    def shown(self, code: str, slot: int) -> float | None:
        """A value in its unit."""
        own = self.values.get(code)
        return None if own is None or own[slot] == MISSING else QUANTITIES[code].shown(int(own[slot]))

    def voltage(self, norm: VoltageNorm) -> dict[str, VoltageQuality]:
        """Phase → its quality; phases without a value are left out."""
        judged = {phase: judge(self.values[f"U{phase}"], self.step_min, norm) for phase in PHASES if self._has(phase)}
        return {phase: found for phase, found in judged.items() if found.present}

    def _has(self, phase: str) -> bool:
        return f"U{phase}" in self.values

"""Which tariff zone each interval of a local day belongs to (R-24)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from energo_cabinet.domain.time.local_day import DAY_MINUTES, day_minutes, slot_starts

SINGLE_ZONE = "T1"


@dataclass(frozen=True, slots=True)
class Schedule:
    """Zones of the local day: (start minute, end minute, zone); start > end crosses midnight.

    Minutes that no period names belong to the first zone; without periods there is one zone, T1.
    """

    periods: tuple[tuple[int, int, str], ...] = ()

    @property
    def zones(self) -> tuple[str, ...]:
        """Zones in order, at least one."""
        return _zones(self.periods)

    def slot_zones(self, day: date, zone_name: str, step_min: int) -> NDArray[np.int8]:
        """Index into `zones` of each interval of a local day, by the local time at which the interval begins."""
        if day_minutes(day, zone_name) == DAY_MINUTES:
            return _usual_day(self.periods, step_min)
        minutes = [t.hour * 60 + t.minute for t in slot_starts(day, zone_name, step_min)]
        return _minute_zones(self.periods)[minutes]

    def hours(self, zone: str) -> tuple[tuple[int, int], ...]:
        """Periods of a zone as people say them: joined across midnight, (1380, 420) is 23:00–07:00."""
        own = sorted((start, end) for start, end, z in self.periods if z == zone)
        if len(own) > 1 and own[0][0] == 0 and own[-1][1] == DAY_MINUTES:
            own = [*own[1:-1], (own[-1][0], own[0][1])]
        return tuple(own)


@lru_cache(maxsize=256)
def _zones(periods: tuple[tuple[int, int, str], ...]) -> tuple[str, ...]:
    return tuple(sorted({zone for _, _, zone in periods})) or (SINGLE_ZONE,)


@lru_cache(maxsize=256)
def _minute_zones(periods: tuple[tuple[int, int, str], ...]) -> NDArray[np.int8]:
    """Index of the zone of each of the 1440 minutes."""
    minutes = np.zeros(DAY_MINUTES, np.int8)
    zones = _zones(periods)
    for start, end, zone in periods:
        spans = [(start, end)] if start < end else [(start, DAY_MINUTES), (0, end)]
        for first, last in spans:
            minutes[first:last] = zones.index(zone)
    return minutes


@lru_cache(maxsize=256)
def _usual_day(periods: tuple[tuple[int, int, str], ...], step_min: int) -> NDArray[np.int8]:
    return _minute_zones(periods)[::step_min]

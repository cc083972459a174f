"""The part of a registry that a file speaks of, as it is and, row by row, as it will be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from energo_cabinet.domain.registry.row import RegistryRow

MeterKey = tuple[str, str]
"""Serial number and model."""

ONE_REGISTER = ("T0",)


@dataclass(slots=True)
class Stand:
    """A meter on a point from a day to a day, both its own; None: it stands there still."""

    point: str
    meter: MeterKey
    installed_on: date
    removed_on: date | None
    id: int | None = None
    is_changed: bool = False

    def overlaps(self, other: Stand) -> bool:
        """Whether both stand on some day; the day one goes may be the day the other comes."""
        start, end = max(self.installed_on, other.installed_on), min(self.end, other.end)
        return start < end or (self.installed_on == other.installed_on and start <= end)

    @property
    def end(self) -> date:
        """The day it goes, far ahead for a meter that stands."""
        return self.removed_on or date.max

    def close(self, on: date) -> None:
        """Take the meter off."""
        self.removed_on, self.is_changed = on, True


@dataclass(frozen=True, slots=True)
class Registers:
    """What a meter showed as it came or went, Wh of each zone."""

    point: str
    meter: MeterKey
    on: date
    wh: tuple[int, ...]
    is_final: bool


@dataclass(slots=True)
class RegistryModel:
    """Points and meters by what names them, who stood where; `last_registers`: point → zone → Wh read last.

    `tariffs`: code → zones. `zones`: point → zones of its registers. `noted`: registers of this file's installations.
    """

    points: dict[str, dict[str, str]] = field(default_factory=dict)
    meters: dict[MeterKey, dict[str, str]] = field(default_factory=dict)
    stands: list[Stand] = field(default_factory=list)
    contracts: frozenset[str] = frozenset()
    tariffs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    zones: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    last_registers: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    noted: list[Registers] = field(default_factory=list)
    _models: dict[str, set[str]] = field(default_factory=dict)
    _by_point: dict[str, list[Stand]] = field(default_factory=dict)
    _by_meter: dict[MeterKey, list[Stand]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for serial, name in self.meters:
            self._models.setdefault(serial, set()).add(name)
        known, self.stands = self.stands, []
        for stand in known:
            self.add(stand)

    def add(self, stand: Stand) -> None:
        """A meter on a point."""
        self.stands.append(stand)
        self._models.setdefault(stand.meter[0], set()).add(stand.meter[1])
        self._by_point.setdefault(stand.point, []).append(stand)
        self._by_meter.setdefault(stand.meter, []).append(stand)

    def note(self, registers: Registers) -> None:
        """Registers to be kept, where any were told."""
        if registers.wh:
            self.noted.append(registers)

    def models_of(self, serial: str) -> set[str]:
        """Models known under a serial number."""
        return self._models.get(serial, set())

    def meter_key(self, row: RegistryRow) -> MeterKey:
        """The meter a row means: where it names no model, the one that is known."""
        name = row.get("model") or next(iter(self.models_of(row.serial)), "")
        return row.serial, name

    def stands_of_point(self, point: str) -> list[Stand]:
        """Who stands or stood on a point."""
        return self._by_point.get(point, [])

    def stands_of_meter(self, meter: MeterKey) -> list[Stand]:
        """Where a meter stands or stood."""
        return self._by_meter.get(meter, [])

    def standing(self, point: str, meter: MeterKey, since: date | None) -> Stand | None:
        """The meter on that point since that day, or, without a day, standing there now."""
        for stand in self.stands_of_point(point):
            is_meant = stand.installed_on == since if since else stand.removed_on is None
            if stand.meter == meter and is_meant:
                return stand
        return None

    def replaced_by(self, row: RegistryRow) -> Stand | None:
        """The meter on the point that a row's meter takes the place of."""
        serial, since = row.get("replaces"), row.day("installed_on")
        for stand in self.stands_of_point(row.point) if serial else ():
            if stand.meter[0] == serial and stand.removed_on in (None, since):
                return stand
        return None

    def zones_of(self, row: RegistryRow) -> tuple[str, ...]:
        """Zones of the registers of a row's point."""
        by_tariff = self.tariffs.get(row.get("tariff"), ()) if row.get("tariff") else ()
        if len(by_tariff) > 1:
            return by_tariff
        return self.zones.get(row.point, ONE_REGISTER)

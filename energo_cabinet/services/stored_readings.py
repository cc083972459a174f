"""Reads of register readings that several use cases share; the caller has checked whose point it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from energo_cabinet.domain.clock import local_day, midnight
from energo_cabinet.domain.consumption_buckets import RegistersSeen
from energo_cabinet.domain.register_energy import SNAP, RegisterValue
from energo_cabinet.models import MeteringPoint, MeterReading

TOTAL_REGISTER = "T0"

Readings = Mapping[str, Sequence[RegisterValue]]


def readings_between(
    session: Session, point: MeteringPoint, channel: str, first: date, last: date, around: timedelta = SNAP
) -> Readings:
    """Readings by register, ascending, of the days `first`…`last` and `around` them.

    The total register is left out where zone registers are known.
    """
    start = midnight(first, point.zone_name) - around
    end = midnight(last + timedelta(days=1), point.zone_name) + around
    columns = (MeterReading.zone, MeterReading.read_at, MeterReading.register_wh)
    query = (
        select(*columns, MeterReading.meter_id, MeterReading.quality)  # type: ignore[call-overload]
        .where(
            MeterReading.point_id == point.id,
            MeterReading.channel == channel,
            col(MeterReading.read_at).between(start, end),
        )
        .order_by(col(MeterReading.read_at))
    )
    found: dict[str, list[RegisterValue]] = {}
    for zone, *value in session.execute(query):
        found.setdefault(zone, []).append(RegisterValue(*value))
    return {zone: found[zone] for zone in sorted(found) if zone != TOTAL_REGISTER or len(found) == 1}


def registers_seen(readings: Readings, zone_name: str) -> list[RegistersSeen]:
    """The newest registers of each local day, ascending; up to an hour after midnight closes the day before."""
    days: dict[date, dict[str, RegisterValue]] = {}
    for zone, values in readings.items():
        for value in values:
            days.setdefault(local_day(value.read_at - SNAP, zone_name), {})[zone] = value
    return [
        RegistersSeen(
            day=day,
            at=max(v.read_at for v in by_zone.values()).astimezone(UTC).astimezone(ZoneInfo(zone_name)),
            kwh={zone: Decimal(v.register_wh).scaleb(-3) for zone, v in by_zone.items()},
        )
        for day, by_zone in sorted(days.items())
    ]

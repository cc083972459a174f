"""Reads of register readings that several use cases share; the caller has checked whose point it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from energo_cabinet.domain.energy.consumption_buckets import RegistersSeen
from energo_cabinet.domain.energy.registers import SNAP, RegisterValue
from energo_cabinet.domain.time.local_day import local_day, midnight
from energo_cabinet.models import MeterReading
from energo_cabinet.services.values.profile_read import PointHead

TOTAL_REGISTER = "T0"

Readings = Mapping[str, Sequence[RegisterValue]]


_READINGS = (
    select(  # type: ignore[call-overload]
        MeterReading.zone,
        MeterReading.read_at,
        MeterReading.register_wh,
        MeterReading.meter_id,
        MeterReading.quality,
    )
    .where(
        MeterReading.point_id == bindparam("point"),
        MeterReading.channel == bindparam("channel"),
        col(MeterReading.read_at).between(bindparam("start"), bindparam("end")),
    )
    .order_by(col(MeterReading.read_at))
)


def readings_between(
    session: Session, point: PointHead, channel: str, first: date, last: date, around: timedelta = SNAP
) -> Readings:
    """Readings by register, ascending, of the days `first`…`last` and `around` them.

    The total register is left out where zone registers are known.
    """
    params = {
        "point": point.id,
        "channel": channel,
        "start": midnight(first, point.zone_name) - around,
        "end": midnight(last + timedelta(days=1), point.zone_name) + around,
    }
    found: dict[str, list[RegisterValue]] = {}
    for zone, *value in session.connection().execute(_READINGS, params):
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

"""What stands on points and what it showed last: facts of many points at once, by statements built once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlmodel import Session, col

from energo_cabinet.auth.access import Subject, prepare_points
from energo_cabinet.models import (
    Channel,
    Contract,
    ContractLink,
    Meter,
    MeteringPoint,
    MeterInstallation,
    MeterReading,
    ProfileDay,
    ProfileSeries,
    TariffZonePeriod,
)
from energo_cabinet.services.values.reading_pending import as_readings, newest_sent

# Building a statement costs more than running it.
ALL = {
    is_system: query.order_by(col(MeteringPoint.number)) for is_system, query in prepare_points(MeteringPoint).items()
}
OF_CONTRACT = {
    is_system: query.where(col(MeteringPoint.contract_id) == bindparam("contract")) for is_system, query in ALL.items()
}
_IDS: Any = bindparam("ids", expanding=True)
_METERS = (
    select(col(MeterInstallation.point_id), col(MeterInstallation.installed_on), Meter)
    .join(Meter, col(Meter.id) == MeterInstallation.meter_id)
    .where(col(MeterInstallation.point_id).in_(_IDS), col(MeterInstallation.removed_on).is_(None))
    .order_by(col(MeterInstallation.installed_on))
)
_ACTIVE = (col(MeterReading.point_id).in_(_IDS), col(MeterReading.channel) == Channel.A_PLUS)
_NEWEST = (
    select(col(MeterReading.point_id), func.max(col(MeterReading.read_at)).label("at"))
    .where(*_ACTIVE)
    .group_by(col(MeterReading.point_id))
    .subquery()
)
_LAST_READINGS = (
    select(MeterReading)
    .join(_NEWEST, (_NEWEST.c.point_id == col(MeterReading.point_id)) & (_NEWEST.c.at == col(MeterReading.read_at)))
    .where(*_ACTIVE)
)
_NEWEST_DAY = (
    select(func.max(col(ProfileDay.day))).where(col(ProfileDay.series_id) == ProfileSeries.id).scalar_subquery()
)
_PROFILES = (
    select(col(ProfileSeries.point_id), col(ProfileSeries.channel), _NEWEST_DAY)
    .where(col(ProfileSeries.point_id).in_(_IDS))
    .order_by(col(ProfileSeries.channel))
)
_NUMBERS = select(col(Contract.id), col(Contract.number)).where(col(Contract.id).in_(_IDS))
_TITLES = select(col(ContractLink.contract_id), col(ContractLink.title)).where(
    col(ContractLink.user_id) == bindparam("user"),
    col(ContractLink.contract_id).in_(_IDS),
    col(ContractLink.unlinked_at).is_(None),
)
_ZONES = select(col(TariffZonePeriod.zone)).where(col(TariffZonePeriod.tariff_id) == bindparam("tariff")).distinct()


def meters_of(session: Session, ids: Sequence[int]) -> dict[int, tuple[Meter, date]]:
    """Point → the meter standing there now and since when."""
    return {row[0]: (row[2], row[1]) for row in session.execute(_METERS, {"ids": ids})}


def last_readings_of(session: Session, ids: Sequence[int]) -> dict[int, list[MeterReading]]:
    """Point → readings of active energy at the newest instant."""
    found: dict[int, list[MeterReading]] = {}
    for reading in session.scalars(_LAST_READINGS, {"ids": ids}):
        found.setdefault(reading.point_id, []).append(reading)
    for point_id, sent in newest_sent(session, ids).items():
        if point_id not in found or found[point_id][0].read_at < sent.read_at:
            found[point_id] = as_readings(sent)  # the date moves on as soon as a reading is sent
    return found


def profiles_of(session: Session, ids: Sequence[int]) -> dict[int, list[tuple[str, int | None]]]:
    """Point → (channel, newest day with values) of its series."""
    found: dict[int, list[tuple[str, int | None]]] = {}
    for point_id, channel, day in session.execute(_PROFILES, {"ids": ids}):
        found.setdefault(point_id, []).append((channel, day))
    return found


def titles_of(session: Session, subject: Subject, points: Sequence[MeteringPoint]) -> dict[int, str]:
    """Contract → the caller's name for it; its number for the system."""
    ids = sorted({p.contract_id for p in points if p.contract_id})
    if subject.user_id is None:
        return _pairs(session.execute(_NUMBERS, {"ids": ids}))
    return _pairs(session.execute(_TITLES, {"ids": ids, "user": subject.user_id}))


def tariff_zones(session: Session, tariff_id: int | None) -> tuple[str, ...]:
    """Zones of a tariff, in order."""
    return tuple(sorted(session.scalars(_ZONES, {"tariff": tariff_id}))) if tariff_id else ()


def _pairs(rows: Iterable[Any]) -> dict[int, str]:
    return {row[0]: row[1] for row in rows}

"""«Данные учёта энергоресурсов»: any set of the caller's points by half-hour…year, one query per set (Э-56, Э-62)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import groupby
from typing import Any, Literal, get_args

from sqlalchemy import text
from sqlmodel import Session, col, select

from energo_cabinet.auth.access import Subject, service, visible_points
from energo_cabinet.domain.energy.data import (
    ACTIVE,
    DATA_BYS,
    SLOT_MINUTES,
    DataBy,
    SeriesRows,
    Sums,
    Unit,
    buckets_of,
    slot_times,
    sums_by_days,
    sums_by_slots,
    unit_of,
)
from energo_cabinet.domain.time.local_day import Span, epoch_day
from energo_cabinet.domain.time.period import Period
from energo_cabinet.domain.typed import is_id
from energo_cabinet.domain.values.profile_day import DayRow
from energo_cabinet.errors import InvalidInput, NotFound
from energo_cabinet.models import Channel, MeteringPoint, ProfileSeries, Resource
from energo_cabinet.services.among import among, listed
from energo_cabinet.services.energy.registers import register_sums
from energo_cabinet.services.period import check_period
from energo_cabinet.settings import get_settings

Split = Literal["points", "channels", "resources"]
SPLITS: tuple[Split, ...] = get_args(Split)
MOST_DAYS: dict[str, int] = {"half_hours": 31, "hours": 92, "days": 366, "weeks": 5 * 366, "months": 10 * 366}
MOST_POINTS = 1000
MOST_YEARS_DAYS = 20 * 366


@dataclass(frozen=True, slots=True)
class DataQuestion:
    """What is asked for. `points` (): all; `unit`, `channel` "": the first there is; `split`: a group for each …"""

    by: DataBy
    period: Period
    points: tuple[int, ...] = ()
    split: Split = "points"
    unit: str = ""
    channel: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """One column of the answer; `point` "" and `channel` "" where it adds up several."""

    point: str
    resource: Resource
    channel: str
    sums: Sums


@dataclass(frozen=True, eq=False)
class EnergyData:
    """The answer. `starts`: local beginnings of half-hours or hours; `spans`: of everything longer.

    `units`, `channels`: what there is to choose from; `silent`: chosen points that have no such values; `by_readings`:
    those whose values are differences of readings.
    """

    asked: DataQuestion
    zone_name: str
    unit: Unit
    units: tuple[str, ...]
    channels: tuple[str, ...]
    spans: tuple[Span, ...]
    starts: tuple[datetime, ...]
    groups: tuple[Group, ...]
    total: Sums
    silent: tuple[str, ...]
    by_readings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Series:
    id: int
    point_id: int
    channel: str
    name: str
    resource: Resource
    zone_name: str
    ratio: Decimal

    @property
    def unit(self) -> Unit:
        return unit_of(self.resource, self.channel)


@service("customer", "energy.data")
def energy_data(session: Session, subject: Subject, asked: DataQuestion) -> EnergyData:
    """Values of a set of points. InvalidInput: by, first, last, points, split, unit, channel. NotFound: not theirs."""
    _check(asked)
    points = _points(session, subject, asked.points)
    series = _series(session, points)
    units = tuple(dict.fromkeys(one.unit.key for one in series))
    unit = asked.unit or next(iter(units), "kwh")
    of_unit = [one for one in series if one.unit.key == unit]
    channels = tuple(dict.fromkeys(one.channel for one in of_unit))
    if (asked.unit and asked.unit not in units) or (asked.channel not in ("", "all", *channels)):
        raise InvalidInput({"channel" if asked.unit in ("", *units) else "unit": "channel_invalid"})
    chosen = [one for one in of_unit if asked.channel == "all" or one.channel == _channel(asked.channel, one, channels)]
    zone_name = chosen[0].zone_name if chosen else points[0].zone_name if points else get_settings().default_zone
    rows = _rows(session, chosen, asked)
    read = _read(session, subject, points, series, asked) if unit == "kwh" else {}
    is_slots = asked.by in SLOT_MINUTES
    heard = {one.point_id for one in chosen if rows.get(one.id)} | read.keys()
    groups = _groups(chosen, rows, asked, zone_name, subject.at)
    total = _sums(chosen, rows, asked, zone_name, subject.at)
    for point in points:
        if point.id in read:
            groups = _with_read(groups, point, read[point.id], asked.split)
            total = total.plus(read[point.id])
    return EnergyData(
        asked=asked,
        zone_name=zone_name,
        unit=next((one.unit for one in chosen), unit_of(Resource.ELECTRICITY, Channel.A_PLUS)),
        units=units,
        channels=channels,
        spans=() if is_slots else tuple(buckets_of(asked.by, asked.period.first, asked.period.last)),
        starts=tuple(slot_times(asked.by, asked.period.first, asked.period.last, zone_name)) if is_slots else (),
        groups=tuple(groups),
        total=total,
        by_readings=tuple(point.name or point.number for point in points if point.id in read),
        silent=tuple(point.name or point.number for point in points if point.id not in heard),
    )


def _read(
    session: Session,
    subject: Subject,
    points: Sequence[MeteringPoint],
    series: Sequence[_Series],
    asked: DataQuestion,
) -> dict[int, Sums]:
    """Consumption of the points without a load profile, from their readings."""
    profiled = {one.point_id for one in series}
    bare = [point for point in points if point.id not in profiled]
    if asked.channel not in ("", "all", Channel.A_PLUS) or not bare:
        return {}
    return register_sums(session, subject, bare, asked.by, asked.period.first, asked.period.last)


def _with_read(groups: list[Group], point: MeteringPoint, sums: Sums, split: Split) -> list[Group]:
    """The groups with a point that is read by hand among them."""
    channel = "" if split == "resources" else Channel.A_PLUS
    if split != "points":
        for n, group in enumerate(groups):
            if (group.resource, group.channel) == (point.resource, channel):
                return [*groups[:n], replace(group, sums=group.sums.plus(sums)), *groups[n + 1 :]]
    name = (point.name or point.number) if split == "points" else ""
    return [*groups, Group(name, point.resource, channel, sums)]


def _channel(channel: str, one: _Series, channels: tuple[str, ...]) -> str:
    """The channel chosen; without a choice consumption, or the first there is."""
    if channel:
        return channel
    return next((c for c in (*ACTIVE, Channel.R_PLUS) if c in channels), one.channel)


def _check(asked: DataQuestion) -> None:
    if asked.by not in DATA_BYS:
        raise InvalidInput({"by": "by_invalid"})
    if asked.split not in SPLITS:
        raise InvalidInput({"split": "invalid"})
    check_period(asked.period, MOST_DAYS.get(asked.by, MOST_YEARS_DAYS))
    if len(asked.points) > MOST_POINTS or not all(map(is_id, asked.points)):
        raise InvalidInput({"points": "invalid"})


def _points(session: Session, subject: Subject, ids: tuple[int, ...]) -> Sequence[MeteringPoint]:
    query = visible_points(subject).order_by(col(MeteringPoint.number))
    if ids:
        query = query.where(col(MeteringPoint.id).in_(ids))
    points = session.exec(query.limit(MOST_POINTS)).all()
    if len(points) < len(set(ids)):
        raise NotFound
    return points


def _series(session: Session, points: Sequence[MeteringPoint]) -> list[_Series]:
    own = {point.id: point for point in points}
    query = select(ProfileSeries).where(col(ProfileSeries.point_id).in_(own)).order_by(ProfileSeries.channel)
    found = [
        _Series(
            id=row.id,
            point_id=row.point_id,
            channel=row.channel,
            name=own[row.point_id].name or own[row.point_id].number,
            resource=own[row.point_id].resource,
            zone_name=own[row.point_id].zone_name,
            ratio=Decimal(1) if row.is_primary else own[row.point_id].current_ratio * own[row.point_id].voltage_ratio,
        )
        for row in session.exec(query)
    ]
    order = {resource: n for n, resource in enumerate(Resource)}
    places = {point_id: n for n, point_id in enumerate(own)}
    return sorted(found, key=lambda one: (order[one.resource], one.unit.key == "kvarh", places[one.point_id]))


def _rows(session: Session, series: Sequence[_Series], asked: DataQuestion) -> dict[int, list[DayRow]]:
    """Days of all series in one query; values only where slots are asked for."""
    if not series:
        return {}
    is_slots = asked.by in SLOT_MINUTES
    vals = "vals, q" if is_slots else "NULL, NULL"
    theirs = f"series_id {among(session, 'series')} AND day BETWEEN :first AND :last"
    columns = f"series_id, day, step_min, n, total, {vals}"
    query = text(f"SELECT {columns} FROM profile_day WHERE {theirs} ORDER BY series_id, day")  # noqa: S608  constants
    around = timedelta(days=1 if is_slots else 0)
    params: dict[str, Any] = {"series": listed(session, [one.id for one in series])}
    params |= {"first": epoch_day(asked.period.first - around), "last": epoch_day(asked.period.last + around)}
    found = session.connection().execute(query, params)
    return {key: [DayRow(*row[1:]) for row in own] for key, own in groupby(found, key=lambda row: row[0])}


def _groups(
    series: Sequence[_Series], rows: dict[int, list[DayRow]], asked: DataQuestion, zone_name: str, at: datetime
) -> list[Group]:
    by_key: dict[tuple[str, Resource, str], list[_Series]] = {}
    for one in series:
        point = one.name if asked.split == "points" else ""
        channel = "" if asked.split == "resources" else one.channel
        key = (f"{one.point_id}~{point}" if point else "", one.resource, channel)
        by_key.setdefault(key, []).append(one)
    return [
        Group(key[0].partition("~")[2], key[1], key[2], _sums(own, rows, asked, zone_name, at))
        for key, own in by_key.items()
        if any(rows.get(one.id) for one in own) or asked.split != "points"
    ]


def _sums(
    series: Sequence[_Series], rows: dict[int, list[DayRow]], asked: DataQuestion, zone_name: str, at: datetime
) -> Sums:
    found = [
        SeriesRows(one.zone_name, float(one.ratio) / 10**one.unit.decimals, rows[one.id])
        for one in series
        if rows.get(one.id)
    ]
    if asked.by in SLOT_MINUTES:
        return sums_by_slots(found, asked.by, asked.period.first, asked.period.last, zone_name, at)
    return sums_by_days(found, asked.by, asked.period.first, asked.period.last, at)

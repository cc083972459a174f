"""Network parameters of the caller's points: the newest snapshot, series over a period, the voltage week (Э-60)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, select

from energo_cabinet.auth.access import Subject, service, visible_point
from energo_cabinet.domain.network.network import AVERAGE_MIN, QUANTITIES, joined
from energo_cabinet.domain.network.period import NetworkPeriod, PointNorm, Snapshot
from energo_cabinet.domain.network.voltage import VoltageNorm, nominal_of
from energo_cabinet.domain.time.local_day import epoch_day, from_epoch_day, local_day, midnights
from energo_cabinet.domain.time.period import Period
from energo_cabinet.errors import InvalidInput
from energo_cabinet.models import (
    Meter,
    MeteringPoint,
    MeterInstallation,
    NetworkDay,
    NetworkNorm,
    NetworkParameters,
    NetworkSeries,
    Resource,
)
from energo_cabinet.services.journal.point import event_details
from energo_cabinet.services.period import check_period
from energo_cabinet.services.point.point import PointCard, list_points
from energo_cabinet.settings import get_settings

MAX_DAYS = 92
WEEK_DAYS = 7
FRESH = timedelta(hours=1)
AROUND = timedelta(hours=3)
USUAL_NOMINAL_V = Decimal(230)


@dataclass(frozen=True, slots=True)
class NetworkCard:
    """A point in the list: its newest snapshot (None: never sent one) and what its voltage is judged by."""

    point: PointCard
    snapshot: Snapshot | None
    norm: PointNorm


@dataclass(frozen=True, slots=True)
class NetworkNow:
    """What a point's network is now. `steps`: minutes between stored values, finest first; `newest_on`: last day.

    `shown_on`: the day to begin with, the last one that is over where there is one.
    """

    snapshot: Snapshot | None
    norm: PointNorm
    steps: tuple[int, ...]
    newest_on: date | None
    shown_on: date | None


@dataclass(frozen=True, slots=True)
class VoltageAround:
    """Voltages around an event that lasted from `start` to `end` (local, aware)."""

    period: NetworkPeriod
    norm: PointNorm
    start: datetime
    end: datetime


@service("customer", "network.list")
def list_networks(session: Session, subject: Subject, contract_id: int | None = None) -> list[NetworkCard]:
    """The caller's electricity points, those with a snapshot first. NotFound: not the caller's contract."""
    cards = [c for c in list_points(session, subject, contract_id) if c.resource == Resource.ELECTRICITY]
    ids = [card.id for card in cards]
    rows = {r.point_id: r for r in session.exec(select(NetworkParameters).where(_among(NetworkParameters, ids)))}
    norms = _norms(session, ids)
    found = [NetworkCard(c, _snapshot(subject, rows.get(c.id), c.zone_name), norms[c.id]) for c in cards]
    return sorted(found, key=lambda card: card.snapshot is None)


@service("customer", "network.now")
def network_now(session: Session, subject: Subject, point_id: int) -> NetworkNow:
    """The newest snapshot and what there is to look at. NotFound: not the caller's point."""
    point = visible_point(session, subject, point_id)
    own = select(func.max(NetworkDay.day)).where(NetworkDay.series_id == NetworkSeries.id)
    over = own.where(NetworkDay.day < epoch_day(local_day(subject.at, point.zone_name)))
    columns = (NetworkSeries.step_min, own.scalar_subquery(), over.scalar_subquery())
    series = session.exec(select(*columns).where(NetworkSeries.point_id == point.id)).all()
    days = [day for _, day, _ in series if day is not None]
    past = [day for _, _, day in series if day is not None]
    row = session.get(NetworkParameters, point_id)
    return NetworkNow(
        snapshot=_snapshot(subject, row, point.zone_name),
        norm=_norms(session, [point_id])[point_id],
        steps=tuple(sorted({step for step, day, _ in series if day is not None})),
        newest_on=from_epoch_day(max(days)) if days else None,
        shown_on=from_epoch_day(max(past or days)) if days else None,
    )


@service("customer", "network.period")
def network_period(
    session: Session, subject: Subject, point_id: int, period: Period, step_min: int = AVERAGE_MIN
) -> NetworkPeriod:
    """Every quantity in the local days of a period, at most 92; `step_min` below 10: as the meter sends them.

    InvalidInput: first, last, step. NotFound: not the caller's point.
    """
    check_period(period, MAX_DAYS)
    point = visible_point(session, subject, point_id)
    if type(step_min) is not int or not 1 <= step_min <= AVERAGE_MIN:
        raise InvalidInput({"step": "step_invalid"})
    return _read(session, point, period, step_min)


@service("customer", "network.voltage_week")
def voltage_week(session: Session, subject: Subject, point_id: int, last: date) -> NetworkPeriod:
    """The voltages of the seven days up to `last` by 10 minutes (R-13). Errors as `network_period`."""
    week = Period(last - timedelta(days=WEEK_DAYS - 1), last)
    check_period(week, MAX_DAYS)
    point = visible_point(session, subject, point_id)
    return _read(session, point, week, AVERAGE_MIN, ("UA", "UB", "UC"))


@service("customer", "network.voltage_around")
def voltage_around(session: Session, subject: Subject, point_id: int, key: str) -> VoltageAround | None:
    """The voltages of the days around an event that is about them; None without any. NotFound as `event_details`."""
    row = event_details(session, subject, point_id, key).row
    if row.kind is None or row.kind.area != "voltage":
        return None
    end = row.ended_at or row.at + timedelta(minutes=AVERAGE_MIN)
    around = Period((row.at - AROUND).date(), min((end + AROUND).date(), row.at.date() + timedelta(days=1)))
    point = visible_point(session, subject, point_id)
    period = _read(session, point, around, AVERAGE_MIN, ("UA", "UB", "UC"))
    norm = _norms(session, [point_id])[point_id]
    return VoltageAround(period, norm, row.at, end) if period.present else None


def _read(
    session: Session,
    point: MeteringPoint,
    asked: Period,
    step_min: int,
    codes: tuple[str, ...] = tuple(QUANTITIES),
) -> NetworkPeriod:
    """One query for all quantities."""
    query = (
        select(NetworkSeries.quantity, NetworkDay.day, NetworkDay.vals)
        .join(NetworkDay, col(NetworkDay.series_id) == NetworkSeries.id)
        .where(
            NetworkSeries.point_id == point.id,
            NetworkSeries.step_min == step_min,
            col(NetworkSeries.quantity).in_(codes),
            col(NetworkDay.day).between(epoch_day(asked.first), epoch_day(asked.last)),
        )
    )
    rows: dict[str, list[tuple[int, bytes]]] = {}
    for code, day, vals in session.exec(query):
        rows.setdefault(code, []).append((day - epoch_day(asked.first), vals))
    begins = midnights(asked.first, asked.last, point.zone_name)
    values = {code: joined(rows[code], begins, step_min) for code in QUANTITIES if code in rows}
    return NetworkPeriod(point.id, asked.first, asked.last, point.zone_name, step_min, values)


def _snapshot(subject: Subject, row: NetworkParameters | None, zone_name: str) -> Snapshot | None:
    if row is None:
        return None
    facts = {code: QUANTITIES[code].shown(value) for code, value in row.facts.items() if code in QUANTITIES}
    local = row.measured_at.astimezone(ZoneInfo(zone_name))
    return Snapshot(local, subject.at - row.measured_at <= FRESH, facts)


def _norms(session: Session, ids: list[int]) -> dict[int, PointNorm]:
    """Told for the point, else the meter's plate, else the usual 230 V; bands and their source are settings."""
    told = {row.point_id: row for row in session.exec(select(NetworkNorm).where(_among(NetworkNorm, ids)))}
    query = (
        select(MeterInstallation.point_id, Meter.nominal_voltage)
        .join(Meter, col(Meter.id) == MeterInstallation.meter_id)
        .where(_among(MeterInstallation, ids), col(MeterInstallation.removed_on).is_(None))
    )
    plates = dict(session.exec(query).all())
    return {point_id: _norm(told.get(point_id), plates.get(point_id, "")) for point_id in ids}


def _norm(told: NetworkNorm | None, plate: str) -> PointNorm:
    settings = get_settings()
    nominal, origin, source = nominal_of(plate), "meter", plate
    if told is not None and told.nominal_v is not None:
        nominal, origin, source = told.nominal_v, "point", told.source
    if nominal is None:
        nominal, origin, source = USUAL_NOMINAL_V, "setting", ""
    bands = (Decimal(str(settings.voltage_near_percent)), Decimal(str(settings.voltage_limit_percent)))
    points = (told.meter_min_v, told.meter_low_v, told.meter_high_v, told.meter_max_v) if told else (None,) * 4
    limit = Decimal(str(settings.frequency_limit_hz))
    return PointNorm(VoltageNorm(nominal, *bands), origin, source, points, limit)


def _among(table: Any, ids: list[int]) -> ColumnElement[bool]:
    return col(table.point_id).in_(ids)

"""Metering points: the list and the passport of one (Н-63…Н-97)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from sqlmodel import Session

from energo_cabinet.auth.access import (
    Subject,
    caller,
    service,
    visible_contract,
    visible_point,
)
from energo_cabinet.domain.tariff.terms import ZoneTerm, terms
from energo_cabinet.domain.time.local_day import from_epoch_day, local_day
from energo_cabinet.models import Meter, MeteringPoint, MeterReading, RelayState, Resource, Tariff
from energo_cabinet.services.point.normative import normatives_on
from energo_cabinet.services.values.point_read import (
    ALL,
    OF_CONTRACT,
    last_readings_of,
    meters_of,
    profiles_of,
    tariff_zones,
    titles_of,
)
from energo_cabinet.services.values.tariff_read import prices_of, schedule_of


@dataclass(frozen=True, slots=True)
class ZoneReading:
    """Register of a zone ("T0": total of a meter without zones), kWh on the meter's own dials."""

    zone: str
    value_kwh: Decimal


@dataclass(frozen=True, slots=True)
class PointCard:
    """A point in the list. `last_read_at` is local and aware; `last_interval_on`: newest day of the load profile."""

    id: int
    number: str
    name: str
    resource: Resource
    place: str
    address: str
    meter_model: str
    serial_number: str
    is_smart: bool
    contract_id: int | None
    contract_title: str
    zone_name: str
    last_readings: tuple[ZoneReading, ...]
    last_read_at: datetime | None
    last_interval_on: date | None
    channels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NormativeFact:
    """A normative of the supplier in force today."""

    name: str
    value: Decimal
    unit: str
    valid_from: date


@dataclass(frozen=True, slots=True)
class PointDetails:
    """Every field of Н-72…Н-96 as stored: "" or None is shown as «—», a norm of 0 means not set."""

    card: PointCard
    registry_number: str
    accuracy_class: str
    nominal_voltage: str
    current_range: str
    relay_state: RelayState | None
    installed_on: date | None
    commissioned_on: date | None
    last_verification_on: date | None
    next_verification_on: date | None
    last_inspection_on: date | None
    tariff_name: str
    tariff_zones: tuple[str, ...]
    power_limit_kw: Decimal | None
    current_ratio: Decimal
    voltage_ratio: Decimal
    loss_factor: Decimal
    norm_hour_kwh: Decimal
    norm_day_kwh: Decimal
    norm_month_kwh: Decimal
    delivery_point_code: str
    tariff_terms: tuple[ZoneTerm, ...]
    normatives: tuple[NormativeFact, ...]


@service("customer", "point.list")
def list_points(session: Session, subject: Subject, contract_id: int | None = None) -> list[PointCard]:
    """Points of the caller's contracts (or of one of them), by number. NotFound: not the caller's contract."""
    is_system, params = subject.kind == "system", caller(subject)
    if contract_id is None:
        return _cards(session, subject, session.scalars(ALL[is_system], params).all())
    visible_contract(session, subject, contract_id)
    params["contract"] = contract_id
    return _cards(session, subject, session.scalars(OF_CONTRACT[is_system], params).all())


@service("customer", "point.passport")
def point_details(session: Session, subject: Subject, point_id: int) -> PointDetails:
    """The passport of a point. NotFound: not the caller's."""
    point = visible_point(session, subject, point_id)
    meter, installed_on = meters_of(session, [point_id]).get(point_id, (Meter(supplier_id=0, serial_number=""), None))
    tariff = session.get(Tariff, point.tariff_id) if point.tariff_id else None
    today = local_day(subject.at, point.zone_name)
    return PointDetails(
        card=_cards(session, subject, [point])[0],
        registry_number=meter.registry_number,
        accuracy_class=meter.accuracy_class,
        nominal_voltage=meter.nominal_voltage,
        current_range=meter.current_range,
        relay_state=meter.relay_state,
        installed_on=installed_on,
        commissioned_on=meter.commissioned_on,
        last_verification_on=meter.last_verification_on,
        next_verification_on=meter.next_verification_on,
        last_inspection_on=meter.last_inspection_on,
        tariff_name=tariff.name if tariff else "",
        tariff_zones=tariff_zones(session, point.tariff_id),
        power_limit_kw=point.power_limit_kw,
        current_ratio=point.current_ratio,
        voltage_ratio=point.voltage_ratio,
        loss_factor=point.loss_factor,
        norm_hour_kwh=point.norm_hour_kwh,
        norm_day_kwh=point.norm_day_kwh,
        norm_month_kwh=point.norm_month_kwh,
        delivery_point_code=point.delivery_point_code,
        tariff_terms=_terms(session, point, today),
        normatives=tuple(
            NormativeFact(row.name, row.value, row.unit, row.valid_from)
            for row in normatives_on(session, point.supplier_id, today)
        ),
    )


def _terms(session: Session, point: MeteringPoint, today: date) -> tuple[ZoneTerm, ...]:
    """Hours and prices of the point's tariff; none without one."""
    if point.tariff_id is None:
        return ()
    return terms(schedule_of(session, point.tariff_id), prices_of(session, point.tariff_id), today)


def _cards(session: Session, subject: Subject, points: Sequence[MeteringPoint]) -> list[PointCard]:
    """Cards of points, with one query per kind of fact and none per point."""
    ids = [p.id for p in points]
    meters, readings = meters_of(session, ids), last_readings_of(session, ids)
    titles, profiles = titles_of(session, subject, points), profiles_of(session, ids)
    return [
        _card(
            p,
            meters.get(p.id, (None, None))[0],
            titles.get(p.contract_id or 0, ""),
            readings.get(p.id, []),
            profiles.get(p.id, []),
        )
        for p in points
    ]


def _card(
    point: MeteringPoint,
    meter: Meter | None,
    title: str,
    readings: list[MeterReading],
    profiles: list[tuple[str, int | None]],
) -> PointCard:
    days = [day for _, day in profiles if day is not None]
    return PointCard(
        id=point.id,
        number=point.number,
        name=point.name,
        resource=point.resource,
        place=point.place,
        address=point.address,
        meter_model=meter.model if meter else "",
        serial_number=meter.serial_number if meter else "",
        is_smart=bool(meter and meter.is_smart),
        contract_id=point.contract_id,
        contract_title=title,
        zone_name=point.zone_name,
        last_readings=_zone_readings(readings),
        last_read_at=readings[0].read_at.astimezone(ZoneInfo(point.zone_name)) if readings else None,
        last_interval_on=from_epoch_day(max(days)) if days else None,
        channels=tuple(channel for channel, _ in profiles),
    )


def _zone_readings(readings: Iterable[MeterReading]) -> tuple[ZoneReading, ...]:
    """By zone; the total T0 only where there are no zones."""
    shown = sorted((r for r in readings if r.zone != "T0"), key=lambda r: r.zone) or list(readings)
    return tuple(ZoneReading(r.zone, Decimal(r.register_wh).scaleb(-3)) for r in shown)

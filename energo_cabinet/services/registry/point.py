"""A point of the registry: everything known of it on one page, and its fields changed under an optimistic lock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from energo_cabinet.auth.access import Subject, service
from energo_cabinet.auth.supplier_access import visible_supplier_point
from energo_cabinet.domain.time.local_day import from_epoch_day, local_day
from energo_cabinet.errors import InvalidInput, NotFound
from energo_cabinet.models import (
    Contract,
    Meter,
    MeteringPoint,
    MeterInstallation,
    MeterReading,
    RegistryChange,
    Tariff,
    Transformer,
    TransformerKind,
)
from energo_cabinet.services.point.facts import (
    METER_FIELDS,
    POINT_FIELDS,
    Facts,
    check_days,
    check_seen,
    checked,
    facts_of_meter,
    facts_of_point,
    facts_of_transformer,
    note_change,
    put,
    stamp,
)
from energo_cabinet.services.values.point_read import last_readings_of, profiles_of

CHANGES_SHOWN = 30


@dataclass(frozen=True, slots=True)
class Installed:
    """A meter on the point; registers it showed as it came and went, kWh by zone, where they are known."""

    serial_number: str
    model: str
    installed_on: date
    removed_on: date | None
    initial: Mapping[str, Decimal]
    final: Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class TransformerFields:
    """A measuring transformer with the stamp of what is shown."""

    phase: int
    kind: TransformerKind
    facts: Facts
    seen: str


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """A line of the history: `changes` [field, old, new]."""

    at: datetime
    by: str
    what: str
    changes: Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class RegistryCard:
    """A point as the registry shows it; `meter` {} where none stands; `read_at` local."""

    id: int
    number: str
    zone_name: str
    today: date
    facts: Facts
    seen: str
    customer_name: str
    tariff_name: str
    meter: Facts
    meter_seen: str
    installed: tuple[Installed, ...]
    transformers: tuple[TransformerFields, ...]
    readings: Mapping[str, Decimal]
    read_at: datetime | None
    last_interval_on: date | None
    tariffs: tuple[tuple[str, str], ...]
    changes: tuple[ChangeLine, ...]


@service("staff:registry", "registry.card")
def registry_card(session: Session, subject: Subject, point_id: int) -> RegistryCard:
    """Everything of one point. NotFound: not of the member's supplier."""
    point = visible_supplier_point(session, subject, point_id)
    facts, meter = facts_of_point(session, point), standing_meter(session, point_id)
    meter_facts = facts_of_meter(meter) if meter else {}
    readings = last_readings_of(session, [point_id]).get(point_id, [])
    days = [day for _, day in profiles_of(session, [point_id]).get(point_id, []) if day is not None]
    tariffs = session.exec(select(Tariff).where(Tariff.supplier_id == point.supplier_id).order_by(Tariff.name)).all()
    contract = session.get(Contract, point.contract_id) if point.contract_id else None
    return RegistryCard(
        id=point_id,
        number=point.number,
        zone_name=point.zone_name,
        today=local_day(subject.at, point.zone_name),
        facts=facts,
        seen=stamp(facts),
        customer_name=contract.customer_name if contract else "",
        tariff_name=next((tariff.name for tariff in tariffs if tariff.id == point.tariff_id), ""),
        meter=meter_facts,
        meter_seen=stamp(meter_facts) if meter else "",
        installed=_installed(session, point_id),
        transformers=_transformers(session, point_id),
        readings={row.zone: Decimal(row.register_wh).scaleb(-3) for row in sorted(readings, key=lambda r: r.zone)},
        read_at=readings[0].read_at.astimezone(ZoneInfo(point.zone_name)) if readings else None,
        last_interval_on=from_epoch_day(max(days)) if days else None,
        tariffs=tuple((tariff.code, tariff.name) for tariff in tariffs),
        changes=_changes(session, point_id),
    )


@service("staff:registry", "registry.save_point")
def save_point(session: Session, subject: Subject, point_id: int, fields: Mapping[str, str], seen: str) -> None:
    """Change a point. InvalidInput beside the fields; Conflict when it changed since `seen`."""
    point = locked_point(session, subject, point_id)
    given = checked(POINT_FIELDS, fields, ("name", "current_ratio", "voltage_ratio"))
    contract, tariff = contract_named(session, point, given["contract"]), tariff_named(session, point, given["tariff"])
    changes = check_seen(facts_of_point(session, point), given, seen)
    put(point, {name: text for name, text in given.items() if name not in ("contract", "tariff")})
    point.contract_id, point.tariff_id = contract, tariff
    session.add(point)
    note_change(session, subject, point_id, "point", changes)


@service("staff:registry", "registry.save_meter")
def save_meter(session: Session, subject: Subject, point_id: int, fields: Mapping[str, str], seen: str) -> None:
    """Change the meter that stands on a point. NotFound where none stands; InvalidInput; Conflict."""
    point = locked_point(session, subject, point_id)
    meter = standing_meter(session, point_id)
    if meter is None:
        raise NotFound
    given = checked(METER_FIELDS, fields, ("serial", "zone_count"))
    installed = max(one.installed_on for one in _installed(session, point_id))
    check_days(given, local_day(subject.at, point.zone_name), installed)
    same = select(Meter.id).where(
        Meter.supplier_id == meter.supplier_id,
        Meter.serial_number == given["serial"],
        Meter.model == given["model"],
        Meter.id != meter.id,
    )
    if session.exec(same).first() is not None:
        raise InvalidInput({"serial": "registry_serial_taken"})
    changes = check_seen(facts_of_meter(meter), given, seen)
    put(meter, given)
    session.add(meter)
    note_change(session, subject, point_id, "meter", changes)


def locked_point(session: Session, subject: Subject, point_id: int) -> MeteringPoint:
    """A point of the member's supplier, locked until the transaction ends; NotFound."""
    visible_supplier_point(session, subject, point_id)
    query = select(MeteringPoint).where(MeteringPoint.id == point_id).with_for_update()
    return session.exec(query.execution_options(populate_existing=True)).one()


def standing_meter(session: Session, point_id: int) -> Meter | None:
    """The meter that stands on a point now."""
    query = (
        select(Meter)
        .join(MeterInstallation, col(MeterInstallation.meter_id) == Meter.id)
        .where(MeterInstallation.point_id == point_id, col(MeterInstallation.removed_on).is_(None))
    )
    return session.exec(query.order_by(col(MeterInstallation.installed_on).desc())).first()


def _installed(session: Session, point_id: int) -> tuple[Installed, ...]:
    """Newest first, with the readings taken at the very instants of coming and going."""
    query = (
        select(MeterInstallation, Meter)
        .join(Meter, col(Meter.id) == MeterInstallation.meter_id)
        .where(MeterInstallation.point_id == point_id)
        .order_by(col(MeterInstallation.installed_on).desc(), col(MeterInstallation.id).desc())
    )
    rows = session.exec(query).all()
    moments = {at for stand, _ in rows for at in (stand.installed_at, stand.removed_at) if at}
    read: dict[tuple[datetime, int | None], dict[str, Decimal]] = {}
    here = select(MeterReading).where(MeterReading.point_id == point_id, col(MeterReading.read_at).in_(moments))
    for reading in session.exec(here) if moments else ():
        own = read.setdefault((reading.read_at, reading.meter_id), {})
        own[reading.zone] = Decimal(reading.register_wh).scaleb(-3)
    return tuple(
        Installed(
            serial_number=meter.serial_number,
            model=meter.model,
            installed_on=stand.installed_on,
            removed_on=stand.removed_on,
            initial=read.get((stand.installed_at, meter.id), {}) if stand.installed_at else {},
            final=read.get((stand.removed_at, meter.id), {}) if stand.removed_at else {},
        )
        for stand, meter in rows
    )


def _transformers(session: Session, point_id: int) -> tuple[TransformerFields, ...]:
    query = select(Transformer).where(Transformer.point_id == point_id)
    rows = session.exec(query.order_by(col(Transformer.phase), col(Transformer.kind))).all()
    facts = [(row, facts_of_transformer(row)) for row in rows]
    return tuple(TransformerFields(row.phase, row.kind, known, stamp(known)) for row, known in facts)


def _changes(session: Session, point_id: int) -> tuple[ChangeLine, ...]:
    query = select(RegistryChange).where(RegistryChange.point_id == point_id)
    rows = session.exec(query.order_by(col(RegistryChange.id).desc()).limit(CHANGES_SHOWN))
    return tuple(ChangeLine(row.at, row.by, row.what, row.changes) for row in rows)


def contract_named(session: Session, point: MeteringPoint, number: str) -> int | None:
    """Id of the contract with this number at the point's supplier; InvalidInput."""
    if not number:
        return None
    query = select(Contract.id).where(Contract.supplier_id == point.supplier_id, Contract.number == number)
    found = session.exec(query).first()
    if found is None:
        raise InvalidInput({"contract": "registry_contract_unknown"})
    return found


def tariff_named(session: Session, point: MeteringPoint, code: str) -> int | None:
    """Id of the tariff with this code at the point's supplier; InvalidInput."""
    if not code:
        return None
    query = select(Tariff.id).where(Tariff.supplier_id == point.supplier_id, Tariff.code == code)
    found = session.exec(query).first()
    if found is None:
        raise InvalidInput({"tariff": "registry_tariff_unknown"})
    return found

"""The part of the registry that a file speaks of, read by sets for `domain.registry.plan`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select

from energo_cabinet.domain.registry.model import ONE_REGISTER, MeterKey, RegistryModel, Stand
from energo_cabinet.domain.registry.row import METER_FACTS, POINT_NUMBERS, POINT_TEXTS, RegistryRow
from energo_cabinet.models import (
    Channel,
    Contract,
    Meter,
    MeteringPoint,
    MeterInstallation,
    MeterReading,
    Tariff,
    TariffZonePeriod,
)
from energo_cabinet.services.point.facts import columns_of

AT_ONCE = 5_000


@dataclass(slots=True)
class Snapshot:
    """The model with the rows behind it."""

    model: RegistryModel
    points: dict[str, MeteringPoint] = field(default_factory=dict)
    meters: dict[MeterKey, Meter] = field(default_factory=dict)
    stands: dict[int, MeterInstallation] = field(default_factory=dict)
    contracts: dict[str, int] = field(default_factory=dict)
    tariffs: dict[str, int] = field(default_factory=dict)


def snapshot(session: Session, supplier_id: int, rows: Sequence[RegistryRow]) -> Snapshot:
    """What is known of the points and meters of a file."""
    good = [row for row in rows if not row.errors]
    points = _points(session, supplier_id, {row.point for row in good})
    serials = {row.get(name) for row in good for name in ("serial", "replaces")} - {""}
    meters = _meters(session, supplier_id, serials)
    stands = _stands(session, points, meters)
    meters |= _by_id(session, {row.meter_id for row in stands} - {meter.id for meter in meters.values()})
    contracts = _contracts(session, supplier_id, points, {row.get("contract") for row in good} - {""})
    tariffs = dict(session.exec(select(Tariff.code, Tariff.id).where(Tariff.supplier_id == supplier_id)).all())
    zones = _tariff_zones(session, tariffs)
    replacing = {row.point for row in good if row.get("replaces") and row.point in points}
    last = _last_registers(session, {points[number].id: number for number in replacing})
    model = RegistryModel(
        points=_point_facts(points, contracts, tariffs),
        meters={key: columns_of(meter, METER_FACTS) for key, meter in meters.items()},
        stands=list(_model_stands(session, points, meters, stands)),
        contracts=frozenset(contracts),
        tariffs=zones,
        zones={number: _zones(point, tariffs, zones, last.get(number)) for number, point in points.items()},
        last_registers=last,
    )
    by_id = {row.id: row for row in stands}
    return Snapshot(model, points, meters, by_id, contracts, tariffs)


def _parts(wanted: Iterable[Any]) -> Iterator[list[Any]]:
    ordered = sorted(wanted)
    for at in range(0, len(ordered), AT_ONCE):
        yield ordered[at : at + AT_ONCE]


def _points(session: Session, supplier_id: int, numbers: set[str]) -> dict[str, MeteringPoint]:
    found: dict[str, MeteringPoint] = {}
    for part in _parts(numbers):
        query = select(MeteringPoint).where(
            MeteringPoint.supplier_id == supplier_id, col(MeteringPoint.number).in_(part)
        )
        found |= {row.number: row for row in session.exec(query)}
    return found


def _meters(session: Session, supplier_id: int, serials: set[str]) -> dict[MeterKey, Meter]:
    found: dict[MeterKey, Meter] = {}
    for part in _parts(serials):
        query = select(Meter).where(Meter.supplier_id == supplier_id, col(Meter.serial_number).in_(part))
        found |= {(row.serial_number, row.model): row for row in session.exec(query)}
    return found


def _by_id(session: Session, ids: set[int]) -> dict[MeterKey, Meter]:
    found: dict[MeterKey, Meter] = {}
    for part in _parts(ids):
        rows = session.exec(select(Meter).where(col(Meter.id).in_(part)))
        found |= {(row.serial_number, row.model): row for row in rows}
    return found


def _stands(
    session: Session, points: dict[str, MeteringPoint], meters: dict[MeterKey, Meter]
) -> list[MeterInstallation]:
    """Installations on the file's points, and of its meters anywhere."""
    found: dict[int, MeterInstallation] = {}
    wanted = (
        (MeterInstallation.point_id, {point.id for point in points.values()}),
        (MeterInstallation.meter_id, {meter.id for meter in meters.values()}),
    )
    for column, ids in wanted:
        for part in _parts(ids):
            query = select(MeterInstallation).where(col(column).in_(part))
            found |= {row.id: row for row in session.exec(query)}
    return list(found.values())


def _model_stands(
    session: Session,
    points: dict[str, MeteringPoint],
    meters: dict[MeterKey, Meter],
    stands: Sequence[MeterInstallation],
) -> Iterator[Stand]:
    numbers = {point.id: number for number, point in points.items()}
    for part in _parts({row.point_id for row in stands} - numbers.keys()):
        query = select(MeteringPoint.id, MeteringPoint.number).where(col(MeteringPoint.id).in_(part))
        numbers |= dict(session.exec(query).all())
    keys = {meter.id: key for key, meter in meters.items()}
    for row in stands:
        yield Stand(numbers[row.point_id], keys[row.meter_id], row.installed_on, row.removed_on, row.id)


def _contracts(
    session: Session, supplier_id: int, points: dict[str, MeteringPoint], numbers: set[str]
) -> dict[str, int]:
    """Contracts the file names, and those its points have."""
    found: dict[str, int] = {}
    for part in _parts(numbers):
        query = select(Contract.number, Contract.id).where(
            Contract.supplier_id == supplier_id, col(Contract.number).in_(part)
        )
        found |= dict(session.exec(query).all())
    for part in _parts({point.contract_id for point in points.values() if point.contract_id}):
        query = select(Contract.number, Contract.id).where(col(Contract.id).in_(part))
        found |= dict(session.exec(query).all())
    return found


def _tariff_zones(session: Session, tariffs: dict[str, int]) -> dict[str, tuple[str, ...]]:
    codes = {key: code for code, key in tariffs.items()}
    query = select(TariffZonePeriod.tariff_id, TariffZonePeriod.zone).where(col(TariffZonePeriod.tariff_id).in_(codes))
    found: dict[str, set[str]] = {code: set() for code in tariffs}
    for key, zone in session.exec(query):
        found[codes[key]].add(str(zone))
    return {code: tuple(sorted(zones)) for code, zones in found.items()}


def _zones(
    point: MeteringPoint,
    tariffs: dict[str, int],
    zones: dict[str, tuple[str, ...]],
    last: dict[str, int] | None,
) -> tuple[str, ...]:
    """As `meter_replacement.zones_of`."""
    mine = next((zones[code] for code, key in tariffs.items() if key == point.tariff_id), ())
    return mine if len(mine) > 1 else ("T1",) if last and "T1" in last else ONE_REGISTER


def _last_registers(session: Session, numbers: dict[int, str]) -> dict[str, dict[str, int]]:
    """Point → zone → the greatest Wh its standing meter has shown."""
    found: dict[str, dict[str, int]] = {}
    for part in _parts(numbers):
        columns = (MeterReading.point_id, MeterReading.zone, func.max(MeterReading.register_wh))
        query = (
            select(*columns)
            .join(
                MeterInstallation,
                (col(MeterInstallation.point_id) == MeterReading.point_id)
                & (col(MeterInstallation.meter_id) == MeterReading.meter_id),
            )
            .where(col(MeterReading.point_id).in_(part), MeterReading.channel == Channel.A_PLUS)
            .where(col(MeterInstallation.removed_on).is_(None))
            .group_by(col(MeterReading.point_id), col(MeterReading.zone))
        )
        for point_id, zone, wh in session.exec(query):
            found.setdefault(numbers[point_id], {})[zone] = int(wh)
    return found


def _point_facts(
    points: dict[str, MeteringPoint], contracts: dict[str, int], tariffs: dict[str, int]
) -> dict[str, dict[str, str]]:
    numbers = {key: number for number, key in contracts.items()}
    codes = {key: code for code, key in tariffs.items()}
    links = {
        number: {"contract": numbers.get(point.contract_id or 0, ""), "tariff": codes.get(point.tariff_id or 0, "")}
        for number, point in points.items()
    }
    return {number: columns_of(row, (*POINT_TEXTS, *POINT_NUMBERS)) | links[number] for number, row in points.items()}

"""A planned registry file into the database: points, meters, who stood where, and the registers of replacements."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import insert, or_, update
from sqlmodel import Session, col

from energo_cabinet.auth.access import Subject
from energo_cabinet.domain.registry.model import MeterKey, Registers, Stand
from energo_cabinet.domain.registry.plan import Fate, RowFate
from energo_cabinet.models import (
    Channel,
    Meter,
    MeteringPoint,
    MeterInstallation,
    MeterReading,
    ReadingQuality,
    RegistryChange,
    Supplier,
)
from energo_cabinet.services.notice.live_event import tell_measured
from energo_cabinet.services.point.facts import DAYS, put
from energo_cabinet.services.registry.snapshot import Snapshot
from energo_cabinet.services.values.meter_timeline import moment_of

HANDOVER = timedelta(seconds=1)


def apply_plan(
    session: Session, subject: Subject, supplier: Supplier, known: Snapshot, fates: Sequence[RowFate]
) -> None:
    """Write what the taken rows say, in the caller's transaction."""
    taken = [fate for fate in fates if fate.fate in (Fate.NEW, Fate.CHANGED)]
    _write_points(session, supplier, known, {fate.row.point for fate in taken})
    _write_meters(session, supplier, known, {known.model.meter_key(fate.row) for fate in taken if fate.row.serial})
    session.flush()
    for stand in known.model.stands:
        if stand.is_changed:
            _write_stand(session, known, stand)
    session.flush()
    for registers in known.model.noted:
        _write_registers(session, known, registers)
    _write_changes(session, subject, known, taken)
    contracts = {known.points[registers.point].contract_id for registers in known.model.noted}
    tell_measured(session, subject, {key for key in contracts if key})


def _write_points(session: Session, supplier: Supplier, known: Snapshot, numbers: set[str]) -> None:
    for number in sorted(numbers):
        facts = dict(known.model.points[number])
        contract, tariff = facts.pop("contract", ""), facts.pop("tariff", "")
        row = known.points.get(number)
        if row is None:
            zone = facts.pop("zone_name", "") or supplier.zone_name
            row = MeteringPoint(supplier_id=supplier.id, number=number, name="", zone_name=zone)
            known.points[number] = row
        put(row, {name: text for name, text in facts.items() if name != "zone_name" and text})
        row.contract_id = known.contracts.get(contract)
        row.tariff_id = known.tariffs.get(tariff)
        session.add(row)


def _write_meters(session: Session, supplier: Supplier, known: Snapshot, keys: set[MeterKey]) -> None:
    for key in sorted(keys):
        row = known.meters.get(key)
        if row is None:
            row = known.meters[key] = Meter(supplier_id=supplier.id, serial_number=key[0], model=key[1])
        facts = known.model.meters[key]
        put(row, {name: text for name, text in facts.items() if text or name in DAYS})
        session.add(row)


def _write_stand(session: Session, known: Snapshot, stand: Stand) -> None:
    point = known.points[stand.point]
    row = known.stands.get(stand.id or 0)
    if row is None:
        row = MeterInstallation(
            point_id=point.id, meter_id=known.meters[stand.meter].id, installed_on=stand.installed_on
        )
        row.installed_at = moment_of(stand.installed_on, point.zone_name) + HANDOVER
    if stand.removed_on != row.removed_on:
        row.removed_on, row.removed_at = stand.removed_on, _at(point, stand.removed_on)
    session.add(row)


def _at(point: MeteringPoint, day: date | None) -> datetime | None:
    return moment_of(day, point.zone_name) if day else None


def _write_registers(session: Session, known: Snapshot, told: Registers) -> None:
    """Registers of one installation, at noon; readings that came before belong to whichever meter stood there."""
    point, meter = known.points[told.point], known.meters[told.meter]
    at = moment_of(told.on, point.zone_name)
    here = col(MeterReading.point_id) == point.id
    if told.is_final:
        nobody = or_(col(MeterReading.meter_id).is_(None), col(MeterReading.meter_id) == meter.id)
        session.execute(
            update(MeterReading).where(here, col(MeterReading.read_at) <= at, nobody).values(meter_id=meter.id)
        )
    else:
        session.execute(update(MeterReading).where(here, col(MeterReading.read_at) > at).values(meter_id=meter.id))
    zones = known.model.zones.get(told.point) or _zones(known, told.point)
    for zone, wh in zip(zones, told.wh, strict=True):
        moment = at if told.is_final else at + HANDOVER
        row = MeterReading(point_id=point.id, channel=Channel.A_PLUS, zone=zone, read_at=moment, register_wh=wh)
        row.meter_id, row.quality = meter.id, ReadingQuality.MANUAL
        session.merge(row)


def _zones(known: Snapshot, point: str) -> tuple[str, ...]:
    zones = known.model.tariffs.get(known.model.points[point].get("tariff", ""), ())
    return zones if len(zones) > 1 else ("T0",)


def _write_changes(session: Session, subject: Subject, known: Snapshot, taken: Sequence[RowFate]) -> None:
    by = subject.staff.name if subject.staff else ""
    common: dict[str, Any] = {"at": subject.at, "by": by, "what": "import"}
    rows: list[dict[str, Any]] = [
        {"point_id": known.points[fate.row.point].id, "changes": [[c.field, c.old, c.new] for c in fate.changes]}
        for fate in taken
    ]
    if rows:
        session.execute(insert(RegistryChange), [row | common for row in rows])

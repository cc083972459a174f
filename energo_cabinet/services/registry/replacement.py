"""Replacing a meter: a preview of the month's consumption, then the installations and readings themselves (Н-149)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from sqlalchemy import or_, update
from sqlmodel import Session, col, func, select

from energo_cabinet.auth.access import Subject, service
from energo_cabinet.auth.supplier_access import visible_supplier_point
from energo_cabinet.domain.energy.registers import FARTHEST, RegisterValue, register_spans
from energo_cabinet.domain.time.local_day import Span, epoch_day, local_day
from energo_cabinet.models import (
    Channel,
    Meter,
    MeteringPoint,
    MeterInstallation,
    MeterReading,
    ProfileDay,
    ProfileSeries,
    ReadingQuality,
)
from energo_cabinet.services.notice.live_event import tell_measured
from energo_cabinet.services.point.facts import checked, note_change, put
from energo_cabinet.services.registry.point import locked_point
from energo_cabinet.services.registry.replacement_form import (
    HANDOVER,
    NEW_METER,
    Replacement,
    check_replacement,
    refuse_when_changed,
)
from energo_cabinet.services.values.profile_read import PointHead
from energo_cabinet.services.values.reading_read import readings_between

UNKNOWN = -1
"""Stands for the id of a meter that has none yet."""

Readings = dict[str, list[RegisterValue]]


@dataclass(frozen=True, slots=True)
class ReplacementPreview:
    """The month of the replacement up to now, kWh with the transformers' ratio; None where nothing is known.

    `old_kwh` up to the replacement, `new_kwh` since; `registers_kwh`: what the month comes to by registers;
    `intervals_kwh`: by the load profile.
    """

    first: date
    last: date
    old_kwh: Decimal | None
    new_kwh: Decimal | None
    registers_kwh: Decimal | None
    intervals_kwh: Decimal | None


@service("staff:registry", "meter_replacement.preview")
def preview_replacement(
    session: Session, subject: Subject, point_id: int, fields: Mapping[str, str]
) -> ReplacementPreview:
    """What the month's consumption will be; nothing is written. InvalidInput; NotFound."""
    point = visible_supplier_point(session, subject, point_id)
    with session.no_autoflush:
        found = check_replacement(session, subject, point, fields)
        return _preview(session, found, subject.at)


@service("staff:registry", "meter_replacement.carry_out")
def replace_meter(session: Session, subject: Subject, point_id: int, fields: Mapping[str, str], seen: str) -> None:
    """Put a meter on a point, in the place of the one called `seen` ("" for none). InvalidInput; NotFound."""
    point = locked_point(session, subject, point_id)
    found = check_replacement(session, subject, point, fields)
    refuse_when_changed(found, seen)
    given = checked(NEW_METER, fields)
    put(found.new, {name: text for name, text in given.items() if text and name not in ("serial", "model")})
    found.new.commissioned_on = found.new.commissioned_on or found.day
    session.add(found.new)
    session.flush()
    _install(session, found)
    _ascribe(session, found)
    _keep_registers(session, found)
    if point.contract_id:
        tell_measured(session, subject, {point.contract_id})
    old = f"{found.old.serial_number} {found.old.model}".strip() if found.old else ""
    new = f"{found.new.serial_number} {found.new.model}".strip()
    changes = [["meter", old, new], ["installed_on", "", found.day.isoformat()]]
    changes += [[f"final_{zone}", "", f"{wh / 1000:g}"] for zone, wh in found.final.items()]
    changes += [[f"initial_{zone}", "", f"{wh / 1000:g}"] for zone, wh in found.initial.items()]
    note_change(session, subject, point_id, "replacement", changes)


def _install(session: Session, found: Replacement) -> None:
    if found.standing is not None:
        found.standing.removed_on, found.standing.removed_at = found.day, found.at
        session.add(found.standing)
    session.add(
        MeterInstallation(
            point_id=found.point.id,
            meter_id=found.new.id,
            installed_on=found.day,
            installed_at=found.at + HANDOVER,
        )
    )


def _ascribe(session: Session, found: Replacement) -> None:
    """Readings that came before the replacement was told belong to whichever meter stood there."""
    here = col(MeterReading.point_id) == found.point.id
    later = update(MeterReading).where(here, col(MeterReading.read_at) > found.at)
    session.execute(later.values(meter_id=found.new.id))
    if found.old is not None and found.standing is not None:
        nobody = or_(col(MeterReading.meter_id).is_(None), col(MeterReading.meter_id) == found.old.id)
        earlier = update(MeterReading).where(here, col(MeterReading.read_at) <= found.at, nobody)
        session.execute(earlier.values(meter_id=found.old.id))


def _keep_registers(session: Session, found: Replacement) -> None:
    sides: tuple[tuple[Meter | None, datetime, Mapping[str, int]], ...] = (
        (found.old, found.at, found.final),
        (found.new, found.at + HANDOVER, found.initial),
    )
    for meter, at, registers in sides:
        for zone, wh in registers.items():
            row = MeterReading(point_id=found.point.id, channel=Channel.A_PLUS, zone=zone, read_at=at, register_wh=wh)
            row.meter_id, row.quality = meter.id if meter else None, ReadingQuality.MANUAL
            session.merge(row)
    session.flush()
    session.expire_all()


def _preview(session: Session, found: Replacement, at: datetime) -> ReplacementPreview:
    first = found.day.replace(day=1)
    last = min(local_day(at, found.point.zone_name), (first + timedelta(days=31)).replace(day=1) - timedelta(days=1))
    head = PointHead(found.point.id, found.point.zone_name, found.point.tariff_id, _ratio(found.point), ())
    known = readings_between(session, head, Channel.A_PLUS, first, last, around=FARTHEST["months"])
    old, new = _sides(found, {zone: list(known.get(zone, ())) for zone in found.zones})
    span = Span(first, last)

    def energy(readings: Readings) -> Decimal | None:
        found_wh = register_spans(readings, [span], "months", found.point.zone_name, at)[0].wh
        return None if found_wh is None else sum(found_wh) * _ratio(found.point) / 1000

    both = {zone: [*old[zone], *new[zone]] for zone in found.zones}
    intervals = _intervals(session, found.point, first, last)
    return ReplacementPreview(first, last, energy(old), energy(new), energy(both), intervals)


def _sides(found: Replacement, known: Readings) -> tuple[Readings, Readings]:
    """Registers by zone of the old and of the new meter, as they will be."""
    old_id = found.old.id if found.old else None
    old: Readings = {}
    new: Readings = {}
    for zone, values in known.items():
        earlier = [v._replace(meter_id=v.meter_id or old_id) for v in values if v.read_at < found.at]
        if found.old is not None:
            earlier.append(RegisterValue(found.at, found.final[zone], old_id, ReadingQuality.MANUAL))
        later = [v._replace(meter_id=UNKNOWN) for v in values if v.read_at > found.at]
        begin = RegisterValue(found.at + HANDOVER, found.initial[zone], UNKNOWN, ReadingQuality.MANUAL)
        old[zone], new[zone] = earlier, [begin, *later]
    return old, new


def _ratio(point: MeteringPoint) -> Decimal:
    return point.current_ratio * point.voltage_ratio


def _intervals(session: Session, point: MeteringPoint, first: date, last: date) -> Decimal | None:
    query = (
        select(func.sum(ProfileDay.total), ProfileSeries.is_primary)
        .join(ProfileSeries, col(ProfileSeries.id) == ProfileDay.series_id)
        .where(ProfileSeries.point_id == point.id, ProfileSeries.channel == Channel.A_PLUS)
        .where(col(ProfileDay.day).between(epoch_day(first), epoch_day(last)))
        .group_by(col(ProfileSeries.is_primary))
    )
    row = session.exec(query).first()
    if row is None:
        return None
    return Decimal(int(row[0])) * (1 if row[1] else _ratio(point)) / 1000

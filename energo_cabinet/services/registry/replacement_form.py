"""A meter takes another's place: registers of both at one instant, so that consumption goes on evenly (Н-149)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from energo_cabinet.auth.access import Subject, service
from energo_cabinet.auth.supplier_access import visible_supplier_point
from energo_cabinet.domain.reading.check import TOTAL, Dial, register_of
from energo_cabinet.domain.time.local_day import local_day
from energo_cabinet.domain.time.period import MEASURED_YEARS
from energo_cabinet.domain.typed import day_of
from energo_cabinet.errors import Conflict, InvalidInput
from energo_cabinet.models import Channel, Meter, MeteringPoint, MeterInstallation, MeterReading, TariffZonePeriod
from energo_cabinet.services.point.facts import check_days, checked
from energo_cabinet.services.registry.point import standing_meter

NEW_METER = ("serial", "model", "zone_count", "last_verification_on", "next_verification_on")
HANDOVER = timedelta(seconds=1)
"""The new meter's register is read so long after the old one's."""

FREE_SHOWN = 50


@dataclass(frozen=True, slots=True)
class ReplacementForm:
    """What the dialog begins with; `last`: zone → kWh read last of the old meter ("" where none stands)."""

    old_serial: str
    old_model: str
    installed_on: date | None
    zones: tuple[str, ...]
    last: Mapping[str, Decimal]
    read_at: datetime | None
    free: tuple[tuple[str, str], ...]
    today: date


@dataclass(frozen=True, slots=True)
class Replacement:
    """A replacement that was checked: `old` None where no meter stood; registers Wh by zone, `at` aware UTC."""

    point: MeteringPoint
    old: Meter | None
    standing: MeterInstallation | None
    new: Meter
    at: datetime
    day: date
    zones: tuple[str, ...]
    final: dict[str, int]
    initial: Mapping[str, int]


@service("staff:registry", "meter_replacement.prepare")
def replacement_form(session: Session, subject: Subject, point_id: int) -> ReplacementForm:
    """What is known before a meter is replaced or put in. NotFound."""
    point = visible_supplier_point(session, subject, point_id)
    old, standing = standing_meter(session, point_id), standing_installation(session, point_id)
    last = _last(session, point_id, old)
    zone = ZoneInfo(point.zone_name)
    return ReplacementForm(
        old_serial=old.serial_number if old else "",
        old_model=old.model if old else "",
        installed_on=standing.installed_on if standing else None,
        zones=zones_of(session, point),
        last={row.zone: Decimal(row.register_wh).scaleb(-3) for row in last},
        read_at=last[0].read_at.astimezone(zone) if last else None,
        free=_free(session, point.supplier_id),
        today=local_day(subject.at, point.zone_name),
    )


def check_replacement(
    session: Session, subject: Subject, point: MeteringPoint, fields: Mapping[str, str]
) -> Replacement:
    """The typed dialog as a replacement; InvalidInput beside its fields."""
    given = checked(NEW_METER, fields, ("serial",))
    day, at = _moment(point, fields)
    old, standing = standing_meter(session, point.id), standing_installation(session, point.id)
    if at > subject.at:
        raise InvalidInput({"day": "registry_in_future"})
    if standing is not None and day <= standing.installed_on:
        raise InvalidInput({"day": "registry_replaced_before_installed"})
    check_days(given, local_day(subject.at, point.zone_name), day)
    new, zones = _new(session, point, given, old), zones_of(session, point)
    dials = {"final": old, "initial": new}
    registers = {name: _registers(name, meter, zones, fields) for name, meter in dials.items() if meter}
    found = Replacement(point, old, standing, new, at, day, zones, registers.get("final", {}), registers["initial"])
    _check_neighbours(session, found)
    return found


def standing_installation(session: Session, point_id: int) -> MeterInstallation | None:
    """The open installation of a point."""
    query = select(MeterInstallation).where(
        MeterInstallation.point_id == point_id, col(MeterInstallation.removed_on).is_(None)
    )
    return session.exec(query.order_by(col(MeterInstallation.installed_on).desc())).first()


def zones_of(session: Session, point: MeteringPoint) -> tuple[str, ...]:
    """Zones of the tariff; of a meter without zones the register under the name it has had so far."""
    query = select(TariffZonePeriod.zone).where(TariffZonePeriod.tariff_id == point.tariff_id).distinct()
    zones = sorted(str(zone) for zone in session.exec(query)) if point.tariff_id else []
    if len(zones) > 1:
        return tuple(zones)
    known = select(MeterReading.zone).where(
        MeterReading.point_id == point.id, MeterReading.channel == Channel.A_PLUS, MeterReading.zone == "T1"
    )
    return ("T1",) if session.exec(known.limit(1)).first() else (TOTAL,)


def _moment(point: MeteringPoint, fields: Mapping[str, str]) -> tuple[date, datetime]:
    day, wrong = day_of(fields.get("day")), {}
    try:
        clock = time.fromisoformat(fields.get("time", "") or "12:00").replace(tzinfo=None)
    except ValueError:
        clock, wrong["time"] = time(12), "registry_time_invalid"
    if day is None or (day.year not in MEASURED_YEARS and not wrong):
        wrong = {"day": "registry_day_invalid"} | wrong
    if wrong or day is None:
        raise InvalidInput(wrong)
    return day, datetime.combine(day, clock, ZoneInfo(point.zone_name)).astimezone(UTC)


def _new(session: Session, point: MeteringPoint, given: Mapping[str, str], old: Meter | None) -> Meter:
    """The meter of that serial that stands nowhere, or a new row; InvalidInput when it stands somewhere."""
    same = (Meter.supplier_id == point.supplier_id, Meter.serial_number == given["serial"])
    known = session.exec(select(Meter).where(*same)).all()
    meter = next((row for row in known if row.model == given["model"]), None)
    if meter is None and known and not given["model"]:
        meter = known[0] if len(known) == 1 else None
    if meter is None and known:
        raise InvalidInput({"model": "registry_serial_other_model"}, model=", ".join(row.model for row in known))
    if meter is not None and old is not None and meter.id == old.id:
        raise InvalidInput({"serial": "registry_serial_same"})
    if meter is not None and _stands(session, meter):
        raise InvalidInput({"serial": "registry_serial_stands"})
    return meter or Meter(
        supplier_id=point.supplier_id,
        serial_number=given["serial"],
        model=given["model"],
        zone_count=int(given["zone_count"] or 1),
    )


def _stands(session: Session, meter: Meter) -> bool:
    query = select(MeterInstallation.id).where(
        MeterInstallation.meter_id == meter.id, col(MeterInstallation.removed_on).is_(None)
    )
    return session.exec(query.limit(1)).first() is not None


def _registers(name: str, meter: Meter, zones: tuple[str, ...], fields: Mapping[str, str]) -> dict[str, int]:
    """Wh by zone of `final_T1`, `initial_T1` …; InvalidInput beside each."""
    dial = Dial(meter.register_digits or 6, meter.register_decimals or 2)
    found = {zone: register_of(fields.get(f"{name}_{zone}", ""), dial) for zone in zones}
    wrong = {f"{name}_{zone}": code for zone, code in found.items() if isinstance(code, str)}
    if wrong:
        raise InvalidInput(wrong, digits=dial.digits, decimals=dial.decimals)
    return {zone: wh for zone, wh in found.items() if isinstance(wh, int)}


def _check_neighbours(session: Session, found: Replacement) -> None:
    """Registers only go up: not below what was read before, not above what was read since."""
    for zone in found.zones:
        mine = (
            MeterReading.point_id == found.point.id,
            MeterReading.channel == Channel.A_PLUS,
            MeterReading.zone == zone,
        )
        times = col(MeterReading.read_at)
        before = session.exec(select(MeterReading).where(*mine, times <= found.at).order_by(times.desc())).first()
        after = session.exec(select(MeterReading).where(*mine, times > found.at).order_by(times)).first()
        if found.old and before and before.meter_id in (None, found.old.id):
            _take_unshown(found.old, found.final, zone, before.register_wh)
            if before.register_wh > found.final[zone]:
                raise InvalidInput({f"final_{zone}": "registry_final_below_last"})
            if before.read_at == found.at and before.register_wh != found.final[zone]:
                raise InvalidInput({"time": "registry_reading_there"})
        if after and after.register_wh < found.initial[zone]:
            raise InvalidInput({f"initial_{zone}": "registry_initial_above_next"})


def _take_unshown(meter: Meter, final: dict[str, int], zone: str, known_wh: int) -> None:
    """A dial shows no Wh: a final register that is the known one but for what it does not show is the known one."""
    step_wh = 10 ** (3 - min(meter.register_decimals or 2, 3))
    if 0 < known_wh - final[zone] < step_wh:
        final[zone] = known_wh


def _last(session: Session, point_id: int, old: Meter | None) -> list[MeterReading]:
    if old is None:
        return []
    mine = (MeterReading.point_id == point_id, MeterReading.channel == Channel.A_PLUS)
    newest = session.exec(select(MeterReading).where(*mine).order_by(col(MeterReading.read_at).desc()).limit(8)).all()
    return [row for row in newest if row.read_at == newest[0].read_at]


def _free(session: Session, supplier_id: int) -> tuple[tuple[str, str], ...]:
    """Serial and model of meters that stand nowhere (Н-151)."""
    bound = select(MeterInstallation.meter_id).where(col(MeterInstallation.removed_on).is_(None))
    query = select(Meter.serial_number, Meter.model).where(
        Meter.supplier_id == supplier_id, col(Meter.id).not_in(bound)
    )
    return tuple(session.exec(query.order_by(col(Meter.serial_number)).limit(FREE_SHOWN)).all())


def refuse_when_changed(found: Replacement, seen: str) -> None:
    """Conflict when another meter stands there than the dialog showed."""
    if (found.old.serial_number if found.old else "") != seen:
        raise Conflict("registry_changed")

"""Meters whose readings a customer sends: what they showed last, what is calculated without, when they are due."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from energo_cabinet.auth.access import Subject, service, visible_contract, visible_point, visible_points
from energo_cabinet.domain.reading.check import TOTAL, Before, Dial, most_energy_wh
from energo_cabinet.domain.reading.window import ReadingWindow, window_at
from energo_cabinet.domain.time.local_day import local_day
from energo_cabinet.errors import NotFound
from energo_cabinet.models import (
    Channel,
    Meter,
    MeteringPoint,
    MeterInstallation,
    MeterReading,
    ReadingSubmission,
    Resource,
    SubmissionStatus,
    Supplier,
    TariffZonePeriod,
)
from energo_cabinet.services.values.reading_pending import as_readings, newest_sent
from energo_cabinet.settings import get_settings

LOOK_BACK = timedelta(days=400)
BY_AVERAGE_DAYS = 92
"""R-18: the first three months without readings by the average, then by the norm where one is set."""


@dataclass(frozen=True, slots=True)
class ZoneToRead:
    """A register to be read: kWh on its own dial. `calculated_kwh`: what would be reckoned today without a reading."""

    zone: str
    last_kwh: Decimal | None
    calculated_kwh: Decimal | None


@dataclass(frozen=True, slots=True)
class MeterToRead:
    """A meter and its window. `read_at` is local; `pending`: status of a submission in this window, or ""."""

    point_id: int
    contract_id: int
    point_title: str
    resource: Resource
    meter_model: str
    serial_number: str
    is_smart: bool
    zones: tuple[ZoneToRead, ...]
    read_at: datetime | None
    dial: Dial
    ratio: Decimal
    window: ReadingWindow
    pending: str
    today: date

    @property
    def is_due(self) -> bool:
        """Whether a reading can be sent now and none has been in this window."""
        return not self.is_smart and self.window.is_open and not self.pending


@service("customer", "reading.meters_to_read")
def meters_to_read(session: Session, subject: Subject, contract_id: int | None = None) -> list[MeterToRead]:
    """Meters of a contract of the caller's (or of all) that stand on a point, by number. NotFound."""
    query = visible_points(subject)
    if contract_id is not None:
        visible_contract(session, subject, contract_id)
        query = query.where(MeteringPoint.contract_id == contract_id)
    points = session.exec(query.order_by(MeteringPoint.number)).all()
    found = (_known(session, subject, point) for point in points)
    return [known.meter for known in found if known is not None]


@service("customer", "reading.meter_to_read")
def meter_to_read(session: Session, subject: Subject, point_id: int) -> MeterToRead | None:
    """The meter of one point; None where none stands. NotFound: not the caller's."""
    known = known_meter(session, subject, point_id)
    return known.meter if known else None


@dataclass(frozen=True, slots=True)
class KnownMeter:
    """What a submission is checked against."""

    point: MeteringPoint
    row: Meter
    meter: MeterToRead
    last_at: datetime | None
    usual_wh_a_day: Mapping[str, float]

    def before(self, at: datetime) -> dict[str, Before]:
        """Zone → what is known of its register for a reading at that instant."""
        if self.last_at is None:
            return {}
        hours = max(0.0, (at - self.last_at).total_seconds() / 3600)
        power = self.point.power_limit_kw or Decimal(str(get_settings().reading_max_power_kw))
        most = most_energy_wh(power, hours, self.meter.ratio)
        return {z.zone: self._before(z, most, hours) for z in self.meter.zones}

    def _before(self, zone: ZoneToRead, most: int, hours: float) -> Before:
        usual = self.usual_wh_a_day.get(zone.zone)
        last = None if zone.last_kwh is None else int(zone.last_kwh * 1000)
        return Before(last, most, None if usual is None else int(usual * hours / 24))


def known_meter(session: Session, subject: Subject, point_id: int) -> KnownMeter | None:
    """The meter on a visible point with what is known of it; NotFound."""
    point = visible_point(session, subject, point_id)
    if point.contract_id is None:
        raise NotFound
    return _known(session, subject, point)


def _known(session: Session, subject: Subject, point: MeteringPoint) -> KnownMeter | None:
    standing = select(Meter).join(MeterInstallation, col(MeterInstallation.meter_id) == Meter.id)
    here = (MeterInstallation.point_id == point.id, col(MeterInstallation.removed_on).is_(None))
    row = session.exec(standing.where(*here).order_by(col(MeterInstallation.installed_on).desc())).first()
    if row is None:
        return None
    supplier = session.get_one(Supplier, point.supplier_id)
    today = local_day(subject.at, point.zone_name)
    window = window_at(today, supplier.reading_first_day, supplier.reading_last_day)
    last = _last(session, point)
    last_at = last[0].read_at if last else None
    usual = {} if row.is_smart else _usual(session, subject, point)
    zones = _zones(session, point, last)
    meter = MeterToRead(
        point_id=point.id,
        contract_id=point.contract_id or 0,
        point_title=point.name,
        resource=point.resource,
        meter_model=row.model,
        serial_number=row.serial_number,
        is_smart=row.is_smart,
        zones=tuple(_zone(zone, last, usual, point, subject.at) for zone in zones),
        read_at=last_at.astimezone(ZoneInfo(point.zone_name)) if last_at else None,
        dial=Dial(row.register_digits, row.register_decimals),
        ratio=point.current_ratio * point.voltage_ratio,
        window=window,
        pending=_pending(session, point, window),
        today=today,
    )
    return KnownMeter(point, row, meter, last_at, usual)


def _last(session: Session, point: MeteringPoint) -> Sequence[MeterReading]:
    """The newest readings, sent ones among them."""
    mine = (MeterReading.point_id == point.id, MeterReading.channel == Channel.A_PLUS)
    newest = session.exec(select(MeterReading).where(*mine).order_by(col(MeterReading.read_at).desc()).limit(8)).all()
    last = [reading for reading in newest if reading.read_at == newest[0].read_at]
    sent = newest_sent(session, [point.id]).get(point.id)
    return as_readings(sent) if sent and (not last or sent.read_at > last[0].read_at) else last


def _zones(session: Session, point: MeteringPoint, last: Sequence[MeterReading]) -> tuple[str, ...]:
    """The zones of the tariff; a meter without zones has one register, under the name it has had so far."""
    query = select(TariffZonePeriod.zone).where(TariffZonePeriod.tariff_id == point.tariff_id).distinct()
    zones = sorted(str(zone) for zone in session.exec(query)) if point.tariff_id else []
    if len(zones) > 1:
        return tuple(zones)
    return ("T1",) if any(reading.zone == "T1" for reading in last) else (TOTAL,)


def _usual(session: Session, subject: Subject, point: MeteringPoint) -> dict[str, float]:
    """Zone → Wh a day on the dial over the last year of readings."""
    mine = (MeterReading.point_id == point.id, MeterReading.channel == Channel.A_PLUS)
    since = col(MeterReading.read_at) > subject.at - LOOK_BACK
    found: dict[str, list[MeterReading]] = {}
    for reading in session.exec(select(MeterReading).where(*mine, since).order_by(col(MeterReading.read_at))):
        found.setdefault(reading.zone, []).append(reading)
    return {zone: rate for zone, values in found.items() if (rate := _rate(values)) is not None}


def _rate(values: Sequence[MeterReading]) -> float | None:
    days = (values[-1].read_at - values[0].read_at).total_seconds() / 86_400
    used = values[-1].register_wh - values[0].register_wh
    is_one_meter = values[0].meter_id == values[-1].meter_id
    return used / days if days >= 7 and used >= 0 and is_one_meter else None


def _zone(
    zone: str, last: Sequence[MeterReading], usual: Mapping[str, float], point: MeteringPoint, at: datetime
) -> ZoneToRead:
    found = next((reading for reading in last if reading.zone == zone), None)
    if found is None:
        return ZoneToRead(zone, None, None)
    rate, days = usual.get(zone), (at - found.read_at).total_seconds() / 86_400
    calculated = None
    if rate is not None and days > 0:
        norm = float(point.norm_day_kwh) * 1000 or float(point.norm_month_kwh) * 1000 / 30
        later = max(0.0, days - BY_AVERAGE_DAYS)
        wh = found.register_wh + rate * min(days, BY_AVERAGE_DAYS) + (norm or rate) * later
        calculated = Decimal(round(wh)).scaleb(-3)
    return ZoneToRead(zone, Decimal(found.register_wh).scaleb(-3), calculated)


def _pending(session: Session, point: MeteringPoint, window: ReadingWindow) -> str:
    """Status of the newest submission of this window that was not rejected."""
    since = datetime.combine(window.first, datetime.min.time(), ZoneInfo(point.zone_name))
    rows = select(ReadingSubmission.status).where(
        ReadingSubmission.point_id == point.id,
        col(ReadingSubmission.created_at) >= since,
        ReadingSubmission.status != SubmissionStatus.REJECTED,
    )
    found = session.exec(rows.order_by(col(ReadingSubmission.id).desc())).first()
    return str(found) if found and window.is_open else ""

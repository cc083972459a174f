"""Σ of intervals against the registers of a month, point by point, the worst first (R-27, Н-149)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import func, or_
from sqlmodel import Session, col, select

from energo_cabinet.auth.access import Subject, service
from energo_cabinet.auth.supplier_access import visible_supplier_points
from energo_cabinet.domain.energy.registers import SNAP, RegisterValue, register_spans
from energo_cabinet.domain.time.local_day import Span, add_months, epoch_day, local_day, midnight
from energo_cabinet.errors import InvalidInput
from energo_cabinet.models import Channel, MeteringPoint, MeterInstallation, MeterReading, ProfileDay, ProfileSeries
from energo_cabinet.settings import get_settings

TOTAL = "T0"
PAGE, MOST = 20, 100
MONTHS_BACK = 12


@dataclass(frozen=True, slots=True)
class Imbalance:
    """A point and month: kWh with the ratio. `percent` of the registers; `is_over` the tolerance."""

    id: int
    number: str
    name: str
    intervals_kwh: Decimal
    registers_kwh: Decimal
    percent: Decimal
    is_over: bool

    @property
    def difference_kwh(self) -> Decimal:
        """Intervals less registers."""
        return self.intervals_kwh - self.registers_kwh


@dataclass(frozen=True, slots=True)
class ImbalancePage:
    """The worst first; `over` of the `compared` points exceed the tolerance; `months`: those that may be asked for."""

    month: date
    rows: tuple[Imbalance, ...]
    next: int | None
    over: int
    compared: int
    tolerance_percent: float
    source: str
    months: tuple[date, ...]


@service("staff:quality", "quality.imbalances")
def imbalances(
    session: Session, subject: Subject, month: date | None = None, skip: int = 0, limit: int = PAGE
) -> ImbalancePage:
    """A whole month, the last one by default. InvalidInput: month."""
    month = _month(subject, month)
    found = [
        row
        for zone in _zones(session, subject)
        for row in _of_zone(session, subject, zone, Span(month, add_months(month, 1) - timedelta(days=1)))
    ]
    found.sort(key=lambda row: (not row.is_over, -abs(row.percent), row.number))
    skip, limit, settings = max(0, skip), max(1, min(limit, MOST)), get_settings()
    return ImbalancePage(
        month=month,
        rows=tuple(found[skip : skip + limit]),
        next=skip + limit if len(found) > skip + limit else None,
        over=sum(row.is_over for row in found),
        compared=len(found),
        tolerance_percent=settings.imbalance_percent,
        source=settings.imbalance_source,
        months=tuple(add_months(_newest(subject), -back) for back in range(MONTHS_BACK)),
    )


def _month(subject: Subject, month: date | None) -> date:
    newest = _newest(subject)
    if month is None:
        return newest
    if type(month) is not date or month.day != 1 or not add_months(newest, -MONTHS_BACK) < month <= newest:
        raise InvalidInput({"month": "invalid"})
    return month


def _newest(subject: Subject) -> date:
    """The last month that is over."""
    return add_months(local_day(subject.at, get_settings().default_zone).replace(day=1), -1)


def _zones(session: Session, subject: Subject) -> Sequence[str]:
    query = visible_supplier_points(subject).with_only_columns(col(MeteringPoint.zone_name)).distinct()
    return session.execute(query).scalars().all()


def _of_zone(session: Session, subject: Subject, zone_name: str, span: Span) -> Iterable[Imbalance]:
    sums = _interval_sums(session, subject, zone_name, span)
    readings = _readings(session, subject, zone_name, span)
    for point, is_primary, total in sums:
        registers = _without_total(readings.get(point.id, {}))
        energy = register_spans(registers, [span], "months", zone_name, subject.at)[0] if registers else None
        if energy is None or not energy.wh or energy.is_partial or not sum(energy.wh):
            continue
        ratio = point.current_ratio * point.voltage_ratio
        yield _compared(point, Decimal(total) * (1 if is_primary else ratio), sum(energy.wh) * ratio, ratio)


def _compared(point: MeteringPoint, intervals_wh: Decimal, registers_wh: Decimal, ratio: Decimal) -> Imbalance:
    """A register shows whole kWh at worst: one of it, times the ratio, is no difference."""
    difference = intervals_wh - registers_wh
    percent = (difference * 100 / registers_wh).quantize(Decimal("0.01"))
    is_over = abs(percent) > Decimal(str(get_settings().imbalance_percent)) and abs(difference) > 1000 * ratio
    kwh = (intervals_wh / 1000, registers_wh / 1000)
    return Imbalance(point.id, point.number, point.name, *kwh, percent, is_over)


def _interval_sums(
    session: Session, subject: Subject, zone_name: str, span: Span
) -> Sequence[tuple[MeteringPoint, bool, int]]:
    """Sums of days alone: no blob is opened."""
    sums = (
        select(ProfileDay.series_id, func.sum(ProfileDay.total).label("total"))
        .where(col(ProfileDay.day).between(epoch_day(span.first), epoch_day(span.last)))
        .group_by(col(ProfileDay.series_id))
        .subquery()
    )
    query = (
        visible_supplier_points(subject)
        .join(ProfileSeries, col(ProfileSeries.point_id) == MeteringPoint.id)
        .join(sums, sums.c.series_id == ProfileSeries.id)
        .where(ProfileSeries.channel == Channel.A_PLUS, MeteringPoint.zone_name == zone_name)
        .with_only_columns(MeteringPoint, col(ProfileSeries.is_primary), sums.c.total)
    )
    return [(point, is_primary, int(total)) for point, is_primary, total in session.execute(query)]


def _readings(
    session: Session, subject: Subject, zone_name: str, span: Span
) -> Mapping[int, dict[str, list[RegisterValue]]]:
    """Registers around both ends of the month; all of the month where a meter was replaced in it."""
    start, end = midnight(span.first, zone_name), midnight(span.last + timedelta(days=1), zone_name)
    at = col(MeterReading.read_at)
    replaced = select(MeterInstallation.point_id).where(
        or_(
            col(MeterInstallation.installed_on).between(span.first, span.last),
            col(MeterInstallation.removed_on).between(span.first, span.last),
        )
    )
    near = or_(at.between(start - SNAP, start + SNAP), at.between(end - SNAP, end + SNAP))
    inside = at.between(start - SNAP, end + SNAP) & col(MeterReading.point_id).in_(replaced)
    own = visible_supplier_points(subject).where(MeteringPoint.zone_name == zone_name)
    query = (
        select(MeterReading)
        .where(col(MeterReading.point_id).in_(own.with_only_columns(col(MeteringPoint.id))))
        .where(MeterReading.channel == Channel.A_PLUS, or_(near, inside))
        .order_by(at)
    )
    found: dict[int, dict[str, list[RegisterValue]]] = {}
    for row in session.exec(query):
        value = RegisterValue(row.read_at, row.register_wh, row.meter_id, row.quality)
        found.setdefault(row.point_id, {}).setdefault(row.zone, []).append(value)
    return found


def _without_total(readings: Mapping[str, list[RegisterValue]]) -> Mapping[str, list[RegisterValue]]:
    """The total register only where there are no zones."""
    return {zone: values for zone, values in readings.items() if zone != TOTAL or len(readings) == 1}

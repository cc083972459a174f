"""Consumption by months, weeks or days: from the load profile, else from register readings (Н-98, Н-99)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from sqlmodel import Session

from energo_cabinet.auth.access import Subject, service
from energo_cabinet.domain.energy.bucket_sums import UNKNOWN, BucketEnergy, bucket_energies, from_days, sum_spans
from energo_cabinet.domain.energy.consumption import Consumption, Details, ZoneHours
from energo_cabinet.domain.energy.consumption_buckets import Measured, Scale, details
from energo_cabinet.domain.energy.day_sums import day_energy
from energo_cabinet.domain.energy.registers import FARTHEST, register_spans
from energo_cabinet.domain.tariff.cost import PriceList, price_parts
from energo_cabinet.domain.tariff.zones import SINGLE_ZONE, Schedule
from energo_cabinet.domain.time.comparison import is_known, previous_spans
from energo_cabinet.domain.time.local_day import By, Span, span_edges, spans
from energo_cabinet.domain.time.period import Period
from energo_cabinet.models import Channel
from energo_cabinet.services.period import MAX_DAYS, check_by, check_period
from energo_cabinet.services.values.profile_read import PointHead, SeriesHead, day_rows, point_head
from energo_cabinet.services.values.reading_read import TOTAL_REGISTER, readings_between, registers_seen
from energo_cabinet.services.values.tariff_read import prices_of, schedule_of

ONE = Decimal(1)

Source = Literal["intervals", "registers", "none"]


@service("customer", "energy.consumption")
def consumption(
    session: Session, subject: Subject, point_id: int, by: By, period: Period, compare: bool = False
) -> Consumption:
    """Consumption of a point; `compare` sets the period before beside it.

    InvalidInput: by, first, last. NotFound: not the caller's point.
    """
    by = check_by(by)
    check_period(period, MAX_DAYS[by])
    point = point_head(session, subject, point_id)
    schedule, prices = schedule_of(session, point.tariff_id), prices_of(session, point.tariff_id)
    asked = _Question(session, point, by, period.first, period.last, compare is True, subject.at, schedule, prices)
    found = _from_intervals(asked) or _from_registers(asked)
    zones = found.scale.zones
    own_prices = prices if zones == schedule.zones else PriceList()
    readings = readings_between(session, point, Channel.A_PLUS, period.first, period.last)

    def work_out() -> Details:
        return details(found.measure(), own_prices, registers_seen(readings, point.zone_name))

    return Consumption(
        point_id=point_id,
        channel=Channel.A_PLUS,
        by=by,
        first=period.first,
        last=period.last,
        zone_name=point.zone_name,
        source=found.source,
        zones=_zone_hours(asked, zones, own_prices),
        ratio=point.ratio,
        ratio_applied=found.is_scaled and point.ratio != ONE,
        work_out=work_out,
    )


@dataclass(frozen=True, slots=True)
class _Question:
    """What is asked of which point; days are local to it."""

    session: Session
    point: PointHead
    by: By
    first: date
    last: date
    compare: bool
    at: datetime
    schedule: Schedule
    prices: PriceList

    def spans(self) -> list[Span]:
        return spans(self.first, self.last, self.by)

    def beside(self) -> list[Span]:
        return previous_spans(self.first, self.last, self.by) if self.compare else []


@dataclass(frozen=True, slots=True)
class _Found:
    """Where the figures come from; `measure` puts them into words of buckets."""

    source: Source
    scale: Scale
    is_scaled: bool
    measure: Callable[[], Measured]


def _from_intervals(asked: _Question) -> _Found | None:
    """From the load profile; None when it holds nothing of the period."""
    series = asked.point.channel(Channel.A_PLUS)
    zones, zone_name = asked.schedule.zones, asked.point.zone_name
    rows = day_rows(asked.session, series.id, asked.first, asked.last, len(zones) > 1) if series else []
    if series is None or not rows:
        return None
    days = day_energy(rows, asked.first, asked.last, zone_name, asked.schedule, asked.at)
    sums = sum_spans(days, *span_edges(asked.first, asked.last, asked.by))
    scale = Scale(zones, ONE if series.is_primary else asked.point.ratio)
    beside = _beside_from_intervals(asked, series)

    def measure() -> Measured:
        asked_spans = asked.spans()
        parts, owners = price_parts(asked_spans, asked.prices)
        energies = bucket_energies(sums, asked_spans, zone_name)
        cut = energies if len(parts) == len(energies) else from_days(days, parts, zone_name)
        return Measured(scale, asked_spans, energies, parts, cut, owners, beside)

    return _Found("intervals", scale, not series.is_primary, measure)


def _beside_from_intervals(asked: _Question, series: SeriesHead) -> list[tuple[Span, BucketEnergy]]:
    """Energies of the spans beside, as totals: their zones are not shown."""
    spans_beside = asked.beside()
    known = [span for span in spans_beside if is_known(span)]
    if not known:
        return []
    first, last = min(s.first for s in known), max(s.last for s in known)
    rows = day_rows(asked.session, series.id, first, last, with_values=False)
    days = day_energy(rows, first, last, asked.point.zone_name, Schedule(), asked.at)
    inside = iter(from_days(days, known, asked.point.zone_name))
    return [(span, next(inside) if is_known(span) else UNKNOWN) for span in spans_beside]


def _from_registers(asked: _Question) -> _Found:
    """From differences of readings, where there are any."""
    asked_spans, spans_beside, zone_name = asked.spans(), asked.beside(), asked.point.zone_name
    known = [span for span in spans_beside if is_known(span)]
    first, last = min(s.first for s in [*known, *asked_spans]), asked.last
    readings = readings_between(asked.session, asked.point, Channel.A_PLUS, first, last, around=FARTHEST["months"])
    zones = tuple(SINGLE_ZONE if zone == TOTAL_REGISTER else zone for zone in readings) or (SINGLE_ZONE,)
    scale = Scale(zones, asked.point.ratio)
    energies = register_spans(readings, asked_spans, asked.by, zone_name, asked.at)
    inside = iter(register_spans(readings, known, asked.by, zone_name, asked.at))
    beside = [(span, next(inside) if is_known(span) else UNKNOWN) for span in spans_beside]
    measured = Measured(scale, asked_spans, energies, asked_spans, energies, range(len(energies)), beside)
    is_known_at_all = any(energy.wh is not None for energy in energies)
    return _Found("registers" if is_known_at_all else "none", scale, True, lambda: measured)


def _zone_hours(asked: _Question, zones: tuple[str, ...], prices: PriceList) -> tuple[ZoneHours, ...]:
    now = prices.on(asked.last, zones)
    return tuple(ZoneHours(z, asked.schedule.hours(z), price) for z, price in zip(zones, now, strict=True))

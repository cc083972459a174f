"""Consumption by months, weeks or days: from the load profile, else from register readings (Н-98, Н-99)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from sqlmodel import Session

from energo_cabinet.auth.access import Subject, service, visible_point
from energo_cabinet.domain.bucket_energy import UNKNOWN, BucketEnergy, from_days
from energo_cabinet.domain.clock import By, Span, spans
from energo_cabinet.domain.comparison import is_known, previous_spans
from energo_cabinet.domain.consumption import Consumption, ZoneHours
from energo_cabinet.domain.consumption_buckets import (
    Measured,
    Scale,
    build,
    compared,
    cost_of_all,
    sum_by_zone,
    sum_known,
)
from energo_cabinet.domain.cost import PriceList, price_parts
from energo_cabinet.domain.day_energy import day_energy
from energo_cabinet.domain.register_energy import FARTHEST, register_spans
from energo_cabinet.domain.tariff_zones import SINGLE_ZONE, Schedule
from energo_cabinet.models import MeteringPoint, ProfileSeries
from energo_cabinet.services.period import MAX_DAYS, check_by, check_period
from energo_cabinet.services.stored_profile import day_rows, series_of
from energo_cabinet.services.stored_readings import TOTAL_REGISTER, readings_between, registers_seen
from energo_cabinet.services.stored_tariff import prices_of, schedule_of

CHANNEL = "A+"
ONE = Decimal(1)

Source = Literal["intervals", "registers", "none"]


@service("customer")
def consumption(
    session: Session, subject: Subject, point_id: int, by: By, first: date, last: date, compare: bool = False
) -> Consumption:
    """Consumption of a point; `compare` sets the period before beside it.

    InvalidInput: by, first, last. NotFound: not the caller's point.
    """
    by = check_by(by)
    check_period(first, last, MAX_DAYS[by])
    point = visible_point(session, subject, point_id)
    question = _Question(
        session=session,
        point=point,
        by=by,
        spans=spans(first, last, by),
        beside=previous_spans(first, last, by) if compare is True else [],
        at=subject.at,
        schedule=schedule_of(session, point.tariff_id),
        prices=prices_of(session, point.tariff_id),
    )
    series = series_of(session, point.id or 0, CHANNEL)
    measured = _from_intervals(question, series) if series else None
    if measured is not None and series is not None:
        return _answer(question, measured, "intervals", is_scaled=not series.is_primary)
    return _answer(question, _from_registers(question), "registers", is_scaled=True)


@dataclass(frozen=True, slots=True)
class _Question:
    """What is asked of which point; spans are local to it."""

    session: Session
    point: MeteringPoint
    by: By
    spans: list[Span]
    beside: list[Span]
    at: datetime
    schedule: Schedule
    prices: PriceList

    @property
    def ratio(self) -> Decimal:
        return self.point.current_ratio * self.point.voltage_ratio

    @property
    def first(self) -> date:
        return self.spans[0].first

    @property
    def last(self) -> date:
        return self.spans[-1].last


def _from_intervals(asked: _Question, series: ProfileSeries) -> Measured | None:
    """From the load profile; None when it holds nothing of the period."""
    zones, zone_name = asked.schedule.zones, asked.point.zone_name
    rows = day_rows(asked.session, series.id or 0, asked.first, asked.last, with_values=len(zones) > 1)
    if not rows:
        return None
    days = day_energy(rows, asked.first, asked.last, zone_name, asked.schedule, asked.at)
    energies = from_days(days, asked.spans, zone_name, asked.at)
    parts, owners = price_parts(asked.spans, asked.prices)
    return Measured(
        scale=Scale(zones, ONE if series.is_primary else asked.ratio),
        spans=asked.spans,
        energies=energies,
        parts=parts,
        part_energies=energies if len(parts) == len(energies) else from_days(days, parts, zone_name, asked.at),
        owners=owners,
        beside=_beside_from_intervals(asked, series),
    )


def _beside_from_intervals(asked: _Question, series: ProfileSeries) -> list[tuple[Span, BucketEnergy]]:
    """Energies of the spans beside, as totals: their zones are not shown."""
    known = [span for span in asked.beside if is_known(span)]
    if not known:
        return []
    first, last = min(s.first for s in known), max(s.last for s in known)
    rows = day_rows(asked.session, series.id or 0, first, last, with_values=False)
    days = day_energy(rows, first, last, asked.point.zone_name, Schedule(), asked.at)
    inside = iter(from_days(days, known, asked.point.zone_name, asked.at))
    return [(span, next(inside) if is_known(span) else UNKNOWN) for span in asked.beside]


def _from_registers(asked: _Question) -> Measured:
    """From differences of readings, where there are any."""
    known = [span for span in [*asked.beside, *asked.spans] if is_known(span)]
    first, last = min(s.first for s in known), max(s.last for s in known)
    readings = readings_between(asked.session, asked.point, CHANNEL, first, last, around=FARTHEST["months"])
    zones = tuple(SINGLE_ZONE if zone == TOTAL_REGISTER else zone for zone in readings) or (SINGLE_ZONE,)
    zone_name = asked.point.zone_name
    energies = register_spans(readings, asked.spans, asked.by, zone_name, asked.at)
    inside = iter(register_spans(readings, [s for s in asked.beside if is_known(s)], asked.by, zone_name, asked.at))
    return Measured(
        scale=Scale(zones, asked.ratio),
        spans=asked.spans,
        energies=energies,
        parts=asked.spans,
        part_energies=energies,
        owners=range(len(energies)),
        beside=[(span, next(inside) if is_known(span) else UNKNOWN) for span in asked.beside],
    )


def _answer(asked: _Question, measured: Measured, source: Source, is_scaled: bool) -> Consumption:
    zones = measured.scale.zones
    prices = asked.prices if zones == asked.schedule.zones else PriceList()
    seen = registers_seen(
        readings_between(asked.session, asked.point, CHANNEL, asked.first, asked.last), asked.point.zone_name
    )
    found = build(measured, prices, seen)
    total = sum_known([b.total_kwh for b in found])
    return Consumption(
        point_id=asked.point.id or 0,
        channel=CHANNEL,
        by=asked.by,
        first=asked.first,
        last=asked.last,
        buckets=found,
        zones=_zone_hours(asked, zones, prices),
        kwh_by_zone=sum_by_zone(found, zones),
        total_kwh=total,
        cost_rub=cost_of_all(found),
        present=sum(b.present for b in found),
        expected=sum(b.expected for b in found),
        source="none" if source == "registers" and total is None else source,
        ratio=asked.ratio,
        ratio_applied=is_scaled and asked.ratio != ONE,
        comparison=compared(measured),
        zone_name=asked.point.zone_name,
    )


def _zone_hours(asked: _Question, zones: tuple[str, ...], prices: PriceList) -> tuple[ZoneHours, ...]:
    now = prices.on(asked.last, zones)
    return tuple(ZoneHours(z, asked.schedule.hours(z), price) for z, price in zip(zones, now, strict=True))

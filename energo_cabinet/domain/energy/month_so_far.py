"""The month so far against the same days of the month before, over all points of a contract (the answer of «Главная»).

Of a day that is still coming in, only as many intervals of its counterpart count as have come: a morning is never
set against a whole day.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Literal

import numpy as np

from energo_cabinet.domain.energy.bucket_sums import from_days
from energo_cabinet.domain.energy.consumption import sum_known
from energo_cabinet.domain.energy.consumption_buckets import Scale
from energo_cabinet.domain.energy.day_sums import day_energy
from energo_cabinet.domain.tariff.cost import PriceList, bucket_costs, part_costs, price_parts
from energo_cabinet.domain.tariff.zones import Schedule
from energo_cabinet.domain.time.local_day import Span, add_months, epoch_day, from_epoch_day, whole_span
from energo_cabinet.domain.values.profile_day import MISSING, DayRow, decode_quality, decode_values, encode_day


@dataclass(frozen=True, slots=True)
class Meterage:
    """What a point measured: day rows of this month and the one before, and what turns them into kWh and roubles."""

    zone_name: str
    ratio: Decimal
    schedule: Schedule
    prices: PriceList
    rows: Sequence[DayRow]


@dataclass(frozen=True, slots=True)
class Bar:
    """A day (or month) of the sparkline: kWh by zone, None for nothing known; `before_kwh`: its counterpart."""

    first: date
    kwh: tuple[Decimal, ...] | None
    before_kwh: Decimal | None = None


@dataclass(frozen=True, slots=True)
class MonthSoFar:
    """Energy and cost of `first`…`last` beside those of `before`; None: not known.

    `by` "days": from interval values; "months": the last month that readings tell, `bars` are months then. `zones`
    names the parts of a bar, one zone is no split. `left_out`: points that say nothing of this month.
    """

    by: Literal["days", "months"]
    first: date
    last: date
    kwh: Decimal
    rub: Decimal | None
    before: Span
    before_kwh: Decimal | None
    before_rub: Decimal | None
    zones: tuple[str, ...]
    kwh_by_zone: tuple[Decimal, ...]
    bars: tuple[Bar, ...]
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class _Part:
    """One point's share: kWh by zone of each day known, sums and costs of both months."""

    zones: tuple[str, ...]
    days: dict[date, tuple[Decimal, ...]]
    before_days: dict[date, Decimal]
    rub: Decimal | None
    before_rub: Decimal | None
    last: date


def month_of(anchor: date) -> tuple[Span, Span]:
    """The days of the month up to `anchor`, and the same days of the month before."""
    last = add_months(anchor, -1)
    return Span(anchor.replace(day=1), anchor), Span(last.replace(day=1), last)


def month_so_far(points: Sequence[Meterage], anchor: date, at: datetime) -> MonthSoFar | None:
    """The answer for `anchor`'s month; None when no point has a value in it."""
    parts = [part for point in points if (part := _part(point, anchor, at)) is not None]
    if not parts:
        return None
    now, beside = month_of(max(part.last for part in parts))
    zones = parts[0].zones if all(part.zones == parts[0].zones for part in parts) else ("",)
    bars = tuple(_bar(parts, now.first, n, len(zones)) for n in range(whole_span(now.first, "months")[1].day))
    known = [bar.kwh for bar in bars if bar.kwh is not None]
    by_zone = tuple(sum(column, Decimal(0)) for column in zip(*known, strict=True))
    before: list[Decimal | None] = [kwh for part in parts for kwh in part.before_days.values()]
    return MonthSoFar(
        by="days",
        first=now.first,
        last=now.last,
        kwh=sum(by_zone, Decimal(0)),
        rub=_all_or_none([part.rub for part in parts]),
        before=beside,
        before_kwh=sum_known(before),
        before_rub=_all_or_none([part.before_rub for part in parts]) if before else None,
        zones=zones,
        kwh_by_zone=by_zone,
        bars=bars,
        left_out=len(points) - len(parts),
    )


def _part(point: Meterage, anchor: date, at: datetime) -> _Part | None:
    first = epoch_day(anchor.replace(day=1))
    rows = [row for row in point.rows if first <= row[0] <= epoch_day(anchor) and row[2]]
    if not rows:
        return None
    last = from_epoch_day(rows[-1][0])
    now, beside = month_of(last)
    earlier = _same_days(point.rows, DayRow(*rows[-1]), beside)
    mine, rub = _energies(point, rows, now, at)
    before, before_rub = _energies(point, earlier, beside, at)
    totals = {day: sum(kwh, Decimal(0)) for day, kwh in before.items()}
    return _Part(point.schedule.zones, mine, totals, rub, before_rub, last)


def _same_days(rows: Sequence[DayRow], newest: DayRow, beside: Span) -> list[DayRow]:
    """Rows of the counterpart; its last day no longer than the newest day has come."""
    found = [row for row in rows if epoch_day(beside.first) <= row[0] <= epoch_day(beside.last)]
    is_counterpart = found and from_epoch_day(found[-1][0]).day == from_epoch_day(newest.day).day
    return [*found[:-1], _cut(DayRow(*found[-1]), newest)] if is_counterpart else found


def _cut(row: DayRow, newest: DayRow) -> DayRow:
    present = np.flatnonzero(decode_values(newest.vals) != MISSING)
    minutes = (int(present[-1]) + 1) * newest.step_min
    values = decode_values(row.vals).copy()
    if minutes >= len(values) * row.step_min:
        return row
    values[minutes // row.step_min :] = MISSING
    return encode_day(row.day, row.step_min, values, decode_quality(row.vals, row.q))


def _energies(
    point: Meterage, rows: Sequence[DayRow], span: Span, at: datetime
) -> tuple[dict[date, tuple[Decimal, ...]], Decimal | None]:
    """kWh by zone of each day with values, and what the span costs."""
    if not rows:
        return {}, None
    zones = point.schedule.zones
    scale = Scale(zones, point.ratio)
    days = day_energy(rows, span.first, span.last, point.zone_name, point.schedule, at)
    parts, owners = price_parts([span], point.prices)
    energies = [scale.by_zone(energy) for energy in from_days(days, parts, point.zone_name)]
    cost = part_costs(parts, energies, zones, point.prices)
    kwh = {
        span.first + timedelta(days=i): tuple(scale.kwh(value) for value in wh)
        for i, (wh, present) in enumerate(zip(days.wh.tolist(), days.present.tolist(), strict=True))
        if present
    }
    return kwh, bucket_costs(cost, owners, 1)[0]


def _bar(parts: Sequence[_Part], first: date, index: int, zones: int) -> Bar:
    day, counterpart = first + timedelta(days=index), add_months(first, -1) + timedelta(days=index)
    known = [part.days[day] for part in parts if day in part.days]
    if zones == 1:
        known = [(sum(kwh, Decimal(0)),) for kwh in known]
    kwh = tuple(sum(column, Decimal(0)) for column in zip(*known, strict=True)) if known else None
    before: list[Decimal | None] = [p.before_days[counterpart] for p in parts if counterpart in p.before_days]
    is_there = counterpart.month != first.month
    return Bar(day, kwh, sum_known(before) if is_there else None)


def _all_or_none(costs: Sequence[Decimal | None]) -> Decimal | None:
    return None if None in costs else sum_known(costs)

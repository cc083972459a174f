"""The table twin of consumption: zones, total, cost, registers and quality of each bucket, the newest first."""

from __future__ import annotations

from dataclasses import dataclass

from energo_cabinet.components.energy.consumption_figure import bucket_name, zones_of
from energo_cabinet.domain.energy.consumption import Bucket, Consumption
from energo_cabinet.formatting import counted, dots, number, percent, quantity
from energo_cabinet.i18n import text
from energo_cabinet.state.shown import Column, Row, Table

PAGE = 62


def pages_of(data: Consumption) -> int:
    """Pages of the table."""
    return max(1, -(-len(data.buckets) // PAGE))


def readings_table(data: Consumption, language: str, page: int, caption: str) -> Table:
    """A page of it, with the total of the whole period."""
    newest_first = tuple(reversed(data.buckets))
    shown = newest_first[(page - 1) * PAGE : page * PAGE]
    has = _Has(
        zones=zones_of(data),
        cost=any(b.cost_rub is not None for b in data.buckets),
        registers=sorted({zone for b in data.buckets for zone in b.registers}),
        previous=data.comparison is not None,
    )
    return Table(
        columns=_columns(has, data, language),
        rows=tuple(_row(b, has, data, language) for b in shown),
        foot=_foot(has, data, language),
        caption=caption,
        strong=1 + len(has.zones),
        page=text("points.page", language, page=page, pages=pages_of(data)) if pages_of(data) > 1 else "",
    )


@dataclass(frozen=True)
class _Has:
    """Which columns there are."""

    zones: list[str]
    cost: bool
    registers: list[str]
    previous: bool


def _columns(has: _Has, data: Consumption, language: str) -> tuple[Column, ...]:
    unit = text("unit.kwh", language)
    names = [f"{zone}, {unit}" for zone in has.zones] + [f"{text('points.total', language)}, {unit}"]
    names += [f"{text('points.before', language)}, {unit}"] if has.previous else []
    names += [f"{text('points.cost', language)}, ₽"] if has.cost else []
    names += [f"{text('points.register', language)} {'' if z == 'T0' else z}".rstrip() for z in has.registers]
    first = Column(text(f"points.column_{data.by}", language))
    return (first, *(Column(n, "n") for n in names), Column(text("points.quality_column", language), "n"))


def _row(bucket: Bucket, has: _Has, data: Consumption, language: str) -> Row:
    name, unit = bucket_name(bucket, data.by, language), text("unit.kwh", language)
    zones = [number(bucket.kwh_by_zone.get(zone), language, 2) for zone in has.zones]
    cells = [name, *zones, number(bucket.total_kwh, language, 2)]
    cells += [number(bucket.previous_kwh, language, 2)] if has.previous else []
    cells += [number(bucket.cost_rub, language, 2)] if has.cost else []
    cells += [number(bucket.registers.get(zone), language, 3) for zone in has.registers]
    quality, tone = quality_of(bucket, data, language)
    split = " · ".join(f"{z} {value}" for z, value in zip(has.zones, zones, strict=True))
    registers = " · ".join(
        f"{'' if z == 'T0' else z + ' '}{number(bucket.registers.get(z), language, 3)}" for z in has.registers
    )
    return Row(
        cells=tuple(cells),
        quality=quality,
        tone=tone,
        title=name,
        value=quantity(bucket.total_kwh, unit, language, 2),
        note=dots([split or registers, quality if tone else ""]),
        value_note=quantity(bucket.cost_rub, "₽", language, 2) if has.cost else "",
    )


def quality_of(bucket: Bucket, data: Consumption, language: str) -> tuple[str, str]:
    """Words for a bucket's quality and the badge's tone; "" for plain text."""
    if bucket.total_kwh is None:
        return text("points.quality.missing" if bucket.expected else "points.quality.future", language), ""
    if bucket.is_estimated:
        return text("points.quality.estimated", language), "warning"
    if bucket.is_non_commercial:
        return text("points.quality.non_commercial", language), "info"
    if bucket.present < bucket.expected:
        share = percent(float(bucket.completeness_percent) / 100, language, 1)
        return text("points.quality.incomplete", language, share=share), "warning"
    if bucket.is_partial:
        return text(f"points.quality.partial_{data.by}", language), ""
    return text("points.quality.valid", language), ""


def _foot(has: _Has, data: Consumption, language: str) -> tuple[str, ...]:
    cells = [counted(len(data.buckets), f"points.{data.by}", language)]
    cells += [number(data.kwh_by_zone.get(zone), language, 2) for zone in has.zones]
    cells.append(number(data.total_kwh, language, 2))
    cells += [number(data.comparison.total_kwh, language, 2)] if data.comparison is not None else []
    cells += [number(data.cost_rub, language, 2)] if has.cost else []
    return (*cells, *("" for _ in has.registers), "")

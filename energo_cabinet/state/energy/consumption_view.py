"""Consumption in the user's words: figures, legend, table (Н-98, Н-99)."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from energo_cabinet.components.energy.consumption_figure import bucket_name, zones_of
from energo_cabinet.domain.energy.consumption import Consumption, ZoneHours
from energo_cabinet.formatting import NBSP, counted, number, percent, quantity, span_words
from energo_cabinet.i18n import text
from energo_cabinet.state.energy.consumption_table import readings_table
from energo_cabinet.state.shown import LegendItem, Stat, Table


@dataclass(frozen=True)
class ConsumptionView:
    """What «Показания» shows of a period."""

    title: str = ""
    summary: str = ""
    stats: tuple[Stat, ...] = ()
    legend: tuple[LegendItem, ...] = ()
    notes: tuple[str, ...] = ()
    table: Table = field(default_factory=Table)


def consumption_view(data: Consumption, language: str, page: int = 1) -> ConsumptionView:
    """The whole page below the toolbar; `page` of the table, the newest rows first."""
    return ConsumptionView(
        title=text(f"points.by_{data.by}", language),
        summary=_summary(data, language),
        stats=_stats(data, language),
        legend=_legend(data, language),
        notes=_notes(data, language),
        table=readings_table(data, language, page, _summary(data, language)),
    )


def zone_name(zone: str, data: Consumption, language: str) -> str:
    """«T1 день», «T2 ночь», «T3 полупик»: what a zone means depends on how many there are."""
    key = f"points.zone.{zone.lower()}_of_{min(3, len(zones_of(data)))}"
    return text(key, language) if zone in ("T1", "T2", "T3") else zone


def _hours(zone: ZoneHours) -> str:
    def clock(minute: int) -> str:
        return f"{minute // 60:02d}" + (f":{minute % 60:02d}" if minute % 60 else "")

    return ", ".join(f"{clock(start)}–{clock(end % 1440 if end > 1440 else end)}" for start, end in zone.periods)


def _kwh(language: str) -> str:
    return text("unit.kwh", language)


def _summary(data: Consumption, language: str) -> str:
    known = [b for b in data.buckets if b.total_kwh is not None]
    parts = {
        "title": text(f"points.by_{data.by}", language),
        "period": span_words(data.first, data.last, language),
        "total": quantity(data.total_kwh, _kwh(language), language),
    }
    if not known:
        return text("points.summary_empty", language, **parts)
    top = max(known, key=lambda b: b.total_kwh or Decimal(0))
    most = quantity(top.total_kwh, _kwh(language), language)
    return text("points.summary", language, **parts, most=most, when=bucket_name(top, data.by, language))


def _stats(data: Consumption, language: str) -> tuple[Stat, ...]:
    unit = _kwh(language)
    total = Stat(text("points.total", language), number(data.total_kwh, language), unit, _total_note(data, language))
    zones = tuple(
        Stat(
            zone_name(zone, data, language),
            number(data.kwh_by_zone[zone], language),
            unit,
            text("points.share", language, share=percent(_share(data, zone), language)),
        )
        for zone in zones_of(data)
    )
    cost = () if data.cost_rub is None else (_cost(data, language),)
    return (total, *zones, *cost)


def _share(data: Consumption, zone: str) -> float | None:
    return float(data.kwh_by_zone[zone] / data.total_kwh) if data.total_kwh else None


def _total_note(data: Consumption, language: str) -> str:
    beside = data.comparison
    if beside is not None:
        period = span_words(beside.first, beside.last, language)
        return f"{period}: {number(beside.total_kwh, language)}"
    if data.present < data.expected:
        return text("points.complete", language, share=percent(float(data.completeness_percent) / 100, language, 1))
    return counted(len(data.buckets), f"points.{data.by}", language)


def _cost(data: Consumption, language: str) -> Stat:
    priced = [z for z in data.zones if z.price_rub_per_kwh is not None]
    prices = ", ".join(
        f"{z.zone + ' ' if len(priced) > 1 else ''}{number(z.price_rub_per_kwh, language, 2)}{NBSP}₽" for z in priced
    )
    note = text("points.prices", language, prices=prices) if prices else ""
    return Stat(text("points.cost", language), number(data.cost_rub, language, 2), "₽", note)


def _legend(data: Consumption, language: str) -> tuple[LegendItem, ...]:
    hours = {z.zone: _hours(z) for z in data.zones}
    items = [
        LegendItem(", ".join(filter(None, (zone_name(z, data, language), hours.get(z, "")))), z.lower())
        for z in zones_of(data)
    ]
    if data.comparison is not None:
        beside = span_words(data.comparison.first, data.comparison.last, language)
        items = items or [LegendItem(span_words(data.first, data.last, language), "fact")]
        items.append(LegendItem(beside, "missing"))
    if any(b.is_estimated for b in data.buckets):
        items.append(LegendItem(text("points.quality.estimated", language), "missing", "hatch"))
    return tuple(items)


def _notes(data: Consumption, language: str) -> tuple[str, ...]:
    notes = []
    if data.ratio != 1:
        key = "points.ratio_applied" if data.ratio_applied else "points.ratio_inside"
        notes.append(text(key, language, ratio=number(data.ratio, language, 0 if data.ratio % 1 == 0 else 2)))
    if data.source == "registers":
        notes.append(text("points.from_registers", language))
    if data.comparison is not None and not data.comparison.is_equal:
        notes.append(text("points.unequal", language))
    if any(b.registers for b in data.buckets) and data.ratio != 1:
        notes.append(text("points.registers_own", language))
    return tuple(notes)

"""The month so far in the user's words: two figures, what has changed, zones, the columns of its days."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from babel.dates import format_date

from energo_cabinet.components.spark import SLOT, Spark, SparkMark, scale_of, spark_paths
from energo_cabinet.domain.energy.month_so_far import Bar, MonthSoFar
from energo_cabinet.formatting import (
    NBSP,
    counted,
    day_words,
    dots,
    locale_of,
    month_words,
    number,
    percent,
    quantity,
    span_words,
)
from energo_cabinet.i18n import text

STACK = ("T2", "T3", "T1", "T4")
"""Zones from the bottom, as in «Показания»."""
LARGE = 1000
"""kWh from which on tenths say nothing."""
FLAT = Decimal("0.005")
"""A change below half a percent is none."""


@dataclass(frozen=True)
class Change:
    """Against the days before: words, tone "good", "bad" or "flat", an icon; words "" for nothing to compare."""

    words: str = ""
    tone: str = "flat"
    icon: str = "minus"


@dataclass(frozen=True)
class ZoneView:
    """A zone's part of the month."""

    words: str
    value: str
    share: str
    colour: str
    width: str


@dataclass(frozen=True)
class MonthView:
    """The card; `title` "" when nothing was ever measured, `rub` "" without prices."""

    title: str = ""
    kwh: str = ""
    rub: str = ""
    kwh_change: Change = Change()
    rub_change: Change = Change()
    zones: tuple[ZoneView, ...] = ()
    legend: str = ""
    notes: tuple[str, ...] = ()
    drawing: Spark = field(default_factory=Spark)


def month_view(month: MonthSoFar | None, language: str, today: date) -> MonthView:
    """Everything the card says; `today` tells a month gone by from this one."""
    if month is None:
        return MonthView()
    unit = text("unit.kwh", language)
    changed = month.kwh - month.before_kwh if month.before_kwh is not None else None
    dearer = month.rub - month.before_rub if month.rub is not None and month.before_rub is not None else None
    return MonthView(
        title=_title(month, language),
        kwh=number(month.kwh, language, 0 if month.kwh >= LARGE else 1),
        rub=number(month.rub, language, 0) if month.rub is not None else "",
        kwh_change=_change(changed, month.before_kwh, _kwh_words(changed, month, unit, language)),
        rub_change=_change(dearer, month.before_rub, _rub_words(dearer, month, language)),
        zones=_zones(month, language),
        legend=_before_words(month, language) if any(b.before_kwh is not None for b in month.bars) else "",
        notes=_notes(month, language, today),
        drawing=_drawing(month, language),
    )


def _title(month: MonthSoFar, language: str) -> str:
    if month.by == "days":
        return span_words(month.first, month.last, language)
    words = month_words(month.first, language)
    return words[:1].upper() + words[1:]


def _before_words(month: MonthSoFar, language: str) -> str:
    """«1–21 октября»: the year only where it is another one."""
    before = month.before
    if month.by == "months":
        return format_date(before.first, "MMMM", locale=locale_of(language))
    if before.first == before.last:
        return day_words(before.last, language)
    return f"{before.first.day}–{day_words(before.last, language)}"


def _change(by: Decimal | None, of: Decimal | None, words: str) -> Change:
    if by is None or of is None:
        return Change()
    if abs(by) <= of * FLAT:
        return Change(words)
    return Change(words, "bad", "trending-up") if by > 0 else Change(words, "good", "trending-down")


def _kwh_words(by: Decimal | None, month: MonthSoFar, unit: str, language: str) -> str:
    if by is None or month.before_kwh is None:
        return ""
    change = quantity(by, unit, language, 0 if month.kwh >= LARGE else 1, signed=True)
    if month.before_kwh:
        share = abs(float(by / month.before_kwh))
        sign = "−" if by < 0 else "+"
        change += f" ({sign}{percent(share, language)})"
    return text("overview.against", language, change=change, before=_before_words(month, language))


def _rub_words(by: Decimal | None, month: MonthSoFar, language: str) -> str:
    if by is None:
        return ""
    change = quantity(by, "₽", language, 0, signed=True)
    return text("overview.against", language, change=change, before=_before_words(month, language))


def _zones(month: MonthSoFar, language: str) -> tuple[ZoneView, ...]:
    if len(month.zones) < 2 or not month.kwh:
        return ()
    unit, of = text("unit.kwh", language), min(3, len(month.zones))
    return tuple(
        ZoneView(
            words=text(f"points.zone.{zone.lower()}_of_{of}", language) if zone in ("T1", "T2", "T3") else zone,
            value=quantity(kwh, unit, language),
            share=percent(float(kwh / month.kwh), language),
            colour=f"var(--{zone.lower()})",
            width=f"{float(kwh / month.kwh) * 100:.2f}%",
        )
        for zone, kwh in zip(month.zones, month.kwh_by_zone, strict=True)
    )


def _notes(month: MonthSoFar, language: str, today: date) -> tuple[str, ...]:
    notes = []
    if month.by == "months":
        notes.append(text("overview.from_readings", language))
    elif (month.last.year, month.last.month) != (today.year, today.month):
        notes.append(text("overview.last_known", language, day=span_words(month.last, month.last, language)))
    if month.left_out:
        notes.append(text("overview.left_out", language, points=counted(month.left_out, "overview.points", language)))
    return tuple(notes)


def _drawing(month: MonthSoFar, language: str) -> Spark:
    order = [month.zones.index(z) for z in STACK if z in month.zones] if len(month.zones) > 1 else [0]
    classes = [month.zones[i].lower() for i in order] if len(order) > 1 else ["fact"]
    columns = [None if b.kwh is None else [float(b.kwh[i]) for i in order] for b in month.bars]
    before = [None if b.before_kwh is None else float(b.before_kwh) for b in month.bars]
    top, step = scale_of(columns, before)
    digits = 0 if step >= 1 else 1 if step >= 0.1 else 2
    values = [step * i for i in range(round(top / step) + 1)]
    return Spark(
        box=f"0 0 {len(columns) * SLOT} 100",
        paths=spark_paths(columns, before, classes, top),
        lines=tuple(SparkMark(f"{v / top * 100:.4g}%", number(v, language, digits if v else 0)) for v in values),
        labels=_labels(month, language),
        hints=tuple(_hint(bar, month, language) for bar in month.bars),
        summary=_summary(month, language),
        unit=text("unit.kwh", language),
    )


def _labels(month: MonthSoFar, language: str) -> tuple[SparkMark, ...]:
    count = len(month.bars)

    def mark(i: int, words: str) -> SparkMark:
        return SparkMark(f"{(i + 0.5) / count * 100:.4g}%", words)

    if month.by == "months":
        return tuple(mark(i, month_words(b.first, language, short=True)) for i, b in enumerate(month.bars))[::-2][::-1]
    return tuple(mark(i, str(i + 1)) for i in (0, *range(4, count, 5)) if i == 0 or i < count)


def _hint(bar: Bar, month: MonthSoFar, language: str) -> str:
    name = month_words(bar.first, language) if month.by == "months" else day_words(bar.first, language)
    if bar.kwh is None:
        return ""
    unit = text("unit.kwh", language)
    zones = zip(month.zones, bar.kwh, strict=True) if len(month.zones) > 1 else ()
    parts = dots([f"{zone}{NBSP}{number(kwh, language)}" for zone, kwh in zones])
    total = quantity(sum(bar.kwh, Decimal(0)), unit, language)
    was = text("points.was", language, value=number(bar.before_kwh, language)) if bar.before_kwh is not None else ""
    return f"{name}: " + ", ".join(part for part in (total, parts, was) if part)


def _summary(month: MonthSoFar, language: str) -> str:
    total = quantity(month.kwh, text("unit.kwh", language), language)
    key = "overview.summary_months" if month.by == "months" else "overview.summary"
    return text(key, language, period=_title(month, language), total=total)

"""Consumption as stacked bars by tariff zone, the compared period beside them (Н-98, Н-99)."""

from __future__ import annotations

from typing import Any

from energo_cabinet.components.ticks import NARROW_TICKS, WIDE_TICKS, left_margin, thinned, unit_note, value_axis
from energo_cabinet.domain.energy.consumption import Bucket, Consumption
from energo_cabinet.formatting import SEPARATORS, day, day_short, month_words, number, percent, quantity, span_words
from energo_cabinet.i18n import text

MOST_LABELS = 62
STACK = ("T2", "T3", "T1", "T4")
"""Zones from the bottom of a stack: their order among the colours of the chart (`chart.ZONE_BARS`)."""


def consumption_figure(data: Consumption, language: str) -> dict[str, Any]:
    """The figure; a bucket nothing is known of stays empty under a dash."""
    traces = [_previous(data), *(_zone_bars(data, zone) for zone in STACK), _plain_bars(data)]
    highest = max((float(v) for b in data.buckets for v in (b.total_kwh, b.previous_kwh) if v is not None), default=0.0)
    axis = value_axis(highest, language)
    margin = left_margin(axis)
    labels = bucket_labels(data, language)
    ends = {"range": [-0.5, len(labels) - 0.5]}
    most = WIDE_TICKS if max(map(len, labels), default=0) <= 3 else WIDE_TICKS // 2
    gaps = [
        {"text": "—", "x": i, "y": 0, "yanchor": "bottom"}
        for i, b in enumerate(data.buckets)
        if b.total_kwh is None and b.expected
    ]
    return {
        "data": [*traces, _hover(data, language)],
        "layout": {
            "separators": SEPARATORS[language],
            "margin": {"l": margin, "r": 4, "t": 22, "b": 24},
            "bargap": 0.42 if len(labels) <= MOST_LABELS else 0.15,
            "xaxis": ends | thinned(labels, most),
            "yaxis": axis,
            "annotations": [unit_note(text("unit.kwh", language), margin), *gaps],
        },
        "narrow": {"xaxis": ends | thinned(labels, NARROW_TICKS)},
    }


def zones_of(data: Consumption) -> list[str]:
    """Zones to tell apart, T1 first; none for a meter of one rate."""
    found = sorted(zone for zone in data.kwh_by_zone if zone != "T0")
    return found if len(found) > 1 else []


def bucket_labels(data: Consumption, language: str) -> list[str]:
    """Tick texts of the buckets: «1», «12.10», «ноя»; the year where it is not obvious."""
    years = {b.first.year for b in data.buckets}
    if data.by == "months":
        return [
            month_words(b.first, language, short=True)
            + (f" {b.first:%y}" if len(years) > 1 and (i == 0 or b.first.month == 1) else "")
            for i, b in enumerate(data.buckets)
        ]
    if data.by == "weeks" or (data.first.year, data.first.month) != (data.last.year, data.last.month):
        return [f"{b.first:%d.%m}" for b in data.buckets]
    return [str(b.first.day) for b in data.buckets]


def bucket_name(bucket: Bucket, by: str, language: str) -> str:
    """«17.11.2026», «16–22 ноября 2026», «ноябрь 2026»."""
    if by == "days":
        return day(bucket.first)
    return month_words(bucket.first, language) if by == "months" else span_words(bucket.first, bucket.last, language)


def _bars(values: list[float | None], hatched: list[bool], group: str = "now") -> dict[str, Any]:
    trace: dict[str, Any] = {"type": "bar", "hoverinfo": "skip", "offsetgroup": group}
    if any(v is not None for v in values):
        trace["y"] = values
        if any(hatched):
            trace["marker"] = {"pattern": {"shape": ["/" if h else "" for h in hatched]}}
    else:
        trace["y"] = []
    return trace


def _zone_bars(data: Consumption, zone: str) -> dict[str, Any]:
    known = zone in zones_of(data)
    values = [_short(b.kwh_by_zone.get(zone)) if known and b.total_kwh is not None else None for b in data.buckets]
    return _bars(values, [b.is_estimated for b in data.buckets])


def _plain_bars(data: Consumption) -> dict[str, Any]:
    """Energy that is not split by zone: a meter of one rate, or a bucket of which only the total is known."""
    split = zones_of(data)
    values = [_short(b.total_kwh) if not split or not b.kwh_by_zone else None for b in data.buckets]
    return _bars(values, [b.is_estimated for b in data.buckets])


def _previous(data: Consumption) -> dict[str, Any]:
    return _bars([_short(b.previous_kwh) for b in data.buckets], [], "before") | {"opacity": 0.6}


def _hover(data: Consumption, language: str) -> dict[str, Any]:
    """One label per bucket, on an invisible point at the top of the stack; short ones where there are many."""
    point: dict[str, Any] = {"type": "scatter", "mode": "markers", "opacity": 0}
    point["y"] = [_short(b.total_kwh) for b in data.buckets]
    if len(data.buckets) > MOST_LABELS:
        names = [bucket_name(b, data.by, language) for b in data.buckets]
        unit = text("unit.kwh", language)
        return point | {"text": names, "hovertemplate": f"%{{text}}<br><b>%{{y:,.1f}}</b> {unit}<extra></extra>"}
    texts = [_hover_text(b, data, language) for b in data.buckets]
    return point | {"text": texts, "hovertemplate": "%{text}<extra></extra>"}


def _hover_text(bucket: Bucket, data: Consumption, language: str) -> str:
    name = (
        day_short(bucket.first, language, weekday=True) if data.by == "days" else bucket_name(bucket, data.by, language)
    )
    zones = " · ".join(f"{z} {number(bucket.kwh_by_zone.get(z), language)}" for z in zones_of(data))
    lines = [f"<b>{name}</b>", quantity(bucket.total_kwh, text("unit.kwh", language), language), zones]
    if bucket.previous_kwh is not None:
        lines.append(text("points.was", language, value=number(bucket.previous_kwh, language)))
    if bucket.is_estimated:
        lines.append(text("points.quality.estimated", language))
    if bucket.present < bucket.expected:
        share = percent(float(bucket.completeness_percent) / 100, language, 1)
        lines.append(text("points.quality.incomplete", language, share=share))
    return "<br>".join(line for line in lines if line)


def _short(value: Any) -> float | None:
    return None if value is None else round(float(value), 3)

"""Quantities of the network by phase over a period; voltages between the bands of their nominal (Э-60)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from decimal import Decimal
from itertools import groupby
from typing import Any

import numpy as np

from energo_cabinet.components.day_axis import day_axis, iso
from energo_cabinet.components.energy.profile_bins import DAY_MS, MOST_POINTS
from energo_cabinet.components.ticks import left_margin, nice_step, unit_note
from energo_cabinet.domain.network.network import GROUPS, QUANTITIES, Quantity, of_group
from energo_cabinet.domain.network.period import NetworkPeriod
from energo_cabinet.domain.network.voltage import VoltageNorm, worst_slot
from energo_cabinet.domain.time.local_day import DAY_MINUTES, slots_of_day
from energo_cabinet.domain.values.profile_day import MISSING
from energo_cabinet.formatting import SEPARATORS, day_short, number, quantity

LINES = ("phase-a", "phase-b", "phase-c", "fact", "over")
"""Colours of a figure's traces, again and again: phases, their sum, the worst value."""

QUANTITY_GROUPS = GROUPS
"""What a figure may show, in the order of the choice."""

NOMINAL_HZ = 50.0
BAND, EDGE = "rgba(46,160,105,0.10)", "rgba(46,160,105,0.75)"
HOURS_AROUND, MOST_AROUND = timedelta(hours=3), timedelta(hours=16)
DIGITS = {"u": 1, "i": 2, "p": 2, "q": 2, "s": 2, "cos": 2, "f": 2, "angle": 1}
_DASHES = ("solid", "dash", "dot", "solid")
_FACTORS = (1, 2, 3, 6, 12, 18, 24, 36, 48, 72, 144, 240, 480, 720, 1440)
Numbers = list[float | None]


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Days of one length side by side: where it begins on the axis, width of a bin (ms), bins by quantity."""

    x0: datetime
    dx: float
    labels: list[str]
    bins: dict[str, Numbers]


def network_figure(
    data: NetworkPeriod, norm: VoltageNorm, group: str, unit: str, language: str, frequency_limit_hz: float = 0.4
) -> dict[str, Any]:
    """The figure of at most 1 500 points; `bin_factor` slots make one."""
    bounds = _bounds(norm, group, frequency_limit_hz)
    shown = [q for q in of_group(group) if q.code in data.values]
    stretches = _stretches(data, shown, norm)
    drawn = [v for s in stretches for own in s.bins.values() for v in own if v is not None]
    axis = _value_axis(drawn, bounds, language)
    margin, above = left_margin(axis), []
    traces = [t for s in stretches for t in _traces(s, group, unit)]
    layout: dict[str, Any] = {"separators": SEPARATORS[language], "yaxis": axis}
    notes: list[dict[str, Any]] = []
    if bounds is not None:
        layout["shapes"] = _band(bounds, norm.band(norm.near_percent) if group == "u" else ())
    if group == "u":
        above = _band_notes(norm, language)
        marker, notes = _worst(data, norm, language, unit)
        if traces:
            traces[len(LINES) - 1] |= marker
    layout["margin"] = {"l": margin, "r": 56 if group == "u" else 4, "t": 22, "b": 24}
    layout["xaxis"] = day_axis(data.first, data.last, language, wide=True)
    layout["annotations"] = [unit_note(unit, margin), *above, *notes]
    narrow = {
        "xaxis": day_axis(data.first, data.last, language, wide=False),
        "annotations": [unit_note(unit, margin), *notes],
        "margin": layout["margin"] | {"r": 4},
    }
    return {"data": traces, "layout": layout, "narrow": narrow}


def around_figure(
    data: NetworkPeriod, norm: VoltageNorm, start: datetime, end: datetime, unit: str, language: str
) -> dict[str, Any]:
    """The voltages some hours around an event, its own time shaded; the hours stand on the axis."""
    figure = network_figure(data, norm, "u", unit, language)
    begin, over = (at.replace(tzinfo=None) for at in (start, end))
    left = (begin - HOURS_AROUND).replace(minute=0, second=0)
    right = min(over + HOURS_AROUND, left + MOST_AROUND)
    hours = [left + timedelta(hours=n) for n in range(int((right - left) / timedelta(hours=1)) + 1)]
    shown = {"tickvals": [iso(at) for at in hours], "ticktext": [f"{at:%H:%M}" for at in hours]}
    axis = {"type": "date", "range": [iso(left), iso(right)], "showgrid": False} | shown
    span = {"x0": iso(begin), "x1": iso(over), "yref": "paper", "y0": 0, "y1": 1}
    layout = figure["layout"] | {"xaxis": axis, "shapes": [span, *figure["layout"]["shapes"]]}
    narrow = figure["narrow"] | {"xaxis": axis | {k: v[::2] for k, v in shown.items()}}
    return {"data": figure["data"], "layout": layout, "narrow": narrow}


def bin_factor(data: NetworkPeriod, group: str) -> int:
    """Slots that one drawn point stands for."""
    lines = max(1, sum(q.code in data.values for q in of_group(group)))
    return next((n for n in _FACTORS if -(-data.slots // n) * lines <= MOST_POINTS), _FACTORS[-1])


def _stretches(data: NetworkPeriod, shown: Sequence[Quantity], norm: VoltageNorm) -> list[_Stretch]:
    factor = bin_factor(data, shown[0].group) if shown else 1
    days = [data.first + timedelta(days=i) for i in range((data.last - data.first).days + 1)]
    counts = [slots_of_day(day, data.zone_name, data.step_min) for day in days]
    found, place = [], 0
    for count, own in groupby(zip(days, counts, strict=True), key=lambda pair: pair[1]):
        group = list(own)
        per_day = -(-count // factor)
        is_regular = count * data.step_min == DAY_MINUTES
        bins: dict[str, Numbers] = {q.code: [] for q in shown}
        labels: list[str] = []
        for _ in group:
            for q in shown:
                values = data.values[q.code][place : place + count]
                bins[q.code] += [_joined(values[i : i + factor], q, norm) for i in range(0, count, factor)]
            if not is_regular:
                labels += [f"{data.at(place + i):%d.%m.%Y, %H:%M %z}" for i in range(0, count, factor)]
            place += count
        found.append(_Stretch(datetime.combine(group[0][0], time()), DAY_MS / per_day, labels, bins))
    return found


def _joined(values: Any, of: Quantity, norm: VoltageNorm) -> float | None:
    """The voltage farthest from the nominal; the mean of anything else."""
    known = values[values != MISSING]
    if not known.size:
        return None
    if of.group == "u":
        return round(of.shown(int(known[worst_slot(known, norm) or 0])), DIGITS["u"])
    return round(float(np.mean(known)) / 10**of.decimals, DIGITS[of.group] + 1)


def _traces(stretch: _Stretch, group: str, unit: str) -> list[dict[str, Any]]:
    """Always as many as there are LINES, so that each gets its colour."""
    places = ("AB", "BC", "CA", "") if group == "angle" else ("A", "B", "C", "")
    by_place = {QUANTITIES[code].place: values for code, values in stretch.bins.items()}
    traces = []
    for place, dash in zip(places, _DASHES, strict=True):
        values: Numbers = by_place.get(place, [])
        when = "%{text}" if stretch.labels else "%{x|%d.%m, %H:%M}"
        name = f"{place} " if place else ""
        shown = f"{when}<br>{name}<b>%{{y:,.{DIGITS[group]}f}}</b> {unit}<extra></extra>"
        trace: dict[str, Any] = {"type": "scatter", "mode": "lines", "line": {"dash": dash}, "y": values}
        trace |= {"x0": iso(stretch.x0), "dx": stretch.dx, "hovertemplate": shown}
        traces.append(trace | ({"text": stretch.labels} if stretch.labels and values else {}))
    return [*traces, {"type": "scatter", "mode": "markers", "hoverinfo": "skip", "x": [], "y": []}]


def _bounds(norm: VoltageNorm, group: str, frequency_limit_hz: float) -> tuple[float, float] | None:
    """What is allowed; None for what has no limits."""
    if group == "u":
        return float(norm.limits_v[0]), float(norm.limits_v[1])
    return (NOMINAL_HZ - frequency_limit_hz, NOMINAL_HZ + frequency_limit_hz) if group == "f" else None


def _value_axis(drawn: Sequence[float], bounds: tuple[float, float] | None, language: str) -> dict[str, Any]:
    """An axis around the values; what has limits always shows them."""
    least, most = min(drawn, default=0.0), max(drawn, default=1.0)
    if bounds is not None:
        low, high = bounds
        pad = (high - low) * 0.15
        least, most = min(least, low) - pad, max(most, high) + pad
    elif least >= 0 and least < 0.5 * most:
        least = 0.0
    span = most - least or abs(most) * 0.02 or 1.0
    step = nice_step(span, 5)
    first, last = math.floor(least / step + 1e-9), math.ceil(most / step - 1e-9)
    last = max(last, first + 1)
    digits = len(f"{step:.6f}".rstrip("0").partition(".")[2])
    values = [round(step * i, 10) for i in range(first, last + 1)]
    return {
        "range": [values[0], values[-1]],
        "tickvals": values,
        "ticktext": [number(v, language, digits) for v in values],
    }


def _band(bounds: tuple[float, float], inner: Sequence[Decimal]) -> list[dict[str, Any]]:
    """What is allowed, shaded and edged; a dotted line at each of `inner`."""
    low, high = bounds
    wide = {"xref": "paper", "x0": 0, "x1": 1, "yref": "y"}
    shapes: list[dict[str, Any]] = [wide | {"y0": low, "y1": high, "fillcolor": BAND}]
    near = [float(v) for v in inner]
    for edges, dash in (([low, high], "dash"), (near, "dot")):
        line = {"color": EDGE, "width": 1, "dash": dash}
        shapes += [wide | {"type": "line", "y0": y, "y1": y, "line": line} for y in edges]
    return shapes


def _band_notes(norm: VoltageNorm, language: str) -> list[dict[str, Any]]:
    """±5 % and ±10 % at the right edge."""
    percents = (norm.limit_percent, norm.near_percent)
    marks = [
        (v, f"{sign}{number(p, language, 0)} %") for p in percents for v, sign in zip(norm.band(p), "−+", strict=True)
    ]
    at = {"xref": "paper", "x": 1, "xanchor": "left", "xshift": 6, "yanchor": "middle"}
    return [at | {"y": float(v), "text": words} for v, words in marks]


def _worst(
    data: NetworkPeriod, norm: VoltageNorm, language: str, unit: str
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """A dot on the worst voltage with its moment."""
    found = [(phase, q) for phase, q in data.voltage(norm).items() if q.worst_mv is not None]
    if not found:
        return {}, []
    _, worst = max(found, key=lambda pair: abs(norm.deviation_percent((pair[1].worst_mv or 0) / 1000)))
    slot, volts = worst.worst_slot or 0, (worst.worst_mv or 0) / 1000
    at, days = data.at(slot), (data.last - data.first).days + 1
    begin = next(i for i in range(slot, -1, -1) if i == 0 or data.at(i - 1).date() != at.date())
    count = slots_of_day(at.date(), data.zone_name, data.step_min)
    place = datetime.combine(at.date(), time()) + timedelta(milliseconds=round(DAY_MS / count * (slot - begin)))
    share = ((place - datetime.combine(data.first, time())) / timedelta(days=days)) if days else 0.0
    side = "left" if share < 0.15 else "right" if share > 0.85 else "center"
    is_low = volts < float(norm.nominal_v)
    when = f"{at:%H:%M}" if days == 1 else f"{day_short(at.date(), language)}, {at:%H:%M}"
    note = {"templateitemname": "strong", "visible": True, "x": iso(place), "y": volts, "xanchor": side}
    note |= {"yanchor": "top" if is_low else "bottom", "yshift": -6 if is_low else 6}
    words = f"{quantity(volts, unit, language, 1)} · {when}"
    return {"x": [iso(place)], "y": [round(volts, 1)]}, [note | {"text": words}]

"""A load profile as a step line (power) or bars (energy) (Н-100…Н-102)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from energo_cabinet.components.day_axis import day_axis, iso
from energo_cabinet.components.energy.profile_bins import DayBins, Run, Shown, bin_minutes, day_bins, gaps_of, runs_of
from energo_cabinet.components.ticks import left_margin, unit_note, value_axis
from energo_cabinet.domain.energy.load_profile import LoadProfile
from energo_cabinet.formatting import SEPARATORS, day_short, quantity
from energo_cabinet.i18n import text

MOST_RUNS, MOST_BANDS, MOST_BAND_NOTES = 40, 40, 3


def profile_figure(data: LoadProfile, language: str, shown: Shown) -> dict[str, Any]:
    """The figure of at most 1 500 points; longer spans show bins of several slots (`bin_minutes`)."""
    days = list(day_bins(data, shown))
    drawn = [v for d in days for v in (d.peaks if shown == "kw" else d.values) if v is not None]
    highest = max(drawn, default=0.0)
    unit, digits = unit_of(data, shown, language), digits_of(highest)
    axis = value_axis(highest * 1.12, language)
    margin = left_margin(axis)
    marker, notes, short_notes = _maximum(data, days, unit, digits, language, shown)
    bands, band_notes = _bands(days, bin_minutes(data), axis["range"][1], language)
    traces = _bars(days, unit, digits) if shown == "kwh" else _lines(days, unit, digits)
    if shown == "kw" and bin_minutes(data) > data.step_min:
        traces += _peaks(days, unit, digits)
    above = unit_note(unit, margin)
    layout = {
        "separators": SEPARATORS[language],
        "margin": {"l": margin, "r": 4, "t": 22, "b": 24},
        "bargap": 0,
        "xaxis": day_axis(data.first, data.last, language, wide=True),
        "yaxis": axis,
        "shapes": bands,
        "annotations": [above, *notes, *band_notes],
    }
    narrow = {"xaxis": day_axis(data.first, data.last, language, wide=False), "annotations": [above, *short_notes]}
    return {"data": [marker, *traces], "layout": layout, "narrow": narrow}


def unit_of(data: LoadProfile, shown: Shown, language: str) -> str:
    """кВт, кВт·ч, квар or квар·ч."""
    return text(f"unit.{shown.replace('w', 'var') if data.is_reactive else shown}", language)


def digits_of(highest: float) -> int:
    """Decimals that keep four significant figures of `highest`, at most 3."""
    return 3 if highest <= 0 else max(0, min(3, 3 - math.floor(math.log10(highest))))


def _lines(days: Sequence[DayBins], unit: str, digits: int) -> list[dict[str, Any]]:
    """A filled step line per unbroken run; one thin broken line where gaps are many. Marked values are hatched."""
    runs = runs_of(days, digits)
    is_torn = len(runs) > MOST_RUNS
    if is_torn:
        runs = runs_of(days, digits, unbroken=False)
    look: dict[str, Any] = {"type": "scatter", "mode": "lines", "line": {"shape": "hv"}}
    fill = {} if is_torn else {"fill": "tozeroy"}
    traces = [_placed(run) | look | {"y": run.values} | fill | _hover(run, unit, digits) for run in runs]
    hatch = {"line": {"shape": "hv", "width": 0}, "fill": "tozeroy", "fillpattern": {"shape": "/"}, "hoverinfo": "skip"}
    marked = [] if is_torn else runs_of(days, digits, only_marked=True)
    hatched = [_placed(run) | look | {"y": [*run.values, run.values[-1]]} | hatch for run in marked[:MOST_RUNS]]
    return [*traces, _closings(runs), *hatched]


def _peaks(days: Sequence[DayBins], unit: str, digits: int) -> list[dict[str, Any]]:
    """The greatest slot of each bin as a second, pale line, so that a long span does not hide its peaks."""
    look = {"type": "scatter", "mode": "lines", "line": {"shape": "hv", "dash": "dot"}, "opacity": 0.7}
    runs = runs_of(days, digits, unbroken=False, of_peaks=True)
    return [_placed(run) | look | {"y": run.values} | _hover(run, unit, digits) for run in runs]


def _closings(runs: Sequence[Run]) -> dict[str, Any]:
    """The last bin of each run in its full length: a step line ends at its left edge."""
    x: list[str | None] = []
    y: list[float | None] = []
    for run in runs:
        count = len(run.values)
        x += [iso(run.x(count - 1)), iso(run.x(count)), None]
        y += [run.values[-1], run.values[-1], None]
    return {"type": "scatter", "mode": "lines", "hoverinfo": "skip", "x": x, "y": y}


def _bars(days: Sequence[DayBins], unit: str, digits: int) -> list[dict[str, Any]]:
    traces = []
    for run in runs_of(days, digits, unbroken=False):
        width = run.dx * (0.7 if len(days) <= 2 else 0.9)
        trace = _placed(run) | {"type": "bar", "y": run.values, "offset": (run.dx - width) / 2, "width": width}
        if any(run.marked):
            trace["marker"] = {"pattern": {"shape": ["/" if m else "" for m in run.marked]}}
        traces.append(trace | _hover(run, unit, digits))
    return traces


def _placed(run: Run) -> dict[str, Any]:
    return {"x0": iso(run.x0), "dx": run.dx}


def _hover(run: Run, unit: str, digits: int) -> dict[str, Any]:
    when = "%{text}" if run.labels else "%{x|%d.%m.%Y, %H:%M}"
    shown = {"hovertemplate": f"{when}<br><b>%{{y:,.{digits}f}}</b> {unit}<extra></extra>"}
    return shown | ({"text": run.labels} if run.labels else {})


Notes = list[dict[str, Any]]


def _maximum(
    data: LoadProfile, days: Sequence[DayBins], unit: str, digits: int, language: str, shown: Shown
) -> tuple[dict[str, Any], Notes, Notes]:
    """A dot on the greatest value, its label, and the label for phones."""
    marker: dict[str, Any] = {"type": "scatter", "mode": "markers", "hoverinfo": "skip", "x": [], "y": []}
    rows = [d.peaks if shown == "kw" else d.values for d in days]
    tops = [(max(v for v in row if v is not None), n) for n, row in enumerate(rows) if any(v is not None for v in row)]
    if not tops:
        return marker, [], []
    value, n = max(tops, key=lambda top: top[0])
    i = rows[n].index(value)
    x = iso(days[n].x(i) + timedelta(milliseconds=round(days[n].dx / 2)))
    marker |= {"x": [x], "y": [round(value, digits)]}
    place = (n + i / len(days[n].values)) / len(days)
    side = "left" if place < 0.15 else "right" if place > 0.85 else "center"
    note = {"templateitemname": "strong", "visible": True, "x": x, "y": value, "yanchor": "bottom", "yshift": 6}
    short = quantity(value, unit, language, min(digits, 2))
    when = data.maximum_at if shown == "kw" and data.maximum_at else days[n].start(i)
    full = f"{short} · {day_short(when.date(), language)}, {when:%H:%M}"
    return marker, [note | {"xanchor": side, "text": full}], [note | {"xanchor": side, "text": short}]


def _bands(days: Sequence[DayBins], minutes: int, top: float, language: str) -> tuple[Notes, Notes]:
    """Grey bands where nothing came; the longest ones say for how long."""
    gaps = gaps_of(days)
    shapes = [{"x0": iso(left), "x1": iso(right)} for left, right, _ in gaps[:MOST_BANDS]]
    begin, length = days[0].x(0), timedelta(days=len(days))
    notes: Notes = []
    for left, right, count in gaps[:MOST_BAND_NOTES]:
        is_late = right - begin > length * 0.85
        beside: dict[str, Any] = {"x": iso(left if is_late else right), "xanchor": "right" if is_late else "left"}
        place = {"xshift": -6 if is_late else 6, "y": top, "yanchor": "top"}
        notes.append({"text": gap_text(count * minutes, language)} | beside | place)
    return shapes, notes


def gap_text(minutes: int, language: str) -> str:
    """«нет данных 6 ч»."""
    if minutes % 60:
        return text("points.gap_minutes", language, minutes=minutes)
    return text("points.gap_hours", language, hours=minutes // 60)

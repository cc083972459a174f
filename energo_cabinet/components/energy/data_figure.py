"""Values of many groups as stacked bars: at most 1 500 points, the smaller groups joined (Э-56)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from energo_cabinet.components.ticks import NARROW_TICKS, WIDE_TICKS, left_margin, thinned, unit_note, value_axis
from energo_cabinet.formatting import SEPARATORS, quantity

BARS = ("fact", "t3", "t1", "t4", "t2", "missing")
"""Colours of the groups from the bottom; the last one: all others together."""

MOST_BUCKETS, MOST_GROUPS = 400, len(BARS)

Floats = NDArray[np.float64]


def bucket_factor(buckets: int, groups: int) -> int:
    """Buckets that one drawn bar stands for."""
    most = min(MOST_BUCKETS, 1500 // (max(1, groups) + 1))
    return next((n for n in (1, 2, 4, 6, 8, 12, 24, 48, 96) if buckets <= most * n), math.ceil(buckets / most))


def energy_figure(
    rows: Sequence[Floats], labels: Sequence[str], ticks: Sequence[str], unit: str, digits: int, language: str
) -> dict[str, Any]:
    """`rows`: values of each drawn group (NaN a gap), `labels`: full names of the buckets, `ticks`: short ones."""
    factor = bucket_factor(len(labels), len(rows))
    joined = [_joined(row, factor) for row in rows]
    sums = _summed(joined, math.ceil(len(labels) / factor))
    names, short = list(labels[::factor]), list(ticks[::factor])
    axis = value_axis(float(np.nanmax(sums)) if len(sums) and not np.isnan(sums).all() else 0.0, language)
    margin = left_margin(axis)
    traces = [{"type": "bar", "hoverinfo": "skip", "y": _rounded(row, digits)} for row in joined]
    hover = {"type": "scatter", "mode": "markers", "opacity": 0, "y": _rounded(sums, digits)}
    texts = [
        f"{name}<br><b>{quantity(None if np.isnan(v) else float(v), unit, language, digits)}</b>"
        for name, v in zip(names, sums, strict=True)
    ]
    hover |= {"text": texts, "hovertemplate": "%{text}<extra></extra>"}
    ends = {"range": [-0.5, len(names) - 0.5]}
    most = WIDE_TICKS if max(map(len, short), default=0) <= 3 else WIDE_TICKS // 2
    return {
        "data": [*traces, hover],
        "layout": {
            "separators": SEPARATORS[language],
            "margin": {"l": margin, "r": 4, "t": 22, "b": 24},
            "bargap": 0.42 if len(names) <= 62 else 0.1,
            "xaxis": ends | thinned(short, most),
            "yaxis": axis,
            "annotations": [unit_note(unit, margin)],
        },
        "narrow": {"xaxis": ends | thinned(short, NARROW_TICKS)},
    }


def _joined(row: Floats, factor: int) -> Floats:
    """Sums of neighbours; NaN where none of them came."""
    if factor == 1:
        return row
    padded = np.pad(row, (0, -len(row) % factor), constant_values=np.nan).reshape(-1, factor)
    return np.where(np.isnan(padded).all(axis=1), np.nan, np.nansum(padded, axis=1))


def _summed(rows: Sequence[Floats], count: int) -> Floats:
    if not rows:
        return np.full(count, np.nan)
    table = np.stack(rows)
    return np.where(np.isnan(table).all(axis=0), np.nan, np.nansum(table, axis=0))


def _rounded(row: Floats, digits: int) -> list[float | None]:
    return [None if math.isnan(v) else round(v, digits) for v in row.tolist()]

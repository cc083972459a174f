"""Where an axis has its ticks, so that they neither crowd nor jump."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from energo_cabinet.formatting import number

WIDE_TICKS, NARROW_TICKS = 31, 7
_STEPS = (1, 2, 5, 7, 10, 14, 30, 60, 90, 180, 365)


def nice_step(highest: float, count: int = 4) -> float:
    """A round step that reaches `highest` (> 0) in about `count` steps."""
    raw = highest / count
    power = 10.0 ** math.floor(math.log10(raw))
    return next(m * power for m in (1, 2, 2.5, 5, 10) if m * power >= raw * (1 - 1e-9))


def value_axis(highest: float, language: str) -> dict[str, Any]:
    """Layout of a zero-based axis with room for `highest`: range, ticks and their texts."""
    step = nice_step(highest) if highest > 0 else 0.25
    count = math.ceil(highest / step - 1e-9) if highest > 0 else 4
    digits = len(f"{step:.6f}".rstrip("0").partition(".")[2])
    values = [round(step * i, 10) for i in range(count + 1)]
    return {
        "range": [0, values[-1] * 1.004],
        "tickvals": values,
        "ticktext": [number(v, language, digits if v else 0) for v in values],
    }


def left_margin(axis: dict[str, Any]) -> int:
    """Pixels for the longest tick text of a value axis."""
    return max(28, 12 + 7 * max(len(text) for text in axis["ticktext"]))


def thinned(labels: Sequence[str], most: int) -> dict[str, Any]:
    """Ticks at slots 0…n−1 with a text each, no more than `most` of them."""
    step = next((s for s in _STEPS if len(labels) / s <= most), math.ceil(len(labels) / most))
    chosen = list(range(0, len(labels), step))
    return {"tickvals": chosen, "ticktext": [labels[i] for i in chosen]}


def unit_note(unit: str, margin: int) -> dict[str, Any]:
    """The unit above the value axis, at the left edge of the figure."""
    at = {"xref": "paper", "x": 0, "xanchor": "left", "xshift": -margin - 2}
    return {"text": unit, "yref": "paper", "y": 1, "yanchor": "bottom", "yshift": 6} | at

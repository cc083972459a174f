"""A small column chart drawn as SVG by the server: no chart library on the page, one path a series.

The drawing is 100 high and stretches; words around it are HTML, so that they neither stretch nor shrink.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import reflex as rx

from energo_cabinet.components.ticks import nice_step

SLOT, BAR = 10, 6
"""Width of a column's place and of the column."""


@dataclass(frozen=True)
class SparkPath:
    """A series: its colour's class and its outline."""

    cls: str
    d: str


@dataclass(frozen=True)
class SparkMark:
    """Words at a place of an axis, in percent from the left (from the bottom)."""

    at: str
    words: str


@dataclass(frozen=True)
class Spark:
    """The drawing; `hints` are shown over each column, `summary` is read out."""

    box: str = "0 0 10 100"
    paths: tuple[SparkPath, ...] = ()
    lines: tuple[SparkMark, ...] = ()
    labels: tuple[SparkMark, ...] = ()
    hints: tuple[str, ...] = ()
    summary: str = ""
    unit: str = ""


Column = Sequence[float] | None
"""Heights stacked from the bottom; None for nothing known."""


def scale_of(columns: Sequence[Column], before: Sequence[float | None]) -> tuple[float, float]:
    """A round top and the step of its grid lines."""
    highest = max([sum(c) for c in columns if c] + [b for b in before if b is not None], default=0.0)
    step = nice_step(highest, 4) if highest > 0 else 1.0
    return max(1, math.ceil(highest / step - 1e-9)) * step, step


def spark_paths(
    columns: Sequence[Column], before: Sequence[float | None], classes: Sequence[str], top: float
) -> tuple[SparkPath, ...]:
    """One path a series, and one of short strokes where the columns of before ended."""
    outlines: list[list[str]] = [[] for _ in classes]
    strokes: list[str] = []
    for i, (column, earlier) in enumerate(zip(columns, before, strict=True)):
        left, base = i * SLOT + (SLOT - BAR) / 2, 0.0
        for outline, value in zip(outlines, column or (), strict=False):
            outline.append(f"M{left:g} {_y(base, top)}V{_y(base + value, top)}h{BAR}V{_y(base, top)}Z")
            base += value
        if earlier is not None:
            strokes.append(f"M{left - 1:g} {_y(earlier, top)}h{BAR + 2}")
    paths = [SparkPath(cls, "".join(d)) for cls, d in zip(classes, outlines, strict=True) if d]
    return (*paths, *([SparkPath("was", "".join(strokes))] if strokes else []))


def spark(drawing: Any) -> rx.Component:
    """`drawing`: a Var of a Spark."""
    shape = rx.el.svg(
        rx.foreach(drawing.paths, lambda p: rx.el.path(d=p.d, class_name=p.cls, vector_effect="non-scaling-stroke")),
        view_box=drawing.box,
        preserve_aspect_ratio="none",
        aria_hidden="true",
    )
    grid = rx.foreach(drawing.lines, lambda m: rx.el.i(rx.el.b(m.words), style={"bottom": m.at}))
    hints = rx.el.div(rx.foreach(drawing.hints, lambda words: rx.el.i(title=words)), class_name="spark-hints")
    labels = rx.el.div(
        rx.foreach(drawing.labels, lambda m: rx.el.span(m.words, style={"left": m.at})), class_name="spark-labels"
    )
    unit = rx.el.b(drawing.unit, class_name="spark-unit")
    plot = rx.el.div(unit, rx.el.div(grid, class_name="spark-grid"), shape, hints, class_name="spark-plot")
    return rx.el.div(plot, labels, class_name="spark", role="img", aria_label=drawing.summary)


def _y(value: float, top: float) -> str:
    return f"{100 - value / top * 100:.4g}"

"""Plan and fact as a chart: bars of the fact, hatched where it passes the corridor, the plan as a step line (F-7)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from energo_cabinet.components.ticks import NARROW_TICKS, left_margin, thinned, unit_note, value_axis
from energo_cabinet.domain.control.plan_fact import PlanFact, Verdict
from energo_cabinet.domain.values.profile_day import MISSING
from energo_cabinet.formatting import NBSP, SEPARATORS, number, quantity
from energo_cabinet.i18n import text

BARS, LINES = ("fact", "over"), ("plan", "plan")
MOST_NOTES, MOST_TICKS = 8, 25


def plan_figure(
    data: PlanFact, labels: Sequence[str], titles: Sequence[str], elapsed: int, language: str
) -> dict[str, Any]:
    """`labels`: tick texts, `titles`: full names of the intervals; `elapsed`: how many are over."""
    plan, fact = (_kwh(column) for column in (data.plan.tolist(), data.fact.tolist()))
    highest = max((v for v in (*plan, *fact) if v is not None), default=0.0)
    axis = value_axis(highest * 1.1, language)
    margin = left_margin(axis)
    above = unit_note(text("unit.kwh", language), margin)
    ends = {"range": [-0.5, len(labels) - 0.5]}
    gaps = [i for i in range(elapsed) if plan[i] is not None and fact[i] is None]
    notes = [*_shares(data, fact, language), *_gap_notes(gaps, language)]
    layout = {
        "separators": SEPARATORS[language],
        "margin": {"l": margin, "r": 4, "t": 22, "b": 24},
        "bargap": 0.34 if len(labels) <= MOST_TICKS else 0.15,
        "xaxis": ends | thinned(labels, MOST_TICKS),
        "yaxis": axis,
        "annotations": [above, *notes],
        "shapes": [{"x0": i - 0.5, "x1": i + 0.5} for i in gaps[:40]],
    }
    narrow = {"xaxis": ends | thinned(labels, NARROW_TICKS), "annotations": [above]}
    traces = [_fact(data, plan, fact), _over(data, plan, fact), _plan(plan), _hover(data, titles, language)]
    return {"data": traces, "layout": layout, "narrow": narrow}


def _fact(data: PlanFact, plan: list[float | None], fact: list[float | None]) -> dict[str, Any]:
    """The fact, up to the plan where it lies above the corridor."""
    shown = [
        min(f, p) if mark == Verdict.ABOVE and f is not None and p is not None else f
        for f, p, mark in _all(data, plan, fact)
    ]
    return {"type": "bar", "hoverinfo": "skip", "y": shown}


def _over(data: PlanFact, plan: list[float | None], fact: list[float | None]) -> dict[str, Any]:
    """What lies above the plan, hatched."""
    shown = [
        round(f - p, 3) if mark == Verdict.ABOVE and f is not None and p is not None else None
        for f, p, mark in _all(data, plan, fact)
    ]
    return {"type": "bar", "hoverinfo": "skip", "y": shown, "marker": {"pattern": {"shape": "/"}}}


def _all(data: PlanFact, plan: list[float | None], fact: list[float | None]) -> Any:
    return zip(fact, plan, data.verdict.tolist(), strict=True)


def _plan(plan: list[float | None]) -> dict[str, Any]:
    """A step line over the whole width of each interval, broken where there is no plan."""
    x: list[float] = []
    y: list[float | None] = []
    for i, value in enumerate(plan):
        x += [i - 0.5, i + 0.5]
        y += [value, value]
    return {"type": "scatter", "mode": "lines", "hoverinfo": "skip", "x": x, "y": y, "line": {"width": 2}}


def _hover(data: PlanFact, titles: Sequence[str], language: str) -> dict[str, Any]:
    """One label per interval, on an invisible point."""
    tops = [
        max((v for v in pair if v != MISSING), default=0) / 1000
        for pair in zip(data.plan.tolist(), data.fact.tolist(), strict=True)
    ]
    texts = [_words(data, i, title, language) for i, title in enumerate(titles)]
    point = {"type": "scatter", "mode": "markers", "opacity": 0, "y": tops}
    return point | {"text": texts, "hovertemplate": "%{text}<extra></extra>"}


def _words(data: PlanFact, i: int, title: str, language: str) -> str:
    unit = text("unit.kwh", language)
    rows = [f"<b>{title}</b>"]
    for name, column in (("planned", data.plan), ("fact", data.fact), ("deviation", data.deviation)):
        value = None if column[i] == MISSING else column[i] / 1000
        rows.append(f"{text(f'plan.{name}', language)}: {quantity(value, unit, language, 3, name == 'deviation')}")
    return "<br>".join(rows)


def _shares(data: PlanFact, fact: list[float | None], language: str) -> list[dict[str, Any]]:
    """«+9 %» above the bars outside the corridor, where they are few."""
    high = [i for i, mark in enumerate(data.verdict.tolist()) if mark == Verdict.ABOVE and data.percent(i) is not None]
    if len(high) > MOST_NOTES or len(fact) > MOST_TICKS:
        return []
    shown = [(i, number(float(data.percent(i) or 0), language, 0, signed=True)) for i in high]
    look = {"yanchor": "bottom", "yshift": 2, "templateitemname": "strong", "visible": True}
    return [look | {"x": i, "y": fact[i], "text": f"{words}{NBSP}%"} for i, words in shown]


def _gap_notes(gaps: Sequence[int], language: str) -> list[dict[str, Any]]:
    words = text("plan.no_data", language).replace(" ", "<br>")
    few = gaps if len(gaps) <= 3 else []
    return [{"x": i, "y": 0, "yanchor": "bottom", "text": words} for i in few]


def _kwh(values: Sequence[int]) -> list[float | None]:
    return [None if value == MISSING else value / 1000 for value in values]

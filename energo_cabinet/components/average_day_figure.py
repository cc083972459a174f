"""The average day of a load profile: weekdays beside weekends."""

from __future__ import annotations

from typing import Any

from energo_cabinet.components.profile_figure import digits_of, unit_of
from energo_cabinet.components.ticks import left_margin, unit_note, value_axis
from energo_cabinet.domain.load_profile import LoadProfile
from energo_cabinet.formatting import SEPARATORS

AVERAGE_DAYS = 3


def average_day_figure(data: LoadProfile, language: str) -> dict[str, Any]:
    """Mean power by the hour of the day: weekdays, and weekends as the second line; {} below `AVERAGE_DAYS`."""
    weekdays, weekends = _mean_by_minute(data, weekend=False), _mean_by_minute(data, weekend=True)
    if len(data.days) < AVERAGE_DAYS or not (weekdays or weekends):
        return {}
    axis = value_axis(max([*weekdays.values(), *weekends.values()]) * 1.05, language)
    margin = left_margin(axis)
    hours = {"range": [0, 1440]} | _hour_ticks(3)
    few = {"range": [0, 1440]} | _hour_ticks(6)
    unit = unit_of(data, "kw", language)
    return {
        "data": [_mean_line(weekdays, unit), _mean_line(weekends, unit) | {"line": {"dash": "dash"}}],
        "layout": {
            "separators": SEPARATORS[language],
            "margin": {"l": margin, "r": 8, "t": 22, "b": 24},
            "xaxis": hours,
            "yaxis": axis,
            "annotations": [unit_note(unit, margin)],
        },
        "narrow": {"xaxis": few},
    }


def _hour_ticks(step: int) -> dict[str, Any]:
    hours = range(0, 25, step)
    return {"tickvals": [h * 60 for h in hours], "ticktext": [f"{h:02d}" for h in hours]}


def _mean_by_minute(data: LoadProfile, weekend: bool) -> dict[int, float]:
    """Minute of the local day → mean power, kW."""
    sums: dict[int, list[float]] = {}
    for start, value in zip(data.starts(), data.kw, strict=True):
        if value is not None and (start.weekday() >= 5) == weekend:
            sums.setdefault(start.hour * 60 + start.minute, []).append(value)
    return {minute: sum(values) / len(values) for minute, values in sorted(sums.items())}


def _mean_line(means: dict[int, float], unit: str) -> dict[str, Any]:
    digits = digits_of(max(means.values(), default=0.0))
    return {
        "type": "scatter",
        "mode": "lines",
        "x": list(means),
        "y": [round(v, digits) for v in means.values()],
        "text": [f"{m // 60:02d}:{m % 60:02d}" for m in means],
        "hovertemplate": f"%{{text}}<br><b>%{{y:,.{digits}f}}</b> {unit}<extra></extra>",
    }

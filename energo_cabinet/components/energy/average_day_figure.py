"""The average day of a load profile: weekdays beside weekends."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from energo_cabinet.components.energy.profile_figure import digits_of, unit_of
from energo_cabinet.components.ticks import left_margin, unit_note, value_axis
from energo_cabinet.domain.energy.load_profile import LoadProfile
from energo_cabinet.domain.time.local_day import DAY_MINUTES, slots_of_day
from energo_cabinet.formatting import SEPARATORS

AVERAGE_DAYS = 3


def average_day_figure(data: LoadProfile, language: str) -> dict[str, Any]:
    """Mean power by the hour of the day: weekdays, and weekends as the second line; {} below `AVERAGE_DAYS`."""
    weekdays, weekends = _means(data)
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


def _means(data: LoadProfile) -> tuple[dict[int, float], dict[int, float]]:
    """Minute of the local day → mean power, kW; of weekdays and of weekends. Days of a changed clock are left out."""
    rows: tuple[list[NDArray[np.float64]], list[NDArray[np.float64]]] = ([], [])
    begin, power = 0, data.values.energy * (60 / data.step_min)
    for facts in data.days:
        count = slots_of_day(facts.day, data.zone_name, data.step_min)
        if count * data.step_min == DAY_MINUTES:
            rows[facts.day.weekday() >= 5].append(power[begin : begin + count])
        begin += count
    return _mean(rows[0], data.step_min), _mean(rows[1], data.step_min)


def _mean(days: list[NDArray[np.float64]], step_min: int) -> dict[int, float]:
    """Of each slot over the days on which it came."""
    if not days:
        return {}
    table = np.vstack(days)
    present = np.count_nonzero(~np.isnan(table), axis=0)
    sums = np.nansum(table, axis=0)
    return {i * step_min: float(sums[i] / present[i]) for i in np.flatnonzero(present).tolist()}


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

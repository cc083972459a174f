"""The time axis of a chart in local days, each of the same width whatever the clock does."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from energo_cabinet.formatting import day_short, month_words


def day_axis(start: date, last: date, language: str, wide: bool) -> dict[str, Any]:
    """Names of days between day borders; a single day has its hours, a long span its months."""
    first = datetime.combine(start, time())
    each = [start + timedelta(days=i) for i in range((last - start).days + 1)]
    axis: dict[str, Any] = {"type": "date", "range": [iso(first), iso(first + timedelta(days=len(each)))]}
    if len(each) == 1:
        hours = range(0, 25, 2 if wide else 6)
        names = [f"{h:02d}" for h in hours]
        return axis | {"tickvals": [iso(first + timedelta(hours=h)) for h in hours], "ticktext": names}
    if len(each) > 62:
        months = [d for d in each if d.day == 1]
        months = months[:: max(1, math.ceil(len(months) / (14 if wide else 5)))]
        names = [month_words(m, language, True) for m in months]
        return axis | {"tickvals": [m.isoformat() for m in months], "ticktext": names}
    return axis | _day_names(each, language, wide)


def _day_names(each: Sequence[date], language: str, wide: bool) -> dict[str, Any]:
    is_week = len(each) <= 8
    chosen = each[:: math.ceil(len(each) / (31 if wide else 7))]
    names = [day_short(d, language, weekday=True) if wide and is_week else str(d.day) for d in chosen]
    borders = [d.isoformat() for d in each[1:]] if is_week else []
    lines = {"tickvals": borders, "showgrid": bool(borders)}
    return {"tickvals": [f"{d.isoformat()}T12:00" for d in chosen], "ticktext": names, "minor": lines}


def iso(at: datetime) -> str:
    """An instant of the axis, as short as it can be."""
    return at.isoformat(timespec="milliseconds" if at.microsecond else "seconds" if at.second else "minutes")

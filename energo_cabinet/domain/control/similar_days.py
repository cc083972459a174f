"""A plan out of what similar days were: the mean of the last days with the same weekday, by the clock on the wall."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import numpy as np

from energo_cabinet.domain.values.hour_values import Wh, wall_hours
from energo_cabinet.domain.values.profile_day import MISSING

WEEKS_BACK = 26
"""How far similar days are looked for."""


def candidates(day: date, before: date) -> list[date]:
    """Days with the weekday of `day`, earlier than it and than `before`, newest first."""
    found = (day - timedelta(weeks=n) for n in range(1, WEEKS_BACK + 1))
    return [earlier for earlier in found if earlier < before]


def mean_of_similar(
    day: date, before: date, facts: Mapping[date, Wh], count: int, zone_name: str
) -> tuple[Wh, list[date]] | None:
    """Hours of `day` as the mean of up to `count` similar days without gaps, and those days; None without any."""
    whole = (earlier for earlier in candidates(day, before) if _is_whole(facts.get(earlier)))
    chosen = [earlier for earlier, _ in zip(whole, range(count), strict=False)]
    if not chosen:
        return None
    by_wall: dict[int, list[int]] = {}
    for earlier in chosen:
        for hour, value in zip(wall_hours(earlier, zone_name), facts[earlier].tolist(), strict=True):
            by_wall.setdefault(hour, []).append(value)
    hours = wall_hours(day, zone_name)
    nearest = {hour: by_wall.get(hour) or by_wall[min(by_wall, key=lambda h: abs(h - hour))] for hour in set(hours)}
    return np.array([round(sum(nearest[hour]) / len(nearest[hour])) for hour in hours], np.int64), chosen


def _is_whole(values: Wh | None) -> bool:
    return values is not None and len(values) > 0 and not bool((values == MISSING).any())

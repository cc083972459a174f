"""Hours of tariff zones as people type them, «23:00–07:00»: they cover the day once, or it is told where not."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Mapping, Sequence

from energo_cabinet.domain.time.local_day import DAY_MINUTES

Period = tuple[int, int, str]
"""Minutes [start, end) of the local day and their zone; never across midnight."""

MOST_PERIODS = 12
"""Of one zone."""

_SPAN = re.compile(r"(\d{1,2})[:.](\d{2})\s*[-\u2013\u2014]\s*(\d{1,2})[:.](\d{2})", re.ASCII)


class WrongHours(ValueError):
    """`code`: "invalid" (of `zone`), "gap" or "overlap"; `params`: what its text tells."""

    def __init__(self, code: str, zone: str = "", **params: str) -> None:
        super().__init__(code)
        self.code, self.zone, self.params = code, zone, params


def periods_of(hours: Mapping[str, str]) -> tuple[Period, ...]:
    """Zone → typed hours, as periods in order; WrongHours where a minute is in no zone or in two."""
    found = sorted(period for zone, typed in hours.items() for period in _typed(zone, typed))
    for (_, end, first), (start, until, second) in itertools.pairwise(found):
        if start < end:
            raise WrongHours(
                "overlap", start=clock(start), end=clock(min(end, until), is_end=True), first=first, second=second
            )
    gaps = _gaps(found)
    if gaps:
        start, end = gaps[0]
        raise WrongHours("gap", start=clock(start), end=clock(end, is_end=True))
    return tuple(found)


def clock(minute: int, is_end: bool = False) -> str:
    """07:00; the end of the day is 24:00."""
    whole = minute if is_end and minute == DAY_MINUTES else minute % DAY_MINUTES
    return f"{whole // 60:02}:{whole % 60:02}"


def hours_words(spans: Iterable[tuple[int, int]]) -> str:
    """«23:00–07:00, 10:00–17:00»: what was typed, and what is shown."""
    return ", ".join(f"{clock(start)}–{clock(end, is_end=True)}" for start, end in spans)


def _typed(zone: str, typed: str) -> Iterable[Period]:
    parts = [part.strip() for part in re.split(r"[,;\n]", typed) if part.strip()]
    if not parts or len(parts) > MOST_PERIODS:
        raise WrongHours("invalid", zone)
    for part in parts:
        told = _SPAN.fullmatch(part)
        if told is None:
            raise WrongHours("invalid", zone)
        start, end = _minute(zone, told[1], told[2]), _minute(zone, told[3], told[4])
        if start in (DAY_MINUTES, end):
            raise WrongHours("invalid", zone)
        if start < (end or DAY_MINUTES):
            yield start, end or DAY_MINUTES, zone
        else:
            yield start, DAY_MINUTES, zone
            yield 0, end, zone


def _minute(zone: str, hour: str, minute: str) -> int:
    found = int(hour) * 60 + int(minute)
    if int(minute) > 59 or found > DAY_MINUTES:
        raise WrongHours("invalid", zone)
    return found


def _gaps(periods: Sequence[Period]) -> list[tuple[int, int]]:
    """Spans of no zone; one across midnight is one."""
    edges = [0, *(edge for start, end, _ in periods for edge in (start, end)), DAY_MINUTES]
    gaps = [(edges[i], edges[i + 1]) for i in range(0, len(edges), 2) if edges[i] < edges[i + 1]]
    if len(gaps) > 1 and gaps[0][0] == 0 and gaps[-1][1] == DAY_MINUTES:
        gaps = [(gaps[-1][0], gaps[0][1]), *gaps[1:-1]]
    return gaps

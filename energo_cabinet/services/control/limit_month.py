"""Limits of a month: sums of its days, and the interval in which a sum passed its limit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date

import numpy as np
from sqlmodel import Session

from energo_cabinet.domain.control.deviation import sum_breaches
from energo_cabinet.domain.time.local_day import epoch_day, from_epoch_day, midnight, spans, whole_span
from energo_cabinet.domain.values.profile_day import MISSING
from energo_cabinet.models import LimitKind
from energo_cabinet.services.among import among, listed
from energo_cabinet.services.control.limit_read import MONTH, Watched, Wh, matrices, tuples
from energo_cabinet.services.control.violation_write import Key, Span

_SUMS = """
SELECT series_id, SUM(total) FROM profile_day
WHERE series_id {among} AND day BETWEEN :first AND :last GROUP BY series_id
"""


@dataclass(slots=True)
class Months:
    """`firsts`: first days of the months looked at; `sums`: (target id, first day) → Wh; what was violated."""

    firsts: tuple[int, ...] = ()
    sums: dict[tuple[int, int], int] = field(default_factory=dict)
    found: dict[Key, Span] = field(default_factory=dict)


def months_of(session: Session, targets: Collection[Watched], first: int, last: int) -> Months:
    """The months that touch first…last, for the targets that have a limit of a month."""
    starts = [span.first.replace(day=1) for span in spans(from_epoch_day(first), from_epoch_day(last), "months")]
    made = Months(tuple(epoch_day(start) for start in starts))
    limited = [target for target in targets if target.bounds[MONTH] > 0]
    for start in starts if limited else ():
        sums = _sums(session, limited, start)
        made.sums |= {(target_id, epoch_day(start)): total for target_id, total in sums.items()}
        over = [target for target in limited if sums[target.id] > target.bounds[MONTH]]
        made.found |= dict(_passed(session, over, start, sums)) if over else {}
    return made


def _sums(session: Session, targets: Collection[Watched], start: date) -> dict[int, int]:
    series = [s for target in targets for s, _ in target.series]
    days = {"first": epoch_day(start), "last": epoch_day(whole_span(start, "months")[1])}
    sql = _SUMS.format(among=among(session, "ids"))
    totals = dict(tuples(session, sql, {"ids": listed(session, series)} | days))
    return {t.id: sum(round(int(totals.get(s, 0)) * ratio) for s, ratio in t.series) for t in targets}


def _passed(
    session: Session, targets: Collection[Watched], start: date, sums: dict[int, int]
) -> Iterator[tuple[Key, Span]]:
    """Where each of these sums passed its limit."""
    begin, end = epoch_day(start), epoch_day(whole_span(start, "months")[1])
    days: dict[int, list[tuple[int, Wh, int]]] = defaultdict(list)
    for matrix in matrices(session, targets, begin, end):
        for (target_id, day), values in zip(matrix.keys, matrix.values, strict=True):
            days[target_id].append((day, values, matrix.step_min))
    for target in targets:
        measured = sorted(days[target.id], key=lambda found: found[0])
        passing = _passing(measured, target.bounds[MONTH])
        if passing is not None:
            started, ended = (_second(target.zone_name, *at) for at in (passing, _end(*measured[-1])))
            total, bound = sums[target.id], target.bounds[MONTH]
            worst = max(ended - measured[-1][2] * 60, started)
            yield (
                (target.id, LimitKind.MONTH, started),
                Span(begin, ended, 1, 1, total, bound, worst, total - bound),
            )


def _passing(measured: Collection[tuple[int, Wh, int]], bound: int) -> tuple[int, int] | None:
    """Day and minute at which the running sum passes."""
    before = 0
    for day, values, step in measured:
        row = values[None, :]
        for breach in sum_breaches(LimitKind.MONTH, row, step, np.array([bound]), np.array([before])):
            return day, breach.start_min
        before += int(values[values != MISSING].sum())
    return None


def _end(day: int, values: Wh, step_min: int) -> tuple[int, int]:
    return day, (int(np.flatnonzero(values != MISSING)[-1]) + 1) * step_min


def _second(zone_name: str, day: int, minute: int) -> int:
    return int(midnight(from_epoch_day(day), zone_name).timestamp()) + minute * 60

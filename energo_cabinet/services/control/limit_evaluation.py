"""Limits against the days that came: violations, states, notifications (F-7). Evaluated as data arrive, by a job.

The same values again change nothing: a violation is named by its target, kind and beginning.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from functools import lru_cache

import numpy as np
from sqlalchemy import text
from sqlmodel import Session, col, select

from energo_cabinet.auth.access import Subject, service
from energo_cabinet.domain.control.deviation import Breach, hour_breaches, plan_breaches, power_breaches, sum_breaches
from energo_cabinet.domain.time.local_day import epoch_day, from_epoch_day, midnight
from energo_cabinet.domain.values.hour_values import to_hours
from energo_cabinet.models import ControlDue, LimitKind
from energo_cabinet.services.among import among, listed
from energo_cabinet.services.control.limit_month import Months, months_of
from energo_cabinet.services.control.limit_read import (
    DAY,
    HOUR,
    PLAN,
    POWER,
    Matrix,
    Watched,
    Wh,
    matrices,
    plans_of,
    targets_of,
)
from energo_cabinet.services.control.state import encode_figures, figures_of, store_states
from energo_cabinet.services.control.violation_notice import tell_of_violations
from energo_cabinet.services.control.violation_write import Key, Span, store_violations

MOST_CELLS = 20_000
"""Days of targets evaluated in one transaction."""

DAYS_AT_ONCE = 62

States = dict[int, tuple[int, bytes]]


@service("system", "limit.evaluate_due")
def evaluate_due(session: Session, subject: Subject) -> int:
    """Evaluate what waits, as much as fits into one transaction; how many targets."""
    if session.exec(select(ControlDue.target_id).limit(1)).first() is None:
        return 0
    due = _taken(session)
    groups: dict[tuple[int, int], list[int]] = defaultdict(list)
    for target_id, first, last in due:
        groups[first, last].append(target_id)
    for (first, last), ids in groups.items():
        evaluate(session, subject, ids, first, last)
    return len(due)


@service("system", "limit.evaluate")
def evaluate(session: Session, subject: Subject, ids: Collection[int], first: int, last: int) -> None:
    """Evaluate targets for the days first…last (as ProfileDay.day)."""
    targets = targets_of(session, ids)
    for begin in range(first, last + 1, DAYS_AT_ONCE):
        _evaluate(session, subject, targets, begin, min(begin + DAYS_AT_ONCE - 1, last))


def _taken(session: Session) -> list[tuple[int, int, int]]:
    """Rows of control_due, deleted before anything is read: what arrives from now on makes them anew."""
    waiting = select(ControlDue.target_id, ControlDue.first_day, ControlDue.last_day)
    rows = session.execute(waiting.order_by(col(ControlDue.target_id)).limit(MOST_CELLS)).all()
    sizes = np.cumsum([last - first + 1 for _, first, last in rows])
    ids = [row[0] for row, size in zip(rows, sizes.tolist(), strict=True) if size <= MOST_CELLS] or [rows[0][0]]
    sql = f"DELETE FROM control_due WHERE target_id {among(session, 'ids')} RETURNING target_id, first_day, last_day"  # noqa: S608
    taken = session.connection().execute(text(sql), {"ids": listed(session, ids)}).all()
    return [(row[0], row[1], row[2]) for row in taken]


def _evaluate(session: Session, subject: Subject, targets: dict[int, Watched], first: int, last: int) -> None:
    months = months_of(session, targets.values(), first, last)
    found: dict[Key, Span] = dict(months.found)
    states: States = {}
    for matrix in matrices(session, targets.values(), first, last):
        bounds = np.array([targets[target].bounds for target, _ in matrix.keys], np.int64)
        hours = to_hours(matrix.values, matrix.step_min)
        plan = plans_of(session, matrix.keys, hours.shape[1]) if (bounds[:, PLAN] > 0).any() else None
        for breach in _breaches(matrix, hours, bounds, plan):
            target_id, day = matrix.keys[breach.row]
            begin = _begin(targets[target_id].zone_name, day)
            found[target_id, breach.kind, begin + breach.start_min * 60] = _span(begin, day, breach)
        _take_states(states, targets, matrix, hours, bounds, plan, months)
    store_states(session, states)
    written = store_violations(session, subject, targets, found, (first, last), months.firsts)
    tell_of_violations(session, subject, targets.values(), written)


def _breaches(matrix: Matrix, hours: Wh, bounds: Wh, plan: Wh | None) -> Iterator[Breach]:
    yield from hour_breaches(hours, bounds[:, HOUR])
    yield from sum_breaches(LimitKind.DAY, matrix.values, matrix.step_min, bounds[:, DAY])
    yield from power_breaches(matrix.values, matrix.step_min, bounds[:, POWER])
    if plan is not None:
        yield from plan_breaches(hours, plan, bounds[:, PLAN])


def _span(begin: int, day: int, breach: Breach) -> Span:
    return Span(
        day=day,
        ended_s=begin + breach.end_min * 60,
        direction=breach.direction,
        intervals=breach.intervals,
        value=breach.value,
        bound=breach.bound,
        worst_s=begin + breach.worst_min * 60,
        excess_wh=breach.excess_wh,
    )


def _take_states(
    states: States,
    targets: dict[int, Watched],
    matrix: Matrix,
    hours: Wh,
    bounds: Wh,
    plan: Wh | None,
    months: Months,
) -> None:
    """Figures of the newest day of each target, of several matrices too."""
    newest = _newest(states, matrix)
    if not newest:
        return
    rows = list(newest.values())
    keys = [matrix.keys[row] for row in rows]
    zones = {targets[target_id].zone_name for target_id, _ in keys}
    zone_of = dict.fromkeys(newest, *zones) if len(zones) == 1 else {t: targets[t].zone_name for t in newest}
    begin_of = {(zone, day): _begin(zone, day) for zone in zones for day in {day for _, day in keys}}
    begins = np.array([begin_of[zone_of[target_id], day] for target_id, day in keys], np.int64)
    sums = np.full(len(keys), -1, np.int64)
    if months.sums:
        sums = np.array([months.sums.get((target_id, _month(day)), -1) for target_id, day in keys], np.int64)
    figures = figures_of(matrix, rows, hours, bounds, plan, sums, begins)
    blob, size = encode_figures(figures), 8 * figures[0].size
    for i, (target_id, day) in enumerate(keys):
        states[target_id] = (day, blob[i * size : (i + 1) * size])


def _newest(states: States, matrix: Matrix) -> dict[int, int]:
    """Target → the row of its newest day, where that is newer than what another matrix had."""
    days = {day for _, day in matrix.keys}
    order = (
        range(len(matrix.keys)) if len(days) == 1 else sorted(range(len(matrix.keys)), key=lambda r: matrix.keys[r][1])
    )
    rows = {matrix.keys[row][0]: row for row in order}
    if states:
        rows = {t: row for t, row in rows.items() if t not in states or matrix.keys[row][1] > states[t][0]}
    return rows


@lru_cache(maxsize=4096)
def _begin(zone_name: str, day: int) -> int:
    return int(midnight(from_epoch_day(day), zone_name).timestamp())


@lru_cache(maxsize=4096)
def _month(day: int) -> int:
    return epoch_day(from_epoch_day(day).replace(day=1))

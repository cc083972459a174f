"""What an evaluation of limits reads: targets with bounds and series, their measured days as matrices, plans."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple, cast

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import text
from sqlmodel import Session

from energo_cabinet.domain.values.hour_values import HOUR_MIN, added, scaled, to_hours
from energo_cabinet.domain.values.profile_day import MISSING
from energo_cabinet.models import Channel
from energo_cabinet.services.among import among, listed

Wh = NDArray[np.int64]

_TARGETS = """
SELECT t.id, p.zone_name, p.contract_id, s.id, s.is_primary, p.current_ratio, p.voltage_ratio,
CAST(COALESCE(t.hour_wh, ROUND(p.norm_hour_kwh * 1000)) AS BIGINT),
CAST(COALESCE(t.day_wh, ROUND(p.norm_day_kwh * 1000)) AS BIGINT),
CAST(COALESCE(t.month_wh, ROUND(p.norm_month_kwh * 1000)) AS BIGINT),
CAST(COALESCE(t.power_w, ROUND(p.power_limit_kw * 1000), 0) AS BIGINT),
COALESCE(t.plan_bp, 0)
FROM control_target t JOIN metering_point p ON p.id = t.point_id JOIN profile_series s ON s.point_id = p.id
WHERE t.id {among} AND s.channel = '{channel}'
"""
_GROUPS = """
SELECT t.id, p.zone_name, p.contract_id, s.id, s.is_primary, p.current_ratio, p.voltage_ratio,
COALESCE(t.hour_wh, 0), COALESCE(t.day_wh, 0), COALESCE(t.month_wh, 0), COALESCE(t.power_w, 0), COALESCE(t.plan_bp, 0)
FROM control_target t JOIN control_member m ON m.target_id = t.id
JOIN metering_point p ON p.id = m.point_id AND p.contract_id = t.contract_id JOIN profile_series s ON s.point_id = p.id
WHERE t.id {among} AND t.point_id IS NULL AND s.channel = '{channel}' ORDER BY t.id, s.id
"""
_DAYS = """
SELECT series_id, day, step_min, vals FROM profile_day
WHERE series_id {among} AND day BETWEEN :first AND :last AND n > 0
"""
_PLANS = "SELECT target_id, day, vals FROM plan_day WHERE target_id {among} AND day BETWEEN :first AND :last AND n > 0"


HOUR, DAY, MONTH, POWER, PLAN = range(5)
"""Places of the bounds of a target."""


class Watched(NamedTuple):
    """A target: its limits in force (Wh, W, hundredths of a percent; 0 for none), its series with their ratios."""

    id: int
    zone_name: str
    contract_id: int | None
    bounds: tuple[int, ...]
    series: tuple[tuple[int, float], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Matrix:
    """Measured days of one length and step: row i is `keys[i]` = (target id, day)."""

    keys: list[tuple[int, int]]
    values: Wh
    step_min: int


def targets_of(session: Session, ids: Collection[int]) -> dict[int, Watched]:
    """Targets by id, with what bounds them; those without a measured series are left out."""
    params = {"ids": listed(session, ids)}
    told = {"among": among(session, "ids"), "channel": Channel.A_PLUS}
    rows = tuples(session, _TARGETS.format(**told), params)
    found = {row[0]: Watched(row[0], row[1], row[2], row[7:], ((row[3], _ratio(row)),)) for row in rows}
    for row in tuples(session, _GROUPS.format(**told), params) if len(found) < len(ids) else ():
        before = found[row[0]].series if row[0] in found else ()
        found[row[0]] = Watched(row[0], row[1], row[2], row[7:], (*before, (row[3], _ratio(row))))
    return found


def _ratio(row: tuple[Any, ...]) -> float:
    return 1.0 if row[4] else float(Decimal(row[5]) * Decimal(row[6]))


def matrices(session: Session, targets: Collection[Watched], first: int, last: int) -> Iterator[Matrix]:
    """The measured days first…last of targets; days of a group add up what its points have."""
    owners = {series: (target.id, ratio) for target in targets for series, ratio in target.series}
    single = len(owners) == sum(len(target.series) for target in targets) == len(targets)
    shapes: dict[tuple[int, int], list[tuple[int, int, bytes]]] = defaultdict(list)
    params = {"ids": listed(session, owners), "first": first, "last": last}
    for series_id, day, step, vals in tuples(session, _DAYS.format(among=among(session, "ids")), params):
        shapes[step, len(vals)].append((series_id, day, vals))
    if not single:
        yield from _joined(targets, shapes)
        return
    for (step, size), rows in shapes.items():
        values = np.frombuffer(b"".join([row[2] for row in rows]), "<i4").astype(np.int64).reshape(-1, size // 4)
        keys = [(owners[row[0]][0], row[1]) for row in rows]
        ratios = np.array([owners[row[0]][1] for row in rows])
        if (ratios != 1).any():
            values = np.where(values == MISSING, MISSING, np.rint(values * ratios[:, None]).astype(np.int64))
        yield Matrix(keys, values, step)


def plans_of(session: Session, keys: Sequence[tuple[int, int]], hours: int) -> Wh:
    """The plan of each (target, day) as a row of `hours`; MISSING where there is none."""
    days = [day for _, day in keys]
    params = {"ids": listed(session, dict(keys)), "first": min(days), "last": max(days)}
    rows = tuples(session, _PLANS.format(among=among(session, "ids")), params)
    stored = {(target_id, day): vals for target_id, day, vals in rows if len(vals) == 4 * hours}
    nothing = np.full(hours, MISSING, "<i4").tobytes()
    joined = b"".join([stored.get(key, nothing) for key in keys])
    return np.frombuffer(joined, "<i4").astype(np.int64).reshape(-1, hours)


def _joined(
    targets: Collection[Watched], shapes: Mapping[tuple[int, int], Sequence[tuple[int, int, bytes]]]
) -> Iterator[Matrix]:
    """The same where groups are among the targets, or a series belongs to several of them."""
    stored = {(s, day): (step, vals) for (step, _), rows in shapes.items() for s, day, vals in rows}
    made: dict[tuple[int, int], tuple[list[tuple[int, int]], list[Wh]]] = defaultdict(lambda: ([], []))
    days = {day for _, day in stored}
    for target in targets:
        for day in days:
            parts = [(stored.get((s, day)), ratio) for s, ratio in target.series]
            whole = [(found, ratio) for found, ratio in parts if found is not None]
            if not parts or len(whole) < len(parts):
                continue
            step, values = _sum([(found[0], np.frombuffer(found[1], "<i4"), ratio) for found, ratio in whole])
            keys, rows = made[step, len(values)]
            keys.append((target.id, day))
            rows.append(values)
    for (step, _), (keys, rows) in made.items():
        yield Matrix(keys, np.stack(rows), step)


def _sum(parts: Sequence[tuple[int, Any, float]]) -> tuple[int, Wh]:
    steps = {step for step, _, _ in parts}
    scaled_parts = [(step, scaled(values.astype(np.int64), ratio)) for step, values, ratio in parts]
    if len(steps) == 1:
        return steps.pop(), added(values for _, values in scaled_parts)
    return HOUR_MIN, added(to_hours(values, step) for step, values in scaled_parts)


def tuples(session: Session, sql: str, params: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """Rows as the driver gives them: integers, texts and bytes need no conversion."""
    done = session.connection().execute(text(sql), params)
    rows = done.cursor.fetchall()
    done.close()
    return cast(list[tuple[Any, ...]], rows)

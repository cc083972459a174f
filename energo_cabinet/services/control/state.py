"""How targets stand after their newest values: one row each, written as data arrive, read by the board."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import text
from sqlmodel import Session

from energo_cabinet.domain.control.deviation import newest, power_of
from energo_cabinet.domain.values.hour_values import HOUR_MIN
from energo_cabinet.domain.values.profile_day import MISSING
from energo_cabinet.models import LimitKind
from energo_cabinet.services.control.limit_read import Matrix, Wh

KINDS = tuple(LimitKind)
_LATER = """ON CONFLICT (target_id) DO UPDATE SET day = excluded.day, figures = excluded.figures
WHERE excluded.day >= control_state.day"""
_SQLITE = f"INSERT INTO control_state (target_id, day, figures) VALUES (?, ?, ?) {_LATER}"  # noqa: S608  constants
_ROWS = """unnest(CAST(:ids AS int[]), CAST(:days AS int[]), string_to_array(:figures, ',')) AS x (i, d, f)"""
_UPDATE = f"""UPDATE control_state SET day = x.d, figures = decode(x.f, 'hex') FROM {_ROWS}
WHERE target_id = x.i AND day <= x.d"""  # noqa: S608  constants
_INSERT = f"""INSERT INTO control_state (target_id, day, figures)
SELECT i, d, decode(f, 'hex') FROM {_ROWS} {_LATER}"""  # noqa: S608


class Figure(NamedTuple):
    """Of one kind of limit: value and bound (Wh, W), the moment (epoch seconds) it holds for; value −1: unknown."""

    value: int
    bound: int
    end_s: int


def encode_figures(figures: NDArray[np.int64]) -> bytes:
    """Kinds × (value, bound, end) to a blob."""
    return figures.astype("<i8").tobytes()


def decode_figures(blob: bytes) -> dict[LimitKind, Figure]:
    """What `encode_figures` made, by kind."""
    rows = np.frombuffer(blob, "<i8").reshape(-1, 3).tolist()
    return {kind: Figure(*row) for kind, row in zip(KINDS, rows, strict=True)}


def figures_of(
    matrix: Matrix, rows: Sequence[int], hours: Wh, bounds: Wh, plan: Wh | None, months: Wh, begins_s: Wh
) -> NDArray[np.int64]:
    """Figures (row, kind, value/bound/end) of some days of a matrix; `months`: sums so far, −1 unknown."""
    values, own, hour = matrix.values[rows], bounds[rows], hours[rows]
    planned = np.full_like(hour, MISSING) if plan is None else plan[rows]
    present = values != MISSING
    end = np.where(present.any(axis=1), values.shape[1] - present[:, ::-1].argmax(axis=1), 0) * matrix.step_min
    power = newest(power_of(values, matrix.step_min), own[:, 3], matrix.step_min)
    by_hour, by_plan = newest(hour, own[:, 0], HOUR_MIN), newest(hour, planned, HOUR_MIN)
    columns = {
        LimitKind.HOUR: (by_hour.value, own[:, 0], by_hour.end_min),
        LimitKind.DAY: (np.where(present, values, 0).sum(axis=1), own[:, 1], end),
        LimitKind.MONTH: (months, own[:, 2], end),
        LimitKind.POWER: (power.value, own[:, 3], power.end_min),
        LimitKind.PLAN: (by_plan.value, np.maximum(by_plan.bound, 0), by_plan.end_min),
    }
    stacked = np.stack([np.stack(columns[kind], axis=1) for kind in KINDS], axis=1)
    stacked[:, :, 2] = begins_s[:, None] + stacked[:, :, 2] * 60
    return stacked


def store_states(session: Session, states: Mapping[int, tuple[int, bytes]]) -> None:
    """Write (day, figures) of targets, unless a later day is already there."""
    if not states:
        return
    connection = session.connection()
    rows = [(target, day, figures) for target, (day, figures) in states.items()]
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(_SQLITE, rows)
        return
    ids, days = ("{" + ",".join([str(row[i]) for row in rows]) + "}" for i in (0, 1))
    figures = ",".join([row[2].hex() for row in rows])
    params = {"ids": ids, "days": days, "figures": figures}
    if connection.execute(text(_UPDATE), params).rowcount < len(rows):  # updating what is there takes half the time
        connection.execute(text(_INSERT), params)

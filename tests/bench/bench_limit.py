"""Evaluation of one day for 1 000 points against reading the same rows, in the same run, by turns.

The floor runs the statements that read limits, measured days and plans as text on a plain connection of the same pool
and turns days and plans into a matrix each; with limits of a month it reads the month's sums too. The evaluation also
compares, reads known violations, writes the states and tells the boards.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
from sqlalchemy import Engine, event, text
from sqlmodel import Session

from energo_cabinet.auth.access import Subject
from energo_cabinet.database import make_engine, session_scope
from energo_cabinet.domain.time.local_day import epoch_day
from energo_cabinet.domain.values.profile_day import encode_day
from energo_cabinet.migrations import migrate
from energo_cabinet.models import ControlTarget, PlanDay, PlanSource, ProfileSeries
from energo_cabinet.services.control.limit_evaluation import evaluate
from energo_cabinet.services.values.profile_write import store_days
from tests import cast
from tests.bench.bench_import import fresh_sqlite
from tests.bench.row import Row, seconds
from tests.servers import postgres_bin, postgres_server

SYSTEM = Subject("system", datetime(2026, 11, 22, tzinfo=UTC))
POINTS, DAYS, TIMES = 1000, 60, 41
READ = ("profile_day", "plan_day", "control_target")
DAY = epoch_day(date(2026, 11, 21))


def rows() -> Iterator[Row]:
    """All rows of this bench."""
    with tempfile.TemporaryDirectory() as folder:
        yield from _measured("SQLite", fresh_sqlite(Path(folder) / "limit.db"))
    if postgres_bin() is None:
        print("     PostgreSQL binaries are not installed: its evaluation is not measured")
        return
    with postgres_server() as url:
        engine = make_engine(url)
        migrate(engine)
        yield from _measured("PostgreSQL", engine)
        engine.dispose()


def _measured(database: str, engine: Engine) -> Iterator[Row]:
    """Hour, day, power and plan first; then a limit of a month for every point too."""
    ids = _filled(engine)
    yield _compare(database, engine, ids, "hour, day, power, plan")
    with session_scope(engine) as session:
        session.execute(text("UPDATE control_target SET month_wh = 100000000"))
    yield _compare(database, engine, ids, "with limits of a month")


def _filled(engine: Engine) -> list[int]:
    rng = np.random.default_rng(59)
    with session_scope(engine) as session:
        owner = cast.person(session, "bench@example.org", "Б")
        flat = cast.contract(session, cast.supplier(session))
        cast.link(session, owner, flat)
        ids = [_target(session, flat, i) for i in range(POINTS)]
        values = rng.integers(0, 3000, (POINTS, DAYS, 48))
        days = [(i + 1, encode_day(DAY - d, 30, values[i, d])) for i in range(POINTS) for d in range(DAYS)]
        store_days(session, days, None, SYSTEM.at)
        session.add_all(_plan(target) for target in ids)
    with session_scope(engine) as session:
        evaluate(session, SYSTEM, ids, DAY, DAY)
    if engine.dialect.name == "postgresql":
        with engine.connect() as connection:
            connection.exec_driver_sql("ANALYZE")
    return ids


def _target(session: Session, flat: Any, i: int) -> int:
    """Every hundredth point breaks its limits."""
    point = cast.point(session, flat, f"P{i}")
    session.add(ProfileSeries(id=i + 1, point_id=point.id, channel="A+"))
    limit = 2_000 if i % 100 == 0 else 7_000
    made = ControlTarget(point_id=point.id, hour_wh=limit, day_wh=limit * 24, power_w=limit, plan_bp=1_000_000)
    session.add(made)
    session.flush()
    return made.id or 0


def _plan(target: int) -> PlanDay:
    vals = np.full(24, 3000, "<i4").tobytes()
    return PlanDay(
        target_id=target, day=DAY, n=24, total=72_000, vals=vals, source=PlanSource.TYPED, changed_at=SYSTEM.at
    )


def _compare(database: str, engine: Engine, ids: list[int], what: str) -> Row:
    reads = _reads(engine, ids)
    ours, raw = [], []
    for i in range(TIMES):
        at = Subject("system", SYSTEM.at + timedelta(seconds=i))
        ours.append(seconds(lambda at=at: _evaluated(engine, at, ids)))
        raw.append(seconds(lambda: _raw(engine, reads)))
    ratio = median(a / b for a, b in zip(ours, raw, strict=True))
    figures = f"{median(ours) * 1000:.1f} ms against {median(raw) * 1000:.1f} ms"
    name = f"{database}: a day of {POINTS} points, {what}, against reading its rows"
    return Row(name, ratio, most=3, figures=figures)


def _evaluated(engine: Engine, at: Subject, ids: list[int]) -> None:
    with Session(engine) as session:
        evaluate(session, at, ids, DAY, DAY)
        session.rollback()


def _reads(engine: Engine, ids: list[int]) -> list[tuple[str, Any]]:
    """The statements of the evaluation that read measured days."""
    sent: list[tuple[str, Any]] = []

    def note(_c: Any, _cursor: Any, statement: str, parameters: Any, *_rest: Any) -> None:
        if any(f"FROM {table}" in statement for table in READ):
            sent.append((statement, parameters))

    event.listen(engine, "before_cursor_execute", note)
    _evaluated(engine, SYSTEM, ids)
    event.remove(engine, "before_cursor_execute", note)
    return sent


def _raw(engine: Engine, reads: list[tuple[str, Any]]) -> None:
    with engine.connect() as connection:
        answers = [connection.exec_driver_sql(sql, parameters).fetchall() for sql, parameters in reads]
    for rows in answers[-2:]:
        np.frombuffer(b"".join([row[-1] for row in rows]), "<i4").reshape(POINTS, -1)

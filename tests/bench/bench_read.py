"""A year of one meter among 200: the services against their own SQL run raw and decoded with numpy.

Floor and service answer the same: values at their days and how many came; the floor checks no rights, knows no
objects and runs the very statements of the service as text on a plain connection of the same pool. A `Bucket` for
every row of the table is made when the table is looked at: the rows "with its table" measure that too, unbound.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
from sqlalchemy import Engine, event
from sqlmodel import Session

from energo_cabinet.auth.access import Subject
from energo_cabinet.database import make_engine, session_scope
from energo_cabinet.domain.time.period import Period
from energo_cabinet.migrations import migrate
from energo_cabinet.models import ProfileSeries
from energo_cabinet.services.energy.consumption import consumption
from energo_cabinet.services.energy.load_profile import load_profile
from energo_cabinet.services.values.profile_write import store_days
from tests import cast
from tests.bench.bench_import import DAYS, FIRST_DAY, METERS, SYSTEM, fresh_sqlite, generated_year
from tests.bench.row import Row, seconds
from tests.servers import postgres_bin, postgres_server

FIRST, LAST = date(2025, 1, 1), date(2025, 12, 31)
MONTH_STARTS = np.array([(date(2025, m, 1) - FIRST).days for m in range(1, 13)])
NIGHT = np.array([slot < 14 or slot >= 46 for slot in range(48)])
TIMES = 100
MOST = 1.5

Rows = Sequence[Sequence[Any]]
Service = Callable[[Session, Subject, int], object]


@dataclass(frozen=True)
class Question:
    """A service call about a point, and the same answer from raw rows (day, step, n, total, vals, q)."""

    name: str
    ask: Service
    decode: Callable[[Rows], object]
    with_tariff: bool
    most: float | None = MOST


def _placed(rows: Rows, column: int) -> Any:
    """A column of numbers, each at its day: rows that never came must not shift the others."""
    found = np.zeros(DAYS, np.int64)
    found[np.array([row[0] for row in rows]) - FIRST_DAY] = [row[column] for row in rows]
    return found


def _values(rows: Rows) -> Any:
    found = np.full((DAYS, 48), -(2**31), np.int32)
    found[np.array([row[0] for row in rows]) - FIRST_DAY] = np.frombuffer(
        b"".join([row[4] for row in rows]), "<i4"
    ).reshape(-1, 48)
    return found


def _half_hours(rows: Rows) -> object:
    values = _values(rows).ravel()
    return np.where(values == -(2**31), np.nan, values / 1000), _placed(rows, 2)


def _days(rows: Rows) -> object:
    return _placed(rows, 3) / 1000, _placed(rows, 2)


def _months(rows: Rows) -> object:
    sums = np.add.reduceat(_placed(rows, 3), MONTH_STARTS) / 1000
    return sums, np.add.reduceat(_placed(rows, 2), MONTH_STARTS)


def _by_zone(rows: Rows) -> Any:
    values = _values(rows)
    values = np.where(values == -(2**31), 0, values)
    return np.stack([values[:, ~NIGHT].sum(axis=1), values[:, NIGHT].sum(axis=1)], axis=1)


def _zone_days(rows: Rows) -> object:
    return _by_zone(rows) / 1000, _placed(rows, 2)


def _zone_months(rows: Rows) -> object:
    sums = np.add.reduceat(_by_zone(rows), MONTH_STARTS) / 1000
    return sums, np.add.reduceat(_placed(rows, 2), MONTH_STARTS)


def _consumption(by: str) -> Service:
    return lambda session, who, point: consumption(session, who, point, by, Period(FIRST, LAST))  # type: ignore[arg-type]


def _table(session: Session, who: Subject, point: int) -> object:
    return consumption(session, who, point, "days", Period(FIRST, LAST)).buckets


QUESTIONS = (
    Question("half-hours", lambda s, who, p: load_profile(s, who, p, Period(FIRST, LAST)), _half_hours, False),
    Question("by day", _consumption("days"), _days, False),
    Question("by month", _consumption("months"), _months, False),
    Question("by day in two zones", _consumption("days"), _zone_days, True),
    Question("by month in two zones", _consumption("months"), _zone_months, True),
    Question("by day in two zones with its table", _table, _zone_days, True, most=None),
)


def rows() -> Iterator[Row]:
    """All rows of this bench."""
    with tempfile.TemporaryDirectory() as folder:
        yield from _measured("SQLite", fresh_sqlite(Path(folder) / "read.db"))
    if postgres_bin() is None:
        print("     PostgreSQL binaries are not installed: its reads are not measured")
        return
    with postgres_server() as url:
        engine = make_engine(url)
        migrate(engine)
        yield from _measured("PostgreSQL", engine)
        engine.dispose()


def _measured(database: str, engine: Engine) -> Iterator[Row]:
    plain, zoned, who = _filled(engine)
    with engine.connect() as connection:
        if database == "PostgreSQL":
            connection.exec_driver_sql("ANALYZE")
    for question in QUESTIONS:
        yield _compare(database, engine, who, question, zoned if question.with_tariff else plain)


def _filled(engine: Engine) -> tuple[list[int], list[int], Subject]:
    """A year of METERS points of one person, every second with a tariff of two zones; their ids."""
    with session_scope(engine) as session:
        owner = cast.person(session, "bench@example.org", "Б")
        supplier = cast.supplier(session)
        flat = cast.contract(session, supplier)
        cast.link(session, owner, flat)
        tariff = cast.tariff(session, supplier, prices=[("T1", FIRST, "4.12"), ("T2", FIRST, "2.06")])
        ids: tuple[list[int], list[int]] = ([], [])
        for i in range(METERS):
            point = cast.point(session, flat, f"P{i}", tariff_id=tariff.id if i % 2 else None)
            session.add(ProfileSeries(id=i + 1, point_id=point.id, channel="A+"))
            ids[i % 2].append(point.id)
        session.flush()
        store_days(session, generated_year(), 1, SYSTEM.at)
    return ids[0], ids[1], owner


def _compare(database: str, engine: Engine, who: Subject, question: Question, points: list[int]) -> Row:
    """Median ratio of neighbouring calls, each pair about another point: a busy machine slows both alike."""
    statements = [_statements(engine, who, question, point) for point in points]
    ours, raw = [], []
    for i in range(TIMES):
        point = points[i % len(points)]
        ours.append(seconds(partial(_served, engine, who, question, point)))
        raw.append(seconds(partial(_raw, engine, statements[i % len(points)], question)))
    ratio = median(served / floor for served, floor in zip(ours, raw, strict=True))
    figures = f"{median(ours) * 1000:.2f} ms against {median(raw) * 1000:.2f} ms"
    name = f"{database}: a year {question.name} against raw SQL + numpy"
    return Row(name, ratio, most=question.most, figures=figures)


def _served(engine: Engine, who: Subject, question: Question, point: int) -> object:
    with Session(engine, expire_on_commit=False) as session:
        return question.ask(session, who, point)


def _statements(engine: Engine, who: Subject, question: Question, point: int) -> list[tuple[str, Any]]:
    """What the service sends to the database."""
    seen: list[tuple[str, Any]] = []

    def note(_conn: object, _cursor: object, statement: str, parameters: Any, *_rest: object) -> None:
        seen.append((statement, parameters))

    event.listen(engine, "before_cursor_execute", note)
    try:
        _served(engine, who, question, point)
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return seen


def _raw(engine: Engine, statements: list[tuple[str, Any]], question: Question) -> object:
    """The statements as they are, on a plain connection of the same pool."""
    with engine.connect() as connection:
        answers = [connection.exec_driver_sql(sql, parameters).fetchall() for sql, parameters in statements]
    return question.decode(next(a for a, (sql, _) in zip(answers, statements, strict=True) if "profile_day" in sql))

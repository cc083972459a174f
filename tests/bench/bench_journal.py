"""Pages of a journal of a million events against their own SQL run raw, in the same run.

The floor runs the very statements of the service as text on a plain connection of the same pool; it checks no rights
and knows neither words nor clocks. The period alone has no bound: its query takes so little that session and check,
about 0.2 ms for any page, are half of it.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from sqlalchemy import Engine, event, insert
from sqlmodel import Session

from energo_cabinet.auth.access import Subject
from energo_cabinet.database import make_engine, session_scope
from energo_cabinet.domain.journal.codes import kinds
from energo_cabinet.domain.journal.filter import EventFilter
from energo_cabinet.domain.time.period import Period
from energo_cabinet.migrations import migrate
from energo_cabinet.models import Contract, MeterEvent, MeteringPoint, Supplier
from energo_cabinet.services.journal.point import list_events
from tests.bench.row import Row, seconds
from tests.servers import postgres_bin, postgres_server

SYSTEM = Subject("system", datetime(2026, 11, 21, tzinfo=UTC))
EVENTS, POINTS, TIMES = 1_000_000, 100, 61
MOST = 1.5
FIRST_S, STEP_S = 1_700_000_000, 9_000
YEAR = EventFilter(Period(date(2024, 6, 1), date(2025, 5, 31)), fold=False)
FILTERS = {
    "text": replace(YEAR, text="обрыв", severity=3),
    "phase and severity": replace(YEAR, phase=2, severity=2),
    "kind": replace(YEAR, kind="clock"),
    "period": YEAR,
}


def rows() -> Iterator[Row]:
    """All rows of this bench."""
    with tempfile.TemporaryDirectory() as folder:
        engine = make_engine(f"sqlite:///{Path(folder) / 'journal.db'}")
        yield from _pages(engine, "SQLite")
        engine.dispose()
    if postgres_bin() is None:
        print("     PostgreSQL binaries are not installed: its journal is not measured")
        return
    with postgres_server() as url:
        engine = make_engine(url)
        yield from _pages(engine, "PostgreSQL")
        engine.dispose()


def fill(engine: Engine) -> None:
    """EVENTS of all kinds at POINTS points, as many of each kind as of every other."""
    migrate(engine)
    every = list(kinds().values())
    with session_scope(engine) as session:
        session.add(Supplier(code="S", name="S"))
        session.flush()
        session.add(Contract(supplier_id=1, number="1", login="1", password_hash=""))
        session.flush()
        session.add_all(MeteringPoint(supplier_id=1, contract_id=1, number=str(n), name="") for n in range(POINTS))
        session.flush()
        for n in range(POINTS):
            session.connection().execute(insert(MeterEvent), [_event(n, i, every) for i in range(EVENTS // POINTS)])
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("ANALYZE")


def _event(point: int, i: int, every: list[Any]) -> dict[str, Any]:
    kind = every[i * 7 % len(every)]
    at = FIRST_S + i * STEP_S
    facts = {"code": kind.code, "mark": str(kind.mark), "severity": int(kind.severity), "area": kind.area}
    return {"point_id": point + 1, "started_s": at, "ended_s": at + 600, "phase": kind.phase, "raw": "00", **facts}


def _pages(engine: Engine, name: str) -> Iterator[Row]:
    print(f"     writing {EVENTS} events into {name}", flush=True)
    fill(engine)
    for filtered, asked in FILTERS.items():
        yield _against_raw(engine, name, filtered, asked)
    ms = median(seconds(lambda: _page(engine, replace(YEAR, fold=True))) for _ in range(TIMES)) * 1000
    print(f"     {name}: a page of a year with folding {ms:.1f} ms")


def _page(engine: Engine, asked: EventFilter) -> Any:
    with Session(engine) as session:
        return list_events(session, SYSTEM, POINTS // 2, asked, before=f"{FIRST_S + 5000 * STEP_S}~m23x.01")


def _against_raw(engine: Engine, name: str, filtered: str, asked: EventFilter) -> Row:
    statements = _statements(engine, asked)

    def raw() -> Any:
        with engine.connect() as connection:
            return [connection.exec_driver_sql(sql, parameters).fetchall() for sql, parameters in statements]

    ours, floor = _quiet(lambda: _page(engine, asked), raw)
    most = None if asked == YEAR else MOST
    figures = f"{ours * 1000:.2f} ms against {floor * 1000:.2f} ms, {len(_page(engine, asked).rows)} rows"
    return Row(f"{name}: a page of a journal by {filtered} against raw SQL", ours / floor, most=most, figures=figures)


def _statements(engine: Engine, asked: EventFilter) -> list[tuple[str, Any]]:
    """What the service sends to the database."""
    sent: list[tuple[str, Any]] = []

    def note(_c: Any, _cursor: Any, statement: str, parameters: Any, *_rest: Any) -> None:
        sent.append((statement, parameters))

    event.listen(engine, "before_cursor_execute", note)
    _page(engine, asked)
    event.remove(engine, "before_cursor_execute", note)
    return sent


def _quiet(ours: Callable[[], Any], floor: Callable[[], Any]) -> tuple[float, float]:
    """Lower quartile of both, taken by turns: what else runs on the machine only ever adds."""
    both = [(seconds(ours), seconds(floor)) for _ in range(TIMES)]
    return quantiles([a for a, _ in both])[0], quantiles([b for _, b in both])[0]

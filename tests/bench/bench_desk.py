"""The queue of a hundred thousand tickets against its own SQL run raw, in the same run (see bench_journal)."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import quantiles
from typing import Any

from sqlalchemy import Engine, event, insert
from sqlmodel import Session

from energo_cabinet.auth.access import Subject
from energo_cabinet.auth.staff import PERMISSIONS, StaffRole
from energo_cabinet.database import make_engine, session_scope
from energo_cabinet.migrations import migrate
from energo_cabinet.models import (
    Contract,
    StaffRoleName,
    Supplier,
    Ticket,
    TicketCategory,
    TicketStatus,
    User,
    UserStatus,
)
from energo_cabinet.services.desk.queue import DeskFilter, desk_queue_again
from tests.bench.row import Row, seconds
from tests.servers import postgres_bin, postgres_server

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
TICKETS, CONTRACTS, TIMES, MOST = 100_000, 2_000, 31, 1.5
ROLE = StaffRoleName.OPERATOR
OPERATOR = Subject("customer", NOW, user_id=1, staff=StaffRole(1, 1, "Ольга", 1, ROLE, PERMISSIONS[ROLE]))
FILTERS = {
    "first page": DeskFilter(),
    "page of the closed": DeskFilter(status="closed"),
    "text": DeskFilter(status="all", text="мигает подъезд 777"),
    "text nobody wrote": DeskFilter(status="all", text="перпетуум"),
}


def rows() -> Iterator[Row]:
    """All rows of this bench."""
    with tempfile.TemporaryDirectory() as folder:
        engine = make_engine(f"sqlite:///{Path(folder) / 'desk.db'}")
        yield from _pages(engine, "SQLite")
        engine.dispose()
    if postgres_bin() is None:
        print("     PostgreSQL binaries are not installed: its queue is not measured")
        return
    with postgres_server() as url:
        engine = make_engine(url)
        yield from _pages(engine, "PostgreSQL")
        engine.dispose()


def fill(engine: Engine) -> None:
    """TICKETS of one supplier, a tenth of them open."""
    migrate(engine)
    with session_scope(engine) as session:
        session.add(Supplier(code="S", name="S"))
        person = {"password_hash": "", "password_changed_at": NOW, "created_at": NOW, "status": UserStatus.ACTIVE}
        session.add(User(email="a@example.org", full_name="Соколова Анна", **person))
        session.flush()
        known = {"supplier_id": 1, "password_hash": ""}
        session.add_all(Contract(number=str(n), login=str(n), **known) for n in range(CONTRACTS))
        session.flush()
        session.connection().execute(insert(Ticket), [_ticket(n) for n in range(TICKETS)])
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("ANALYZE")


def _ticket(n: int) -> dict[str, Any]:
    is_open, theme = n % 10 == 0, f"Мигает свет {n % 1000}"
    due = date(2026, 11, 1) + timedelta(days=n % 60) if is_open and n % 3 else None
    status = (TicketStatus.NEW if n % 20 else TicketStatus.AWAITING) if is_open else TicketStatus.CLOSED
    number, words = n // CONTRACTS + 1, f"{n} {theme} в подъезде с вечера ".casefold() * 4
    who = {"supplier_id": 1, "contract_id": n % CONTRACTS + 1, "user_id": 1, "email": "a@example.org", "phone": ""}
    what = {"category": list(TicketCategory)[n % 7], "theme": theme, "status": status, "searched": words, "author": "x"}
    when = {"created_at": NOW - timedelta(minutes=TICKETS - n), "answer_due_on": due, "asked_on": due}
    rest = {"number": number, "request_key": str(n), "version": 1, "rating_note": "", "is_unread": False}
    return who | what | when | rest


def _pages(engine: Engine, name: str) -> Iterator[Row]:
    print(f"     writing {TICKETS} tickets into {name}", flush=True)
    fill(engine)
    for what, asked in FILTERS.items():
        yield _against_raw(engine, f"{name}: the desk's queue, {what}, against raw SQL", asked)


def _page(engine: Engine, asked: DeskFilter) -> Any:
    with Session(engine) as session:
        return desk_queue_again(session, replace(OPERATOR, at=NOW), asked)


def _against_raw(engine: Engine, name: str, asked: DeskFilter) -> Row:
    sent: list[tuple[str, Any]] = []

    def note(_c: Any, _cursor: Any, statement: str, parameters: Any, *_rest: Any) -> None:
        sent.append((statement, parameters))

    event.listen(engine, "before_cursor_execute", note)
    found = len(_page(engine, asked).items)
    event.remove(engine, "before_cursor_execute", note)

    def raw() -> Any:
        with engine.connect() as connection:
            return [connection.exec_driver_sql(sql, parameters).fetchall() for sql, parameters in sent]

    both = [(seconds(lambda: _page(engine, asked)), seconds(raw)) for _ in range(TIMES)]
    ours, floor = quantiles([a for a, _ in both])[0], quantiles([b for _, b in both])[0]
    figures = f"{ours * 1000:.2f} ms against {floor * 1000:.2f} ms, {found} rows"
    return Row(name, ours / floor, most=MOST, figures=figures)

"""Queueing and telling 100 000 people in the app against raw INSERT … SELECT of the same rows, in the same run.

The floor writes recipients and notifications by two statements in one transaction and knows nothing of choices, links
that ended meanwhile, languages, placeholders or being killed. The broadcast reads each person's link and choice, words
the notification for that reader and commits every 500, as it must to be stopped and taken up again anywhere.
"""

from __future__ import annotations

import resource
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from sqlalchemy import Engine, text

from energo_cabinet.auth.access import Subject
from energo_cabinet.database import make_engine, session_scope
from energo_cabinet.migrations import migrate
from energo_cabinet.models import Broadcast, BroadcastStatus, ConsumerClass
from energo_cabinet.services.broadcast.delivery import deliver_batch, start_due
from tests import cast
from tests.bench.bench_import import fresh_sqlite
from tests.bench.row import Row, seconds
from tests.servers import postgres_bin, postgres_server

PEOPLE = 100_000
SYSTEM = Subject("system", cast.NOW)
MOST = 20.0
"""About 20 µs a person of Python (words, two dictionaries, choices) over about 2 µs a row of the raw statement, and 200
commits over one; each batch also reads people, links and choices by their indexes."""
MOST_MB = 60.0
"""Twenty times a batch: the people come and go in batches."""

FILL = (
    "INSERT INTO user_account (email, full_name, phone, address, contract_number, password_hash, password_changed_at, "
    "status, language, failed_sign_ins, created_at) SELECT 'b' || n || '@example.org', 'Б', '', '', '', '', :at, "
    "'active', 'ru', 0, :at FROM numbers",
    "INSERT INTO contract (supplier_id, number, customer_name, address, consumer_class, login, password_hash, "
    "failed_tries) SELECT :supplier, 'B' || n, 'Б', '', 'flat', 'B' || n, '', 0 FROM numbers",
    "INSERT INTO contractlink (user_id, contract_id, title, linked_at) SELECT u.id, c.id, 'Б', :at FROM numbers "
    "JOIN user_account u ON u.email = 'b' || n || '@example.org' JOIN contract c ON c.number = 'B' || n "
    "AND c.supplier_id = :supplier",
    "INSERT INTO notification_choice (user_id, source, in_cabinet, by_email) SELECT id, 'supplier', true, false "
    "FROM user_account WHERE email LIKE 'b%@example.org'",
)
NUMBERS = "WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < :people) "
RAW = (
    "INSERT INTO broadcast_recipient (broadcast_id, user_id, contract_id) SELECT :broadcast, user_id, contract_id "
    "FROM contractlink WHERE unlinked_at IS NULL AND title = 'Б'",
    "INSERT INTO notification (user_id, contract_id, kind, title, text, facts, once, is_shown, created_at) "
    "SELECT user_id, contract_id, 'message', 'Новость', 'Здравствуйте!', '{}', 'raw', true, :at "
    "FROM broadcast_recipient WHERE broadcast_id = :broadcast",
)


def rows() -> Iterator[Row]:
    """All rows of this bench."""
    with tempfile.TemporaryDirectory() as folder:
        yield from _measured("SQLite", fresh_sqlite(Path(folder) / "broadcast.db"))
    if postgres_bin() is None:
        print("     PostgreSQL binaries are not installed: its broadcast is not measured")
        return
    with postgres_server() as url:
        engine = make_engine(url)
        migrate(engine)
        yield from _measured("PostgreSQL", engine)
        engine.dispose()


def _measured(database: str, engine: Engine) -> Iterator[Row]:
    supplier = _filled(engine)
    first, second = _broadcast(engine, supplier), _broadcast(engine, supplier, BroadcastStatus.DRAFT)
    before = _memory_mb()
    told = seconds(lambda: _tell(engine))
    grown = _memory_mb() - before
    raw = seconds(lambda: _raw(engine, second))
    with session_scope(engine) as session:
        row = session.get_one(Broadcast, first)
        assert (row.status, row.queued, row.in_cabinet) == ("done", PEOPLE, PEOPLE)
    figures = f"{told:.1f} s against {raw:.1f} s, {PEOPLE / told:,.0f} people a second"
    yield Row(f"{database}: {PEOPLE} told in the app against raw rows", told / raw, most=MOST, figures=figures)
    yield Row(f"{database}: memory it took, MB", grown, most=MOST_MB)


def _filled(engine: Engine) -> int:
    with session_scope(engine) as session:
        supplier = cast.supplier(session)
        given = {"supplier": supplier.id, "at": cast.NOW.replace(tzinfo=None), "people": PEOPLE}
        for statement in FILL:
            is_numbered = "FROM numbers" in statement
            into, _, rest = statement.partition(" SELECT ")
            wanted = {
                name: given[name] for name in given if f":{name}" in statement or (name == "people" and is_numbered)
            }
            session.execute(text(f"{into} {NUMBERS if is_numbered else ''}SELECT {rest}"), wanted)
        key = supplier.id or 0
    if engine.dialect.name == "postgresql":
        with engine.connect() as connection:
            connection.exec_driver_sql("ANALYZE")
    return key


def _broadcast(engine: Engine, supplier: int, status: BroadcastStatus = BroadcastStatus.SCHEDULED) -> int:
    at = {"created_at": cast.NOW, "changed_at": cast.NOW, "send_at": cast.NOW}
    known = {"author": "Г", "kind": "message", "title": "Новость", "text": "Здравствуйте!", **at}
    with session_scope(engine) as session:
        row = Broadcast(supplier_id=supplier, status=status, consumer_class=ConsumerClass.FLAT, **known)
        session.add(row)
        session.flush()
        return row.id or 0


def _tell(engine: Engine) -> None:
    """As the job does, a transaction a batch."""
    with session_scope(engine) as session:
        start_due(session, SYSTEM)
    count, turn = 1, 0
    while count:
        turn += 1
        with session_scope(engine) as session:
            count = deliver_batch(session, replace(SYSTEM, at=SYSTEM.at + timedelta(seconds=turn)))


def _raw(engine: Engine, broadcast: int) -> None:
    given = {"broadcast": broadcast, "at": cast.NOW.replace(tzinfo=None)}
    with session_scope(engine) as session:
        for statement in RAW:
            session.execute(text(statement), {name: given[name] for name in given if f":{name}" in statement})


def _memory_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

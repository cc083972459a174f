"""Databases for tests, on SQLite and on PostgreSQL, by the one fixture `dialect` both are made for.

A test that takes `session` alone works on its worker's one migrated database, and nothing of it stays: the session's
commits release savepoints of a transaction that is rolled back. Whatever commits for real - several connections,
threads, the door, another process, a restart - takes `engine` (`installation` does), which is a fresh database of the
test's own, and then `session` is a plain session on that. Making one takes many times as long, most on PostgreSQL.
"""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlmodel import Session

from energo_cabinet.database import make_engine
from energo_cabinet.migrations import migrate
from tests.servers import absent, postgres_bin, postgres_server

_RESTART = text(
    "SELECT setval(format('%I.%I', schemaname, sequencename)::regclass, start_value, false)"
    " FROM pg_sequences WHERE last_value IS NOT NULL"
)
"""A rollback leaves sequences where they are; ids are to begin at 1 for every test, as on a fresh database."""


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty database file to copy."""
    path = tmp_path_factory.mktemp("template") / "cabinet.db"
    engine = make_engine(f"sqlite:///{path}")
    migrate(engine)
    engine.dispose()
    return path


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A PostgreSQL server with a migrated template database."""
    if postgres_bin() is None:
        absent("PostgreSQL (initdb, postgres; Debian: postgresql)")
    with postgres_server() as url:
        with create_engine(url, isolation_level="AUTOCOMMIT").connect() as admin:
            admin.execute(text("CREATE DATABASE template_cabinet"))
        engine = make_engine(url.replace("/postgres", "/template_cabinet"))
        migrate(engine)
        engine.dispose()
        yield url


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def dialect(request: pytest.FixtureRequest) -> str:
    """Which database; of a module's tests those on the same one run together, so that they may share a world."""
    return str(request.param)


@pytest.fixture(scope="session")
def shared_sqlite(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """The worker's database file. Its transactions begin when they are begun, not at the first write: savepoints."""
    path = tmp_path_factory.mktemp("shared") / "cabinet.db"
    shutil.copy(sqlite_template, path)
    engine = make_engine(f"sqlite:///{path}")
    event.listen(engine, "connect", lambda driver, _record: setattr(driver, "isolation_level", None))
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
    event.listen(engine, "connect", _answer_backwards)
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def shared_postgres(postgres_url: str) -> Iterator[Engine]:
    """The worker's database on its PostgreSQL."""
    with _database(postgres_url) as engine:
        yield engine


@pytest.fixture(scope="module")
def shared_engine(dialect: str, request: pytest.FixtureRequest) -> Engine:
    """The worker's database; write to it inside `rolled_back` only."""
    shared: Engine = request.getfixturevalue(f"shared_{dialect}")
    return shared


@pytest.fixture
def engine(dialect: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A fresh migrated database of the test's own, to commit to."""
    if dialect == "postgres":
        with _database(request.getfixturevalue("postgres_url")) as made:
            yield made
        return
    path = tmp_path / "cabinet.db"
    shutil.copy(request.getfixturevalue("sqlite_template"), path)
    made = make_engine(f"sqlite:///{path}")
    event.listen(made, "connect", _answer_backwards)
    yield made
    made.dispose()


def _answer_backwards(driver: DBAPIConnection, _record: object) -> None:
    """What is not ordered comes in an order nobody meant, as it may on PostgreSQL on a busy day."""
    driver.execute("PRAGMA reverse_unordered_selects = ON")


@pytest.fixture
def session(dialect: str, request: pytest.FixtureRequest) -> Iterator[Session]:
    """A session on the test's own database when it has one, else on the worker's, rolled back at the end."""
    if "engine" in request.fixturenames:
        with Session(request.getfixturevalue("engine"), expire_on_commit=False) as opened:
            yield opened
        return
    with rolled_back(request.getfixturevalue("shared_engine")) as connection, Session(**joining(connection)) as opened:
        yield opened


@contextmanager
def rolled_back(engine: Engine) -> Iterator[Connection]:
    """A connection in a transaction that ends in nothing."""
    with engine.connect() as connection:
        with connection.begin() as outer:
            with trial(connection):
                yield connection
            outer.rollback()
        if engine.dialect.name == "postgresql":
            connection.execute(_RESTART)


@contextmanager
def trial(connection: Connection) -> Iterator[None]:
    """A savepoint and the way back to it; an error when somebody has ended the transaction for real."""
    floor = connection.begin_nested()
    yield
    floor.rollback()


def joining(connection: Connection) -> dict[str, object]:
    """Arguments of a session for which the connection's transaction is all there is: it commits to savepoints."""
    return {"bind": connection, "expire_on_commit": False, "join_transaction_mode": "create_savepoint"}


@contextmanager
def _database(server: str) -> Iterator[Engine]:
    """A copy of the template by files: it is small, and the default way writes every page through the log."""
    name = f"t{uuid.uuid4().hex[:12]}"
    with create_engine(server, isolation_level="AUTOCOMMIT").connect() as admin:
        admin.execute(text(f"CREATE DATABASE {name} TEMPLATE template_cabinet STRATEGY FILE_COPY"))
    made = make_engine(server.replace("/postgres", f"/{name}"))
    yield made
    made.dispose()
    with create_engine(server, isolation_level="AUTOCOMMIT").connect() as admin:
        admin.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))  # a thousand would stay on the disk

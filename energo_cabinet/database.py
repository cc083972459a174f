"""Engine and sessions: SQLite in WAL, or PostgreSQL, by settings alone."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, create_engine

from energo_cabinet.errors import CabinetError, NotStored
from energo_cabinet.settings import get_settings

PATIENCE_MS = 10_000
"""So long a person's write waits for another's; what is noted beside reading waits IMPATIENCE_MS."""
IMPATIENCE_MS = 100
_TAKES_NOTHING = {
    *(sqlite3.SQLITE_BUSY, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL),
    *("53100", "25006", "55P03"),  # disk full, read-only transaction, lock not available
}


def make_engine(url: str) -> Engine:
    """A tuned engine for a `sqlite:///` or `postgresql+psycopg://` URL."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return create_engine(url, pool_size=8, max_overflow=8, pool_pre_ping=True, hide_parameters=True)
    if parsed.database and parsed.database != ":memory:":
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, connect_args={"check_same_thread": False}, hide_parameters=True)
    event.listen(engine, "connect", _tune_sqlite)
    event.listen(engine, "savepoint", _take_the_lock)
    return engine


def _tune_sqlite(connection: Any, _record: object) -> None:
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={PATIENCE_MS}"):
        connection.execute(f"PRAGMA {pragma}")


def _take_the_lock(connection: Connection, _name: str) -> None:
    """Before a savepoint that begins the transaction: who sets one will write.

    Left to itself it only reads at first, and when another has written by the time it does, SQLite refuses at once.
    """
    driver: Any = connection.connection.driver_connection
    if not driver.in_transaction:
        driver.execute("BEGIN IMMEDIATE")


@lru_cache
def get_engine() -> Engine:
    """The process's engine."""
    return make_engine(get_settings().db_url)


@contextmanager
def session_scope(engine: Engine | None = None) -> Iterator[Session]:
    """A session that commits on success (or on a refusal that says so) and rolls back on any other error.

    NotStored: the database takes nothing just now.
    """
    with Session(engine or get_engine(), expire_on_commit=False) as session:
        try:
            yield session
            session.commit()
        except CabinetError as error:
            session.commit() if error.commits else session.rollback()
            raise
        except BaseException as error:
            session.rollback()
            if isinstance(error, DBAPIError) and _takes_nothing(error):
                raise NotStored from error
            raise


@contextmanager
def impatient_scope() -> Iterator[Session]:
    """`session_scope` for what may be left undone: nobody waits for a lock that is held."""
    with session_scope() as session:
        driver: Any = session.connection().connection.driver_connection
        is_sqlite = isinstance(driver, sqlite3.Connection)
        if is_sqlite:
            driver.execute(f"PRAGMA busy_timeout = {IMPATIENCE_MS}")
        else:
            session.execute(text(f"SET LOCAL lock_timeout = {IMPATIENCE_MS}"))
        try:
            yield session
            session.flush()
        finally:
            if is_sqlite:
                driver.execute(f"PRAGMA busy_timeout = {PATIENCE_MS}")


def _takes_nothing(error: DBAPIError) -> bool:
    code = getattr(error.orig, "sqlite_errorcode", None)
    return (getattr(error.orig, "sqlstate", None) if code is None else code & 0xFF) in _TAKES_NOTHING


@contextmanager
def impatient_connection() -> Iterator[Connection]:
    """`impatient_scope` without a session, for what is noted behind a call; commits at the end."""
    with get_engine().connect() as connection:
        is_sqlite = connection.dialect.name == "sqlite"
        tune = f"PRAGMA busy_timeout = {IMPATIENCE_MS}" if is_sqlite else f"SET LOCAL lock_timeout = {IMPATIENCE_MS}"
        try:
            connection.execute(text(tune))
            yield connection
            connection.commit()
        finally:
            connection.rollback()
            if is_sqlite:
                connection.execute(text(f"PRAGMA busy_timeout = {PATIENCE_MS}"))

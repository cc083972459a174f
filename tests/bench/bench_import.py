"""Import and ingest, each against its floor within the same run, alternating; the best of several tries of each."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median

import numpy as np
import psycopg
from sqlalchemy import Engine, text
from sqlmodel import Session

from energo_cabinet.auth.access import Subject
from energo_cabinet.database import make_engine, session_scope
from energo_cabinet.domain.values.profile_day import DayRow, encode_day
from energo_cabinet.formats.files.options import ReadOptions
from energo_cabinet.formats.values.maket_80020 import read_maket
from energo_cabinet.migrations import migrate
from energo_cabinet.services.imports.file import FileReader, store_contents
from energo_cabinet.services.supplier.supplier import add_supplier
from energo_cabinet.services.values.profile_write import store_days
from tests.bench.row import Row, seconds
from tests.formats.maket_writer import large_maket
from tests.servers import postgres_bin, postgres_server

SYSTEM = Subject("system", datetime(2026, 1, 1, tzinfo=UTC))
METERS, DAYS, FIRST_DAY = 200, 365, (date(2025, 1, 1) - date(1970, 1, 1)).days
POINTS = METERS * DAYS * 48
DAY_ROWS = list[tuple[int, DayRow]]


def rows() -> Iterator[Row]:
    """All rows of this bench."""
    with tempfile.TemporaryDirectory() as folder:
        yield _import_against_parsing(Path(folder))
        year = generated_year()
        yield from _sqlite_ingest(Path(folder), year)
    if postgres_bin() is None:
        print("     PostgreSQL binaries are not installed: its ingest is not measured")
        return
    with postgres_server() as url:
        yield from _postgres_ingest(url, year)


def generated_year() -> DAY_ROWS:
    """METERS × DAYS day rows of 48 half-hours each."""
    values = np.random.default_rng(80020).integers(0, 3000, (METERS, DAYS, 48))
    return [(m + 1, encode_day(FIRST_DAY + d, 30, values[m, d])) for m in range(METERS) for d in range(DAYS)]


def fresh_sqlite(path: Path) -> Engine:
    """A migrated database file."""
    engine = make_engine(f"sqlite:///{path}")
    migrate(engine)
    return engine


def _import_against_parsing(folder: Path, times: int = 40) -> Row:
    engine = fresh_sqlite(folder / "import.db")
    with session_scope(engine) as session:
        add_supplier(session, SYSTEM, "S", "S", "Europe/Moscow")
    files = [large_maket((date(2024, 1, 1) + timedelta(i)).strftime("%Y%m%d"), i) for i in range(times)]
    paths = [folder / f"{i}.xml" for i in range(times)]
    for path, data in zip(paths, files, strict=True):
        path.write_bytes(data)
    parsing, importing = [], []
    with FileReader() as reader:

        def take(path: Path) -> None:
            contents = reader.read(path, ReadOptions("Europe/Moscow"))
            with session_scope(engine) as session:
                store_contents(session, SYSTEM, "S", contents, create_points=True)

        take(paths[0])
        for path, data in zip(paths[1:], files[1:], strict=True):
            parsing.append(seconds(lambda data=data: read_maket(data, "", "Europe/Moscow")))
            importing.append(seconds(lambda path=path: take(path)))
    parse, whole = min(parsing), min(importing)
    ratio = median(i / p for i, p in zip(importing, parsing, strict=True))
    figures = f"parse {parse * 1000:.0f} ms, {3744 / parse / 1000:.0f} k values/s; import {whole * 1000:.0f} ms"
    return Row("import of a 28-point 80020 file against parsing it", ratio, most=2, figures=figures)


def _sqlite_ingest(folder: Path, year: DAY_ROWS) -> Iterator[Row]:
    flat = [(series, *row, 1) for series, row in year]
    raw, ours = [], []
    for attempt in range(5):
        raw.append(seconds(lambda path=folder / f"raw{attempt}.db": _raw_sqlite(path, flat)))
        engine = fresh_sqlite(folder / f"ours{attempt}.db")
        ours.append(seconds(lambda engine=engine: _store(engine, year)))
    figures = f"{POINTS / min(ours) / 1e6:.2f} M points/s; raw {POINTS / min(raw) / 1e6:.2f}"
    yield Row("SQLite: 200 meters × 1 year against raw executemany", min(raw) / min(ours), least=0.5, figures=figures)
    with engine.connect() as connection:
        size = connection.execute(text("SELECT sum(pgsize) FROM dbstat WHERE name = 'profile_day'")).scalar_one()
    yield Row("SQLite: bytes per stored point", size / POINTS, most=6.1)


def _raw_sqlite(path: Path, flat: list[tuple[object, ...]]) -> None:
    marks = ", ".join("?" * 8)
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;")
        connection.execute(
            "CREATE TABLE profile_day (series_id INTEGER NOT NULL, day INTEGER NOT NULL, step_min INTEGER NOT NULL, "
            "n INTEGER NOT NULL, total BIGINT NOT NULL, vals BLOB NOT NULL, q BLOB, file_id INTEGER, "
            "PRIMARY KEY (series_id, day)) WITHOUT ROWID"
        )
        connection.executemany(f"INSERT INTO profile_day VALUES ({marks})", flat)
        connection.commit()


def _store(engine: Engine, year: DAY_ROWS) -> None:
    with Session(engine) as session:
        store_days(session, year, 1, SYSTEM.at)
        session.commit()


def _postgres_ingest(url: str, year: DAY_ROWS) -> Iterator[Row]:
    engine = make_engine(url)
    migrate(engine)
    flat = [(series, *row, 1) for series, row in year]
    raw, ours = [], []
    for _ in range(5):
        raw.append(seconds(lambda: _raw_copy(url, flat)))
        with engine.begin() as connection:
            connection.execute(text("TRUNCATE profile_day"))
        ours.append(seconds(lambda: _store(engine, year)))
    figures = f"{POINTS / min(ours) / 1e6:.2f} M points/s; raw {POINTS / min(raw) / 1e6:.2f}"
    yield Row("PostgreSQL: 200 meters × 1 year against binary COPY", min(raw) / min(ours), least=0.3, figures=figures)
    sent_again = seconds(lambda: _store(engine, year))
    yield Row("PostgreSQL: the same year again against the first time", sent_again / min(ours))
    size = "SELECT sum(pg_total_relation_size(inhrelid)) FROM pg_inherits WHERE inhparent = 'profile_day'::regclass"
    with engine.connect() as connection:
        yield Row("PostgreSQL: bytes per stored point", connection.execute(text(size)).scalar_one() / POINTS, most=6.1)
    engine.dispose()


def _raw_copy(url: str, flat: list[tuple[object, ...]]) -> None:
    with psycopg.connect(url.replace("+psycopg", "")) as connection, connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS raw_day")
        cursor.execute(
            "CREATE TABLE raw_day (series_id int4, day int4, step_min int4, n int4, total int8, vals bytea, q bytea, "
            "file_id int4, PRIMARY KEY (series_id, day))"
        )
        with cursor.copy("COPY raw_day FROM STDIN (FORMAT BINARY)") as copy:
            copy.set_types(["int4", "int4", "int4", "int4", "int8", "bytea", "bytea", "int4"])
            for row in flat:
                copy.write_row(row)

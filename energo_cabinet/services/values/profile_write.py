"""Day rows into the database: compared with what is there by sets, written in bulk, earlier versions kept (F-9)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from struct import Struct
from typing import Any, NamedTuple

from sqlalchemy import Connection, insert, text
from sqlmodel import Session

from energo_cabinet.domain.time.local_day import add_months, epoch_day, from_epoch_day
from energo_cabinet.domain.values.profile_day import Change, DayRow, change, merge
from energo_cabinet.models import ProfileDayVersion
from energo_cabinet.services.among import among, listed
from energo_cabinet.services.values.limit_due import note_new_days

CHUNK = 10_000
PARTITION = "profile_day_p{:%Y%m}"
_COLUMNS = "series_id, day, step_min, n, total, vals, q, file_id"
_COPY_HEAD, _COPY_END = b"PGCOPY\n\xff\r\n\x00" + bytes(8), b"\xff\xff"
_COPY_ROW, _COPY_INT = Struct("!hiiiiiiiiiqi"), Struct("!i")
_COPY_NULL = _COPY_INT.pack(-1)
_UPDATE = ", ".join(f"{c} = excluded.{c}" for c in _COLUMNS.split(", ")[2:])
_SQLITE_UPSERT = (
    f"INSERT INTO profile_day ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?) "  # noqa: S608  constants
    f"ON CONFLICT (series_id, day) DO UPDATE SET {_UPDATE}"
)


Stored = tuple[int, int, int, int, int, bytes, bytes | None, int | None]


class StoredDay(NamedTuple):
    """A row of profile_day."""

    series_id: int
    day: int
    step_min: int
    n: int
    total: int
    vals: bytes
    q: bytes | None
    file_id: int | None

    @property
    def row(self) -> DayRow:
        """The day without its owner."""
        return DayRow(*self[1:7])


def store_days(
    session: Session,
    rows: Iterable[tuple[int, DayRow]],
    file_id: int | None,
    at: datetime,
    merging: bool = False,
) -> Change:
    """Store (series id, day row) pairs in the caller's transaction and count values, not rows.

    A day that exists is replaced, or merged slot by slot; what it was goes to profile_day_version with `file_id` and
    `at` (aware UTC) as what replaced it. Rows that change nothing are not written.
    """
    done = Change()
    rows = iter(rows)
    while chunk := list(islice(rows, CHUNK)):
        done = done.plus(_store_chunk(session, chunk, file_id, at, merging))
    return done


def _store_chunk(
    session: Session, chunk: Sequence[tuple[int, DayRow]], file_id: int | None, at: datetime, merging: bool
) -> Change:
    before = _existing(session, chunk)
    keys = {(series_id, row.day) for series_id, row in chunk}
    if len(keys) == len(chunk) and keys.isdisjoint(before):
        rows = [(series_id, *row, file_id) for series_id, row in chunk if row.n]
        _write(session.connection(), rows, is_fresh=True)
        note_new_days(session, ((row[0], row[1]) for row in rows))
        return Change(stored=sum(row.n for _, row in chunk))
    return _store_changes(session, chunk, before, file_id, at, merging)


def _store_changes(
    session: Session,
    chunk: Sequence[tuple[int, DayRow]],
    before: dict[tuple[int, int], StoredDay],
    file_id: int | None,
    at: datetime,
    merging: bool,
) -> Change:
    counted = Change()
    writes: dict[tuple[int, int], StoredDay] = {}
    versions: list[StoredDay] = []
    for series_id, sent in chunk:
        key = (series_id, sent.day)
        old = before.get(key)
        kept = merge(old.row, sent) if merging and old else sent
        counted = counted.plus(change(old.row if old else None, sent, kept))
        if kept.n if old is None else kept != old.row:
            versions += [old] if old else []
            before[key] = writes[key] = StoredDay(series_id, *kept, file_id)
    _write(session.connection(), list(writes.values()), is_fresh=False)
    note_new_days(session, writes)
    if versions:
        _keep_versions(session, versions, file_id, at)
    return counted


def _existing(session: Session, chunk: Sequence[tuple[int, DayRow]]) -> dict[tuple[int, int], StoredDay]:
    """What is stored for the series and span of days of a chunk, in one query."""
    wanted = {series_id for series_id, _ in chunk}
    days = [row.day for _, row in chunk]
    theirs = f"series_id {among(session, 'series')} AND day BETWEEN :first AND :last"
    query = text(f"SELECT {_COLUMNS} FROM profile_day WHERE {theirs}")  # noqa: S608  constants
    params = {"series": listed(session, wanted), "first": min(days), "last": max(days)}
    found = session.connection().execute(query, params)
    return {(row[0], row[1]): StoredDay(*row) for row in found}


def _write(connection: Connection, rows: Sequence[Stored], is_fresh: bool) -> None:
    if not rows:
        return
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(_SQLITE_UPSERT, rows)
        return
    ensure_partitions(connection, (row[1] for row in rows))
    if is_fresh and _copied(connection, rows):
        return
    connection.exec_driver_sql(
        "CREATE TEMPORARY TABLE IF NOT EXISTS profile_day_in (LIKE profile_day) ON COMMIT DELETE ROWS"
    )
    _copy(connection, "profile_day_in", rows)
    connection.exec_driver_sql(
        f"INSERT INTO profile_day ({_COLUMNS}) SELECT {_COLUMNS} FROM profile_day_in "  # noqa: S608
        f"ON CONFLICT (series_id, day) DO UPDATE SET {_UPDATE}"
    )
    connection.exec_driver_sql("TRUNCATE profile_day_in")


def _copied(connection: Connection, rows: Sequence[Stored]) -> bool:
    """Whether new rows went straight in; not when somebody stored these days meanwhile."""
    from psycopg.errors import UniqueViolation  # takes a while to load, and SQLite needs none of it

    try:
        with connection.begin_nested():
            _copy(connection, "profile_day", rows)
    except UniqueViolation:
        return False
    return True


def _copy(connection: Connection, table: str, rows: Iterable[Stored]) -> None:
    driver: Any = connection.connection.driver_connection
    with driver.cursor() as cursor, cursor.copy(f"COPY {table} ({_COLUMNS}) FROM STDIN (FORMAT BINARY)") as copy:
        copy.write(_COPY_HEAD)
        packed = map(_copy_row, rows)
        while part := b"".join(islice(packed, 500)):  # in parts, so that the server works while we pack
            copy.write(part)
        copy.write(_COPY_END)


def _copy_row(row: Stored) -> bytes:
    """One row in PostgreSQL's binary COPY format; three times as fast as psycopg's general writer."""
    series_id, day, step_min, n, total, vals, q, file_id = row
    head = _COPY_ROW.pack(8, 4, series_id, 4, day, 4, step_min, 4, n, 8, total, len(vals))
    marks = _COPY_NULL if q is None else _COPY_INT.pack(len(q)) + q
    return head + vals + marks + (_COPY_NULL if file_id is None else _COPY_INT.pack(4) + _COPY_INT.pack(file_id))


def ensure_partitions(connection: Connection, days: Iterable[int]) -> None:
    """Make the monthly partitions that `days` fall into; attached, so that readers are not locked out."""
    months = {from_epoch_day(day).replace(day=1) for day in set(days)}
    names = {PARTITION.format(month): month for month in months}
    for name in _missing(connection, names):
        connection.execute(text("SELECT pg_advisory_xact_lock(80020)"))
        if not _missing(connection, [name]):
            continue
        first, end = epoch_day(names[name]), epoch_day(add_months(names[name], 1))
        connection.exec_driver_sql(f"CREATE TABLE {name} (LIKE profile_day INCLUDING ALL)")
        connection.exec_driver_sql(
            f"ALTER TABLE profile_day ATTACH PARTITION {name} FOR VALUES FROM ({first}) TO ({end})"
        )


def _missing(connection: Connection, names: Iterable[str]) -> Iterator[str]:
    query = text("SELECT name FROM unnest(CAST(:names AS text[])) AS name WHERE to_regclass(name) IS NULL")
    return iter(list(connection.execute(query, {"names": sorted(names)}).scalars()))


def _keep_versions(session: Session, rows: Iterable[StoredDay], file_id: int | None, at: datetime) -> None:
    replaced = {"replaced_at": at, "replaced_by_file_id": file_id}
    session.connection().execute(insert(ProfileDayVersion), [row._asdict() | replaced for row in rows])

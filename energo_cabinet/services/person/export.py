"""«Выгрузить мои данные» (F-22, R-35): asked for, written by a job to a file, fetched by its owner for some days."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Table
from sqlalchemy import select as select_core
from sqlmodel import Session, SQLModel, col, or_, select, update

from energo_cabinet.auth.access import Subject, service
from energo_cabinet.errors import Conflict, NotFound
from energo_cabinet.formats.person.data_archive import DataArchive
from energo_cabinet.models import DataExport, LiveEvent
from energo_cabinet.services.person.personal_data import (
    NOT_EXPORTED,
    OF_CONTRACTS,
    personal_tables,
    rows_of,
    rows_of_contracts,
    shown_columns,
)
from energo_cabinet.services.sign_in.reauthentication import confirm_password
from energo_cabinet.settings import get_settings

TOPIC = "export"
LEASE = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class ExportStatus:
    """The newest export: `state` is waiting, ready or failed; `percent` of the work done."""

    id: int
    state: str
    percent: int
    asked_at: datetime
    size: int
    expires_at: datetime | None


@dataclass(frozen=True, slots=True)
class DueExport:
    """An export claimed for writing."""

    id: int
    user_id: int


@service("customer", "data_export.status")
def my_export(session: Session, subject: Subject) -> ExportStatus | None:
    """The caller's newest export that has not expired."""
    live = or_(col(DataExport.expires_at).is_(None), col(DataExport.expires_at) > subject.at)
    query = select(DataExport).where(DataExport.user_id == subject.user, live)
    row = session.exec(query.order_by(col(DataExport.id).desc())).first()
    if row is None:
        return None
    state = "failed" if row.failed_at else "ready" if row.ready_at else "waiting"
    return ExportStatus(row.id, state, row.percent, row.asked_at, row.size, row.expires_at)


@service("customer", "data_export.ask")
def ask_export(session: Session, subject: Subject, password: str) -> None:
    """Have the caller's data written; Conflict("export_waiting") while that is under way. The password is asked."""
    confirm_password(session, subject, password)
    found = my_export(session, subject)
    if found is not None and found.state == "waiting":
        raise Conflict("export_waiting")
    session.add(DataExport(user_id=subject.user, language=subject.language, asked_at=subject.at))


@service("customer", "data_export.download")
def export_file(session: Session, subject: Subject, export_id: int) -> Path:
    """Where the caller's finished export lies; NotFound for anybody else's, an unfinished or an expired one."""
    row = session.get(DataExport, export_id)
    if row is None or row.user_id != subject.user or not row.ready_at or not row.expires_at:
        raise NotFound
    path = folder() / row.file_name
    if row.expires_at <= subject.at or not path.is_file():
        raise NotFound
    return path


@service("system", "data_export.claim")
def claim_export(session: Session, subject: Subject) -> DueExport | None:
    """The next export to write; one whose writer died is taken again after LEASE."""
    free = or_(col(DataExport.leased_until).is_(None), col(DataExport.leased_until) < subject.at)
    due = (col(DataExport.ready_at).is_(None), col(DataExport.failed_at).is_(None), free)
    row = session.exec(select(DataExport).where(*due).order_by(col(DataExport.id))).first()
    if row is None:
        return None
    claim = update(DataExport).where(col(DataExport.id) == row.id, *due).values(leased_until=subject.at + LEASE)
    return DueExport(row.id, row.user_id) if session.exec(claim).rowcount == 1 else None


@service("system", "data_export.write")
def write_export(session: Session, subject: Subject, user_id: int, tell: Callable[[int], None]) -> str:
    """Write the archive; its file name. `tell` hears the percentage done, table by table."""
    folder().mkdir(parents=True, exist_ok=True, mode=0o700)
    name = f"{secrets.token_hex(16)}.zip"
    half = folder() / f"{name}.part"
    parts = list(_parts(user_id))
    with half.open("wb") as file, DataArchive(file) as archive:
        for number, (table, condition) in enumerate(parts):
            tell(100 * number // len(parts))
            columns = shown_columns(table)
            query = select_core(*columns).where(condition)
            archive.add_table(table.name, [c.name for c in columns], lambda query=query: _rows(session, query))  # type: ignore[misc]
        archive.add_text("left-out.txt", "".join(f"{key}: {why}\r\n" for key, why in NOT_EXPORTED.items()))
    half.replace(folder() / name)
    return name


@service("system", "data_export.progress")
def export_percent(session: Session, subject: Subject, export_id: int, percent: int) -> None:
    """So far."""
    _set(session, subject, export_id, percent=percent)


@service("system", "data_export.finish")
def export_done(session: Session, subject: Subject, export_id: int, file_name: str) -> None:
    """It may be fetched; file_name "" says that it failed."""
    if not file_name:
        _set(session, subject, export_id, failed_at=subject.at)
        return
    size, until = (folder() / file_name).stat().st_size, subject.at + timedelta(days=get_settings().export_days)
    _set(
        session, subject, export_id, percent=100, file_name=file_name, size=size, ready_at=subject.at, expires_at=until
    )


@service("system", "data_export.remove_old")
def remove_old_exports(session: Session, subject: Subject) -> int:
    """Delete the files whose days are over, and files of nobody; how many."""
    live = (col(DataExport.expires_at) > subject.at, DataExport.file_name != "")
    names = set(session.exec(select(DataExport.file_name).where(*live)))
    old = [path for path in folder().glob("*.zip") if path.name not in names]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def folder() -> Path:
    """Where archives lie, outside the web root."""
    return get_settings().data_dir / "exports"


def _parts(user_id: int) -> Iterator[tuple[Table, ColumnElement[bool]]]:
    for name, table in personal_tables().items():
        if name not in NOT_EXPORTED:
            yield table, rows_of(table, user_id)
    for name in OF_CONTRACTS:
        yield SQLModel.metadata.tables[name], rows_of_contracts(name, user_id)
    letters, users = SQLModel.metadata.tables["outbox_letter"], SQLModel.metadata.tables["user_account"]
    yield letters, letters.c.to_email.in_(select_core(users.c.email).where(users.c.id == user_id))


def _rows(session: Session, query: Any) -> Iterator[Any]:
    return iter(session.execute(query.execution_options(yield_per=500)))


def _set(session: Session, subject: Subject, export_id: int, **values: object) -> None:
    session.exec(update(DataExport).where(col(DataExport.id) == export_id).values(**values))
    owner = session.exec(select(DataExport.user_id).where(DataExport.id == export_id)).first()
    if owner is not None:
        session.add(LiveEvent(user_id=owner, topic=TOPIC, created_at=subject.at))

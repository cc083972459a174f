"""Rows of imports for tests, and files worked off in the test's own process."""

from __future__ import annotations

import contextlib
from datetime import date

from sqlmodel import Session

from energo_cabinet.formats.files.content import Notice
from energo_cabinet.jobs.import_worker import work_once
from energo_cabinet.models import (
    ImportJob,
    ImportRefusal,
    ImportStatus,
    ImportToken,
    ImportWay,
    MeteringPoint,
    ProfileDayVersion,
    Supplier,
)
from energo_cabinet.services.imports.bytes import Incoming, KeptImport
from energo_cabinet.services.imports.file import FileReader
from tests import cast as make


def kept(data: bytes, name: str = "f.xml") -> KeptImport:
    """A file in the folder of imports."""
    with Incoming(name) as incoming:
        incoming.write(data)
        return incoming.finish()


def job(session: Session, of: Supplier, status: ImportStatus = ImportStatus.REFUSED, **fields) -> ImportJob:
    """An import of a supplier; a refused one with its reason."""
    known = {"key": f"{len(session.new) + id(fields):040x}"[-40:], "way": ImportWay.UPLOAD, "sender": "Соколова"}
    known |= {"name": "Квартира 42.xml", "size": 1, "sha256": "0" * 64, "created_at": make.NOW}
    known |= fields
    known["searched"] = f"{known['name']} {known['sender']}".casefold()
    row = ImportJob(supplier_id=of.id, status=status, **known)
    session.add(row)
    session.flush()
    notice = Notice("unknown_point", 7, {"point": "ЛС-061-01", "values": 48})
    if status == ImportStatus.REFUSED:
        session.add(ImportRefusal(job_id=row.id, line=7, code=notice.code, params=dict(notice.params)))
        session.flush()
    return row


def token(session: Session, of: Supplier, digest: str = "0" * 64) -> ImportToken:
    """A token of a supplier's machine."""
    row = ImportToken(supplier_id=of.id, name="Соколова", token_sha256=digest, ending="abcd", created_at=make.NOW)
    session.add(row)
    session.flush()
    return row


def version(session: Session, of: MeteringPoint) -> ProfileDayVersion:
    """An earlier version of a day of a point."""
    series = make.series(session, of, "R-")
    make.day(session, series, date(2026, 11, 1))
    row = ProfileDayVersion(series_id=series.id, day=20_758, step_min=30, n=48, total=1, vals=bytes(192), q=None)
    row.replaced_at, row.file_id = make.NOW, None
    session.add(row)
    session.flush()
    return row


def work_off(owner: str = "test") -> int:
    """Work off the queue; how many files."""
    with FileReader() as reader, contextlib.ExitStack():
        done = 0
        while work_once(reader, owner):
            done += 1
        return done

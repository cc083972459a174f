"""Imports by the command line: stored at once, and entered in the journal that staff read."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlmodel import Session

from energo_cabinet.auth.access import Subject, service
from energo_cabinet.formats.files.content import FileContent, Notice
from energo_cabinet.models import ImportJob, ImportStatus, ImportWay
from energo_cabinet.services.imports.file import ImportReport, store_contents
from energo_cabinet.services.imports.job import TOPIC
from energo_cabinet.services.imports.queue import note_refusals, note_report
from energo_cabinet.services.notice.staff_live import tell_staff
from energo_cabinet.services.supplier.supplier import supplier_of


@dataclass(frozen=True, slots=True)
class FileStamp:
    """What the journal says of a file that stays where it is."""

    name: str
    size: int
    sha256: str


def stamp_of(path: Path) -> FileStamp:
    """Name, size in bytes and digest of a file."""
    with path.open("rb") as file:
        return FileStamp(path.name[:255], path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest())


@service("system", "import.by_command")
def import_by_command(
    session: Session,
    subject: Subject,
    supplier_code: str,
    stamp: FileStamp,
    contents: Sequence[FileContent],
    create_points: bool = False,
    point_zone: str = "",
) -> ImportReport:
    """`store_contents` with its line in the journal, in one transaction; the same refusals."""
    report = store_contents(session, subject, supplier_code, contents, create_points, point_zone)
    job = _entry(session, subject, supplier_code, stamp, ImportStatus.DONE)
    note_report(session, job, report)
    return report


@service("system", "import.refuse_by_command")
def refuse_by_command(
    session: Session, subject: Subject, supplier_code: str, stamp: FileStamp, notices: Sequence[Notice]
) -> None:
    """A line in the journal about a file of which nothing was stored."""
    job = _entry(session, subject, supplier_code, stamp, ImportStatus.REFUSED)
    job.refused = len(notices)
    note_refusals(session, job, notices)


def _entry(session: Session, subject: Subject, supplier_code: str, stamp: FileStamp, status: ImportStatus) -> ImportJob:
    supplier = supplier_of(session, supplier_code)
    job = ImportJob(
        key=secrets.token_hex(20),
        supplier_id=supplier.id,
        way=ImportWay.COMMAND,
        name=stamp.name,
        size=stamp.size,
        sha256=stamp.sha256,
        searched=stamp.name.casefold(),
        status=status,
        created_at=subject.at,
        started_at=subject.at,
        finished_at=subject.at,
        file_gone_at=subject.at,
    )
    session.add(job)
    session.flush()
    tell_staff(session, subject, job.supplier_id, "imports", TOPIC)
    return job

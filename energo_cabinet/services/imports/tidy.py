"""Bytes of imports go some days after their job is over, at once where they are of no use; the journal stays."""

from __future__ import annotations

from datetime import timedelta

from sqlmodel import Session, col, or_, select

from energo_cabinet.auth.access import Subject, service
from energo_cabinet.models import ImportJob, ImportStatus
from energo_cabinet.services.imports.bytes import import_folder
from energo_cabinet.settings import get_settings

AT_ONCE = 1_000
UNFINISHED = timedelta(days=1)


@service("system", "import.tidy")
def tidy_imports(session: Session, subject: Subject) -> list[str]:
    """Keys of files that may be deleted: cancelled, or over for long."""
    old = col(ImportJob.finished_at) < subject.at - timedelta(days=get_settings().import_keep_days)
    over = or_(old, col(ImportJob.status) == ImportStatus.CANCELLED)
    query = select(ImportJob).where(
        over, col(ImportJob.finished_at).is_not(None), col(ImportJob.file_gone_at).is_(None)
    )
    jobs = session.exec(query.limit(AT_ONCE)).all()
    for job in jobs:
        job.file_gone_at = subject.at
        session.add(job)
    return [job.key for job in jobs]


@service("system", "import.find_orphans")
def import_keys_without_row(session: Session, subject: Subject) -> list[str]:
    """Keys of old files that no job needs: their upload was never finished, or they were to be deleted before."""
    old = import_folder().keys_before(subject.at - UNFINISHED)
    needed: set[str] = set()
    for start in range(0, len(old), 500):
        kept = select(ImportJob.key).where(
            col(ImportJob.key).in_(old[start : start + 500]), col(ImportJob.file_gone_at).is_(None)
        )
        needed |= set(session.exec(kept))
    return [key for key in old if key not in needed]

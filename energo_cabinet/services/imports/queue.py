"""The queue of imports from the side of the processes that work it off: claim, prolong, store, give back.

A job is claimed by one atomic update. Its values and its outcome are stored in one transaction which first makes sure
that the job is still the caller's: whoever dies before the commit leaves nothing, whoever dies after it left all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any

from sqlmodel import Session, col, func, insert, or_, select, update
from sqlmodel.sql.expression import SelectOfScalar

from energo_cabinet.auth.access import Subject, service
from energo_cabinet.errors import Conflict
from energo_cabinet.formats.files.content import FileContent, Notice
from energo_cabinet.formats.files.options import ReadOptions
from energo_cabinet.models import ImportJob, ImportRefusal, ImportStatus, Supplier
from energo_cabinet.services.imports.file import ImportReport, store_files
from energo_cabinet.services.imports.job import TOPIC
from energo_cabinet.services.imports.match import Unknown
from energo_cabinet.services.imports.options import read_options
from energo_cabinet.services.notice.staff_live import tell_staff

LEASE = timedelta(seconds=20)
"""A job of a process that died is taken by another after this."""
MOST_ATTEMPTS = 30
PATIENT = 3
"""Faults of ours after which a job is given up."""
PAUSE = timedelta(seconds=5)


@dataclass(frozen=True, slots=True)
class ClaimedJob:
    """A file to be read."""

    id: int
    key: str
    name: str
    options: ReadOptions
    attempts: int


@service("system", "import.waiting")
def waiting_jobs(session: Session, subject: Subject) -> int:
    """How many jobs could be claimed now."""
    return session.exec(_claimable(subject).with_only_columns(func.count())).one()  # type: ignore[call-overload,no-any-return]


@service("system", "import.claim")
def claim_job(session: Session, subject: Subject, owner: str) -> ClaimedJob | None:
    """Take the oldest job that waits, or whose process has died, for LEASE; None when there is none."""
    for found in session.exec(_claimable(subject).order_by(col(ImportJob.id)).limit(8)).all():
        mine = update(ImportJob).where(col(ImportJob.id) == found.id, *_free(subject))
        values = {"status": ImportStatus.RUNNING, "owner": owner, "leased_until": subject.at + LEASE}
        attempts = found.attempts + 1
        values |= {"attempts": attempts, "started_at": subject.at}
        if session.exec(mine.values(**values)).rowcount == 1:
            supplier = session.get_one(Supplier, found.supplier_id)
            tell_staff(session, subject, found.supplier_id, "imports", TOPIC)
            options = read_options(found.options, supplier.zone_name)
            return ClaimedJob(found.id, found.key, found.name, options, attempts)
    return None


@service("system", "import.progress")
def job_progress(session: Session, subject: Subject, key: str, owner: str, done: int, total: int) -> bool:
    """Prolong the lease and show how far it is; False when the job is to be stopped or is not the caller's any more."""
    job = session.exec(select(ImportJob).where(ImportJob.key == key)).one()
    if job.owner != owner or job.status != ImportStatus.RUNNING or job.is_cancel_asked:
        return False
    has_moved = (job.progress_done, job.progress_total) != (done, total)
    mine = update(ImportJob).where(col(ImportJob.id) == job.id, col(ImportJob.owner) == owner)
    values = {"leased_until": subject.at + LEASE, "progress_done": done, "progress_total": total}
    session.exec(mine.where(col(ImportJob.status) == ImportStatus.RUNNING).values(**values))
    if has_moved:
        tell_staff(session, subject, job.supplier_id, "imports", TOPIC)
    return True


@service("system", "import.store")
def store_job(session: Session, subject: Subject, key: str, owner: str, contents: Sequence[FileContent]) -> None:
    """Store what the file says and the job's outcome, together; Conflict when the job is not the caller's any more."""
    job = _mine(session, key, owner)
    if job.is_cancel_asked:
        _finish(session, subject, job, ImportStatus.CANCELLED)
        return
    supplier = session.get_one(Supplier, job.supplier_id)
    unknown = Unknown.CREATE if job.options.get("create") else Unknown.REFUSE_ROWS
    report = store_files(session, subject, supplier, contents, unknown, job_id=job.id)
    note_report(session, job, report)
    taken = job.stored + job.replaced + job.unchanged
    status = ImportStatus.DONE if not job.refused else ImportStatus.PARTIAL if taken else ImportStatus.REFUSED
    _finish(session, subject, job, status)


@service("system", "import.refuse")
def refuse_job(session: Session, subject: Subject, key: str, owner: str, notices: Sequence[Notice]) -> None:
    """The file cannot be taken; nothing of it is stored."""
    job = _mine(session, key, owner)
    job.refused = len(notices)
    note_refusals(session, job, notices)
    _finish(session, subject, job, ImportStatus.CANCELLED if job.is_cancel_asked else ImportStatus.REFUSED)


@service("system", "import.stop")
def stop_job(session: Session, subject: Subject, key: str, owner: str) -> None:
    """It was asked to stop, and has."""
    _finish(session, subject, _mine(session, key, owner), ImportStatus.CANCELLED)


@service("system", "import.fail")
def fail_job(session: Session, subject: Subject, key: str, owner: str) -> None:
    """A fault of ours: once more after a pause, and given up after PATIENT of them."""
    job = _mine(session, key, owner)
    if job.attempts < PATIENT:
        job.status, job.owner, job.leased_until = ImportStatus.WAITING, "", subject.at + PAUSE
        session.add(job)
        return
    note_refusals(session, job, [Notice("job_fault")])
    _finish(session, subject, job, ImportStatus.FAILED)


@service("system", "import.release")
def release_jobs(session: Session, subject: Subject, owner: str) -> int:
    """A process has ended: what it held waits again, what was crashed into too often is given up. How many."""
    held = select(ImportJob).where(ImportJob.owner == owner, col(ImportJob.status) == ImportStatus.RUNNING)
    jobs = session.exec(held.with_for_update()).all()
    for job in jobs:
        if job.attempts >= MOST_ATTEMPTS:
            note_refusals(session, job, [Notice("job_fault")])
            _finish(session, subject, job, ImportStatus.FAILED)
        else:
            job.status, job.owner, job.leased_until = ImportStatus.WAITING, "", None
            session.add(job)
    return len(jobs)


def _claimable(subject: Subject) -> SelectOfScalar[ImportJob]:
    return select(ImportJob).where(*_free(subject))


def _free(subject: Subject) -> tuple[Any, ...]:
    open_ = col(ImportJob.status).in_((ImportStatus.WAITING, ImportStatus.RUNNING))
    return open_, or_(col(ImportJob.leased_until).is_(None), col(ImportJob.leased_until) < subject.at)


def _mine(session: Session, key: str, owner: str) -> ImportJob:
    """The job, locked; on SQLite the update takes the lock that reading would not."""
    mine = (col(ImportJob.key) == key, col(ImportJob.owner) == owner, col(ImportJob.status) == ImportStatus.RUNNING)
    if not session.exec(update(ImportJob).where(*mine).values(owner=owner)).rowcount:
        raise Conflict("import_over")
    return session.exec(select(ImportJob).where(*mine).execution_options(populate_existing=True)).one()


def note_report(session: Session, job: ImportJob, report: ImportReport) -> None:
    """Write what a file brought into its line of the journal."""
    job.kind, job.points, job.refused = report.format[:40], report.points, report.refused_rows
    job.stored, job.replaced, job.unchanged = report.change.stored, report.change.replaced, report.change.unchanged
    job.warnings = [asdict(notice) for notice in report.warnings[:50]]
    note_refusals(session, job, report.refused)


def note_refusals(session: Session, job: ImportJob, notices: Sequence[Notice]) -> None:
    """Write the rows that were not taken below it."""
    rows = [
        {"job_id": job.id, "member": n.member, "line": n.line, "code": n.code, "params": dict(n.params)}
        for n in notices
    ]
    if rows:
        session.connection().execute(insert(ImportRefusal), rows)


def _finish(session: Session, subject: Subject, job: ImportJob, status: ImportStatus) -> None:
    job.status, job.finished_at, job.owner, job.leased_until = status, subject.at, "", None
    session.add(job)
    session.flush()
    tell_staff(session, subject, job.supplier_id, "imports", TOPIC)

"""Imports from the side of the staff: send a file, stop it, send it again. A supplier's own only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlmodel import Session, col, func, select, update

from energo_cabinet.auth import rate
from energo_cabinet.auth.access import Subject, service
from energo_cabinet.auth.audit import audit_note
from energo_cabinet.auth.supplier_access import of_supplier, own_supplier
from energo_cabinet.errors import CabinetError, Conflict, NotFound
from energo_cabinet.models import ImportJob, ImportStatus, ImportWay
from energo_cabinet.services.imports.bytes import KeptImport, import_folder
from energo_cabinet.services.notice.staff_live import tell_staff
from energo_cabinet.settings import get_settings

TOPIC = "imports"
"""Of the live events that say: an import of the supplier has moved."""

MOST_WAITING = 1_000
OVER = (ImportStatus.DONE, ImportStatus.PARTIAL, ImportStatus.REFUSED, ImportStatus.CANCELLED, ImportStatus.FAILED)


@service("staff:imports", "import.allow", audited=False)
def allow_import(session: Session, subject: Subject) -> None:
    """Count an upload before it is read; TooManyAttempts, or import_queue_full."""
    rate.take(get_settings().limit_import_member, "import", str(subject.user))
    check_queue(session, own_supplier(session, subject).id)


@service("staff:imports", "import.add")
def add_import(session: Session, subject: Subject, kept: KeptImport, options: Mapping[str, Any]) -> int:
    """Queue an uploaded file; the id of its job."""
    supplier = own_supplier(session, subject)
    job = queue_job(
        session,
        subject,
        supplier.id,
        ImportWay.UPLOAD,
        kept,
        options,
        sender=subject.member.name,
        member_id=subject.member.member_id,
    )
    audit_note(session, job_id=job.id, file=kept.name, sha256=kept.sha256)
    return job.id


@service("staff:imports", "import.cancel")
def cancel_import(session: Session, subject: Subject, job_id: int) -> None:
    """Stop an import: at once while it waits, at the next look while its file is read. Conflict when it is over."""
    job = visible_import(session, subject, job_id)
    waiting = update(ImportJob).where(col(ImportJob.id) == job.id, col(ImportJob.status) == ImportStatus.WAITING)
    stopped = session.exec(waiting.values(status=ImportStatus.CANCELLED, finished_at=subject.at))
    if not stopped.rowcount:
        running = update(ImportJob).where(col(ImportJob.id) == job.id, col(ImportJob.status) == ImportStatus.RUNNING)
        if not session.exec(running.values(is_cancel_asked=True)).rowcount:
            raise Conflict("import_over")
    tell_staff(session, subject, job.supplier_id, "imports", TOPIC)


@service("staff:imports", "import.repeat")
def repeat_import(session: Session, subject: Subject, job_id: int) -> int:
    """Queue a file once more, say after its points were entered; Conflict while it runs or when its bytes are gone."""
    job = visible_import(session, subject, job_id)
    if job.status not in OVER:
        raise Conflict("import_running")
    folder, key = import_folder(), import_folder().new_key()
    if job.file_gone_at is not None or not folder.path(job.key).is_file():
        raise Conflict("import_file_gone")
    folder.path(key).hardlink_to(folder.path(job.key))
    kept = KeptImport(key, job.name, job.size, job.sha256)
    again = queue_job(
        session,
        subject,
        job.supplier_id,
        ImportWay.UPLOAD,
        kept,
        job.options,
        sender=subject.member.name,
        member_id=subject.member.member_id,
    )
    return again.id


def visible_import(session: Session, subject: Subject, job_id: int) -> ImportJob:
    """A job of the member's supplier, or NotFound."""
    mine = of_supplier(subject, ImportJob.supplier_id)
    job = session.exec(select(ImportJob).where(ImportJob.id == job_id, mine)).first()
    if job is None:
        raise NotFound
    return job


def queue_job(
    session: Session,
    subject: Subject,
    supplier_id: int,
    way: ImportWay,
    kept: KeptImport,
    options: Mapping[str, Any],
    sender: str = "",
    member_id: int | None = None,
    token_id: int | None = None,
) -> ImportJob:
    """A waiting job, in the caller's transaction."""
    job = ImportJob(
        key=kept.key,
        supplier_id=supplier_id,
        way=way,
        member_id=member_id,
        token_id=token_id,
        sender=sender[:200],
        name=kept.name,
        size=kept.size,
        sha256=kept.sha256,
        searched=f"{kept.name} {sender[:200]}".casefold(),
        options=dict(options),
        created_at=subject.at,
    )
    session.add(job)
    session.flush()
    tell_staff(session, subject, supplier_id, "imports", TOPIC)
    return job


def check_queue(session: Session, supplier_id: int) -> None:
    """CabinetError "import_queue_full" when a supplier has MOST_WAITING files waiting."""
    waiting = select(func.count()).where(
        ImportJob.supplier_id == supplier_id, col(ImportJob.status) == ImportStatus.WAITING
    )
    if session.exec(waiting).one() >= MOST_WAITING:
        raise CabinetError("import_queue_full", "file")

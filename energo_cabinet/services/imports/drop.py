"""Files that machines send over HTTP with a token, and what became of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from energo_cabinet.auth.access import Subject, service
from energo_cabinet.errors import NotFound
from energo_cabinet.models import ImportJob, ImportRefusal, ImportWay
from energo_cabinet.services.imports.bytes import KeptImport
from energo_cabinet.services.imports.job import check_queue, queue_job
from energo_cabinet.services.imports.token import sender_of

MOST_TOLD = 100


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """Why a row was not taken: text `import.<code>` with params."""

    member: str
    line: int
    code: str
    params: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class DropOutcome:
    """A file that a machine sent; `refusals`: the first of `refused`."""

    id: int
    name: str
    sha256: str
    status: str
    created_at: datetime
    finished_at: datetime | None
    kind: str
    stored: int
    replaced: int
    unchanged: int
    refused: int
    refusals: tuple[RefusedRow, ...]


@service("public", "import.allow_drop")
def allow_drop(session: Session, subject: Subject, token: str) -> None:
    """Whether the token may send a file now, before it is read; NotSignedIn, TooManyAttempts, import_queue_full."""
    check_queue(session, sender_of(session, subject, token).supplier_id)


@service("public", "import.drop")
def add_drop(session: Session, subject: Subject, token: str, kept: KeptImport, options: Mapping[str, Any]) -> int:
    """Queue a file; the id of its job. NotSignedIn when the token has been revoked meanwhile."""
    sender = sender_of(session, subject, token)
    who = {"sender": sender.name, "token_id": sender.token_id}
    job = queue_job(session, subject, sender.supplier_id, ImportWay.DROP, kept, options, **who)  # type: ignore[arg-type]
    return job.id


@service("public", "import.drop_outcome")
def drop_outcome(session: Session, subject: Subject, token: str, job_id: int) -> DropOutcome:
    """What became of a file of this very token; NotFound for any other."""
    sender = sender_of(session, subject, token)
    job = session.exec(select(ImportJob).where(ImportJob.id == job_id, ImportJob.token_id == sender.token_id)).first()
    if job is None:
        raise NotFound
    query = select(ImportRefusal).where(ImportRefusal.job_id == job.id).order_by(col(ImportRefusal.id))
    rows = session.exec(query.limit(MOST_TOLD)).all()
    return DropOutcome(
        id=job.id,
        name=job.name,
        sha256=job.sha256,
        status=job.status.value,
        created_at=job.created_at,
        finished_at=job.finished_at,
        kind=job.kind,
        stored=job.stored,
        replaced=job.replaced,
        unchanged=job.unchanged,
        refused=job.refused,
        refusals=tuple(RefusedRow(row.member, row.line, row.code, row.params) for row in rows),
    )

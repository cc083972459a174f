"""The journal of imports: who sent what, when, how, and what became of it; newest first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, func, select

from energo_cabinet.auth.access import Subject, service
from energo_cabinet.auth.supplier_access import of_supplier, own_supplier
from energo_cabinet.domain.typed import is_id
from energo_cabinet.models import ImportFile, ImportJob, ImportRefusal, ImportStatus, ImportWay, ProfileDayVersion
from energo_cabinet.services.imports.drop import RefusedRow
from energo_cabinet.services.imports.job import visible_import

PAGE, LONGEST_PAGE = 25, 200
ROWS = 100
MOST_ROWS = 5_000


@dataclass(frozen=True, slots=True)
class ImportCard:
    """An import in the journal; moments are local to the supplier. `first`: why, of a file refused in whole."""

    id: int
    name: str
    way: ImportWay
    sender: str
    status: ImportStatus
    is_stopping: bool
    created_at: datetime
    finished_at: datetime | None
    size: int
    sha256: str
    kind: str
    progress: float | None
    points: int
    stored: int
    replaced: int
    unchanged: int
    refused: int
    first: RefusedRow | None = None


@dataclass(frozen=True, slots=True)
class ImportPage:
    """A page of the journal; `next` goes on after it as `before`."""

    items: tuple[ImportCard, ...]
    next: int | None
    open: int


@dataclass(frozen=True, slots=True)
class ImportDetail:
    """One import with its warnings; `has_file`: it may be sent again. `replaced_days`: earlier versions on record."""

    card: ImportCard
    warnings: tuple[RefusedRow, ...]
    options: Mapping[str, Any]
    replaced_days: int
    has_file: bool


@dataclass(frozen=True, slots=True)
class RefusalPage:
    """Refused rows in the order of the file; `next` goes on after them as `after`."""

    items: tuple[RefusedRow, ...]
    next: int | None


@service("staff:imports", "import.list")
def list_imports(
    session: Session,
    subject: Subject,
    way: str = "",
    status: str = "",
    words: str = "",
    since: date | None = None,
    before: int | None = None,
    limit: int = PAGE,
) -> ImportPage:
    """A page of the supplier's journal; an unknown `way` or `status` means any, `words`: of a name, sender or sum."""
    size = min(max(limit, 1), LONGEST_PAGE)
    zone = ZoneInfo(own_supplier(session, subject).zone_name)
    query = select(ImportJob).where(of_supplier(subject, ImportJob.supplier_id))
    query = query.where(*_filters(way, status, words, since, zone))
    if is_id(before):
        query = query.where(col(ImportJob.id) < before)
    found = session.exec(query.order_by(col(ImportJob.id).desc()).limit(size + 1)).all()
    firsts = _firsts(session, [job.id for job in found if job.status == ImportStatus.REFUSED])
    cards = tuple(_card(job, zone, firsts.get(job.id)) for job in found[:size])
    return ImportPage(cards, cards[-1].id if len(found) > size else None, _open(session, subject))


@service("staff:imports", "import.open")
def import_detail(session: Session, subject: Subject, job_id: int) -> ImportDetail:
    """One import."""
    job = visible_import(session, subject, job_id)
    files = select(ImportFile.id).where(ImportFile.job_id == job.id)
    replaced = select(func.count()).where(col(ProfileDayVersion.replaced_by_file_id).in_(files))
    warnings = tuple(RefusedRow(w["member"], w["line"], w["code"], w["params"]) for w in job.warnings)
    zone = ZoneInfo(own_supplier(session, subject, job.supplier_id).zone_name)
    return ImportDetail(
        _card(job, zone, None), warnings, job.options, session.exec(replaced).one(), job.file_gone_at is None
    )


@service("staff:imports", "import.refusals", audited=False)
def import_refusals(session: Session, subject: Subject, job_id: int, after: int = 0, limit: int = ROWS) -> RefusalPage:
    """Refused rows of an import: no data of persons, numbers of points and meters only."""
    job = visible_import(session, subject, job_id)
    size = min(max(limit, 1), MOST_ROWS)
    query = select(ImportRefusal).where(ImportRefusal.job_id == job.id, col(ImportRefusal.id) > after)
    rows = session.exec(query.order_by(col(ImportRefusal.id)).limit(size + 1)).all()
    return RefusalPage(tuple(_refused(row) for row in rows[:size]), rows[size - 1].id if len(rows) > size else None)


def _filters(way: str, status: str, words: str, since: date | None, zone: ZoneInfo) -> list[Any]:
    found: list[Any] = []
    if way in set(ImportWay):
        found.append(col(ImportJob.way) == ImportWay(way))
    if status in set(ImportStatus):
        found.append(col(ImportJob.status) == ImportStatus(status))
    if since is not None:
        found.append(col(ImportJob.created_at) >= datetime(since.year, since.month, since.day, tzinfo=zone))
    for word in words.casefold().split()[:5]:
        same_sum = col(ImportJob.sha256) == word
        found.append(col(ImportJob.searched).contains(word, autoescape=True) | same_sum)
    return found


def _open(session: Session, subject: Subject) -> int:
    """How many files of the supplier wait or run."""
    open_ = col(ImportJob.status).in_((ImportStatus.WAITING, ImportStatus.RUNNING))
    return session.exec(select(func.count()).where(of_supplier(subject, ImportJob.supplier_id), open_)).one()


def _firsts(session: Session, job_ids: Sequence[int]) -> dict[int, RefusedRow]:
    """Job id → its first refused row."""
    lowest = select(func.min(ImportRefusal.id)).where(col(ImportRefusal.job_id).in_(job_ids))
    rows = session.exec(
        select(ImportRefusal).where(col(ImportRefusal.id).in_(lowest.group_by(col(ImportRefusal.job_id))))
    )
    return {row.job_id: _refused(row) for row in rows} if job_ids else {}


def _card(job: ImportJob, zone: ZoneInfo, first: RefusedRow | None) -> ImportCard:
    is_known = job.status == ImportStatus.RUNNING and job.progress_total > 1
    return ImportCard(
        id=job.id,
        name=job.name,
        way=job.way,
        sender=job.sender,
        status=job.status,
        is_stopping=job.is_cancel_asked and job.status == ImportStatus.RUNNING,
        created_at=job.created_at.astimezone(zone),
        finished_at=job.finished_at.astimezone(zone) if job.finished_at else None,
        size=job.size,
        sha256=job.sha256,
        kind=job.kind,
        progress=job.progress_done / job.progress_total if is_known else None,
        points=job.points,
        stored=job.stored,
        replaced=job.replaced,
        unchanged=job.unchanged,
        refused=job.refused,
        first=first,
    )


def _refused(row: ImportRefusal) -> RefusedRow:
    return RefusedRow(row.member, row.line, row.code, row.params)

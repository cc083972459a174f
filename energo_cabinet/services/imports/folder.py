"""The watched folder: `<import_folder>/<supplier's code>/`. A file that has stopped growing is taken.

It is moved to `processing/` under its job's key first, so that a crash at any point leaves it in exactly one place;
when its job is over it lies in `processed/`, or in `refused/` beside a .txt that says why.
"""

from __future__ import annotations

import logging
import re
import secrets
import stat
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from sqlmodel import Session, col, select

from energo_cabinet.auth.access import Subject, service
from energo_cabinet.errors import CabinetError
from energo_cabinet.models import ImportJob, ImportRefusal, ImportStatus, ImportWay, Supplier
from energo_cabinet.services.imports.bytes import import_folder, keep_copy
from energo_cabinet.services.imports.job import OVER, check_queue, queue_job
from energo_cabinet.services.imports.words import error_words, refusal_words
from energo_cabinet.settings import get_settings

PROCESSING, PROCESSED, REFUSED = "processing", "processed", "refused"
_UNFINISHED = (".part", ".tmp", ".crdownload", ".partial")
_TAKEN = re.compile(r"([0-9a-f]{40})__(.+)", re.DOTALL)

log = logging.getLogger(__name__)

_seen: dict[Path, tuple[int, int]] = {}
"""File → size and time of change at the last look."""


@service("system", "import.look_into_folder")
def look_into_folder(session: Session, subject: Subject) -> int:
    """Queue the files that have not changed since the last look; how many."""
    root = get_settings().import_folder
    if root is None:
        return 0
    taken = 0
    for supplier in session.exec(select(Supplier).where(col(Supplier.is_active).is_(True))).all():
        folder = root / supplier.code
        if Path(supplier.code).name == supplier.code and folder.is_dir():
            for path in _at_rest(folder):
                (folder / PROCESSING).mkdir(exist_ok=True)
                path.rename(folder / PROCESSING / f"{secrets.token_hex(20)}__{path.name}")
            taken += _queue(session, subject, supplier, folder)
    return taken


@service("system", "import.answer_folders")
def answer_folders(session: Session, subject: Subject) -> int:
    """Move the files of finished jobs to where their senders look; how many."""
    root = get_settings().import_folder
    if root is None:
        return 0
    query = select(ImportJob, Supplier.code).join(Supplier, col(Supplier.id) == ImportJob.supplier_id)
    over = (col(ImportJob.settled_at).is_(None), col(ImportJob.status).in_(OVER))
    rows = session.exec(query.where(ImportJob.way == ImportWay.FOLDER, *over).limit(500)).all()
    for job, code in rows:
        _answer(session, job, root / code)
        job.settled_at = subject.at
        session.add(job)
    return len(rows)


def _at_rest(folder: Path) -> Iterator[Path]:
    """Plain files whose size and time are those of the last look."""
    for path in sorted(folder.iterdir()):
        if path.name.startswith(".") or path.name.endswith(_UNFINISHED):
            continue
        found = path.lstat()
        if not stat.S_ISREG(found.st_mode):
            continue
        now = (found.st_size, found.st_mtime_ns)
        if _seen.get(path) == now:
            del _seen[path]
            yield path
        else:
            _seen[path] = now


def _queue(session: Session, subject: Subject, supplier: Supplier, folder: Path) -> int:
    """A job for every file in `processing` that has none."""
    waiting = {m[1]: (path, m[2]) for path in (folder / PROCESSING).glob("*") if (m := _TAKEN.fullmatch(path.name))}
    known = set(session.exec(select(ImportJob.key).where(col(ImportJob.key).in_(waiting))))
    for key in waiting.keys() - known:
        path, name = waiting[key]
        try:
            check_queue(session, supplier.id)
            kept = keep_copy(path, name)
        except CabinetError as error:
            if error.code != "import_queue_full":
                _put(path, folder / REFUSED, name, error_words(error, "ru"))
            continue
        import_folder().path(key).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        import_folder().path(kept.key).rename(import_folder().path(key))
        options = {"create": ""}
        queue_job(session, subject, supplier.id, ImportWay.FOLDER, replace(kept, key=key), options, folder.name)
    return len(waiting.keys() - known)


def _answer(session: Session, job: ImportJob, folder: Path) -> None:
    for path in (folder / PROCESSING).glob(f"{job.key}__*"):
        name = path.name.partition("__")[2]
        words = ""
        if job.refused or job.status == ImportStatus.FAILED:
            rows = select(ImportRefusal).where(ImportRefusal.job_id == job.id).order_by(col(ImportRefusal.id))
            words = "\n".join(refusal_words(row, "ru") for row in session.exec(rows))
        is_taken = job.status in (ImportStatus.DONE, ImportStatus.PARTIAL)
        _put(path, folder / (PROCESSED if is_taken else REFUSED), name, words)


def _put(path: Path, target: Path, name: str, words: str) -> None:
    """Move a file beside others of its name; `words` go into a .txt."""
    target.mkdir(exist_ok=True)
    free, number = target / name, 1
    while free.exists():
        number += 1
        free = target / f"{Path(name).stem} ({number}){Path(name).suffix}"
    if words:
        free.with_name(free.name + ".txt").write_text(words + "\n", "utf-8")
    path.rename(free)


def forget_looks() -> None:
    """Begin anew, as after a restart."""
    _seen.clear()

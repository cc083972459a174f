"""A process that reads and stores files of imports, so that the cabinet's own processes go on answering.

Started by `jobs.imports` with a name of its own; a line on standard input says that there is work, its end that the
parent has gone: then it ends at once, whatever it is doing. A job that is lost that way waits again.
"""

from __future__ import annotations

import logging
import os
import sys
import threading
import time
from contextlib import suppress

from energo_cabinet import door
from energo_cabinet.errors import CabinetError, Conflict, ImportRefused
from energo_cabinet.services.imports.bytes import import_folder
from energo_cabinet.services.imports.file import FileReader
from energo_cabinet.services.imports.queue import (
    ClaimedJob,
    claim_job,
    fail_job,
    job_progress,
    refuse_job,
    stop_job,
    store_job,
)

IDLE_S = 60.0
LOOK_S = 1.0

log = logging.getLogger(__name__)


class Stopped(Exception):
    """The job was cancelled, or is somebody else's by now."""


def main() -> None:
    """Work until nothing comes for IDLE_S."""
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr)
    work = threading.Event()
    threading.Thread(target=_listen, args=(work,), daemon=True).start()
    with FileReader() as reader:
        while True:
            work.clear()
            while work_once(reader, sys.argv[1]):
                pass
            if not work.wait(IDLE_S):
                return


def work_once(reader: FileReader, owner: str) -> bool:
    """Claim a job and work it off; False when there is none."""
    try:
        job = door.run_as_system(claim_job, owner)
    except Exception:
        log.exception("no import could be claimed")
        return False
    if job is None:
        return False
    _say(f"claimed {job.id}")
    try:
        _work(reader, job, owner)
    except (Conflict, Stopped):
        with suppress(Conflict):
            door.run_as_system(stop_job, job.key, owner)
    except Exception:
        log.exception("import %s failed", job.id)
        with suppress(Conflict):
            door.run_as_system(fail_job, job.key, owner)
    _say(f"done {job.id}")
    return True


def _work(reader: FileReader, job: ClaimedJob, owner: str) -> None:
    look = _Look(job.key, owner)
    try:
        contents = reader.read(import_folder().path(job.key), job.options, look.progress, look)
        contents = [content.named(job.key, job.name) for content in contents]
        look.now()
        _say(f"read {job.id}")
        door.run_as_system(store_job, job.key, owner, contents)
    except ImportRefused as error:
        door.run_as_system(refuse_job, job.key, owner, error.notices)


class _Look:
    """Prolongs the lease and shows the progress, once in LOOK_S; raises Stopped when the job is to end."""

    def __init__(self, key: str, owner: str) -> None:
        self._key, self._owner, self._done, self._total = key, owner, 0, 0
        self._last = time.monotonic()

    def __call__(self) -> None:
        if time.monotonic() - self._last >= LOOK_S:
            self.now()

    def progress(self, done: int, total: int) -> None:
        """So many bytes of an archive are read."""
        self._done, self._total = done, total
        self()

    def now(self) -> None:
        """Look whether to go on."""
        self._last = time.monotonic()
        try:
            goes_on = door.run_as_system(job_progress, self._key, self._owner, self._done, self._total)
        except CabinetError:
            raise
        except Exception:  # the database is busy; the next look tells
            log.warning("the progress of an import could not be shown", exc_info=True)
            return
        if not goes_on:
            raise Stopped


def _listen(work: threading.Event) -> None:
    while os.read(0, 4096):
        work.set()
    os._exit(0)


def _say(words: str) -> None:
    """For whoever started it; nobody has to listen."""
    with suppress(OSError):
        sys.stdout.write(words + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()

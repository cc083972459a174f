"""The processes that work off the queue of imports: started when files wait, by whoever holds the job's lease."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import secrets
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from energo_cabinet import door
from energo_cabinet.services.imports.bytes import drop_import
from energo_cabinet.services.imports.folder import answer_folders, look_into_folder
from energo_cabinet.services.imports.queue import release_jobs, waiting_jobs
from energo_cabinet.services.imports.tidy import import_keys_without_row, tidy_imports
from energo_cabinet.settings import get_settings

ROOT = Path(__file__).parents[2]
COMMAND = (sys.executable, "-m", "energo_cabinet.jobs.import_worker")
MOST_BY_ITSELF = 4
NICE = 10
"""People go first; less than that, and a worker that holds SQLite's write lock would keep them waiting for it."""

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Worker:
    """A running process and the name it claims jobs under."""

    process: subprocess.Popen[bytes]
    owner: str


class WorkerPool:
    """At most `most_workers()` processes; they end by themselves when nothing comes, and with this process."""

    def __init__(self) -> None:
        self._workers: list[Worker] = []

    def look(self) -> int:
        """Give back what dead workers held, wake or start workers for what waits; how many files wait."""
        for worker in [one for one in self._workers if one.process.poll() is not None]:
            self._workers.remove(worker)
            self._bury(worker)
        waiting = door.run_as_system(waiting_jobs)
        if waiting:
            for worker in self._workers:
                self._wake(worker)
            missing = min(waiting, most_workers()) - len(self._workers)
            self._workers += [start_worker() for _ in range(missing)]
        return waiting

    def close(self) -> None:
        """End them all; what they held waits again."""
        for worker in self._workers:
            worker.process.kill()
            worker.process.wait()
            self._bury(worker)
        self._workers.clear()

    def _wake(self, worker: Worker) -> None:
        with contextlib.suppress(OSError):
            assert worker.process.stdin is not None
            worker.process.stdin.write(b"\n")
            worker.process.stdin.flush()

    def _bury(self, worker: Worker) -> None:
        if worker.process.stdin:
            with contextlib.suppress(OSError):
                worker.process.stdin.close()
        if worker.process.returncode:
            log.warning("a worker of imports ended with %s", worker.process.returncode)
        door.run_as_system(release_jobs, worker.owner)


def most_workers() -> int:
    """As the settings say; by themselves one fewer than processors, so that people do not share all of them."""
    return get_settings().import_workers or max(1, min(len(os.sched_getaffinity(0)) - 1, MOST_BY_ITSELF))


def start_worker(stdout: int = subprocess.DEVNULL) -> Worker:
    """A process that waits for work on its standard input."""
    owner = secrets.token_hex(8)
    environment = os.environ | {"PYTHONPATH": str(ROOT), "OPENBLAS_NUM_THREADS": "1"}
    process = subprocess.Popen((*COMMAND, owner), stdin=subprocess.PIPE, stdout=stdout, env=environment)  # noqa: S603
    with contextlib.suppress(OSError):  # from its first moment: what it loads takes longer than a file
        os.setpriority(os.PRIO_PROCESS, process.pid, NICE)
    return Worker(process, owner)


_pool = WorkerPool()


async def process_imports() -> int:
    """Have the files that wait worked off; how many there are."""
    return await asyncio.to_thread(_pool.look)


async def watch_folders() -> None:
    """Take what lies in the watched folder, and put back what has its answer."""
    if get_settings().import_folder is not None:
        await asyncio.to_thread(door.run_as_system, answer_folders)
        await asyncio.to_thread(door.run_as_system, look_into_folder)


async def tidy_import_files() -> None:
    """Files that are over for long, and those nobody knows, are deleted."""
    for key in await asyncio.to_thread(door.run_as_system, tidy_imports):
        drop_import(key)
    for key in await asyncio.to_thread(door.run_as_system, import_keys_without_row):
        drop_import(key)

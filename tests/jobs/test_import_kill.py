"""A worker of imports killed twenty times in the middle: no file is lost, none is stored twice (issue 5.4)."""

from __future__ import annotations

import random
import subprocess
import time
from datetime import date, timedelta

import pytest
from sqlmodel import Session, func, select

from energo_cabinet import door
from energo_cabinet.jobs.imports import start_worker
from energo_cabinet.models import ImportFile, ImportJob, ImportStatus, ProfileDay, ProfileDayVersion
from energo_cabinet.services.imports.job import queue_job
from energo_cabinet.services.imports.queue import release_jobs
from tests import cast as make
from tests.formats.maket_writer import large_maket
from tests.imports import ImportWay, kept

KILLS, FILES, VALUES = 20, 30, 3744


@pytest.fixture(scope="module")
def dialect() -> str:
    """A database that other processes open too, by its file."""
    return "sqlite"


@pytest.fixture
def queue(session, system, installation):
    """Thirty days of 28 points each, waiting."""
    of = make.supplier(session)
    for n in range(FILES):
        day = date(2024, 6, 1) + timedelta(days=n)
        data = large_maket(day.strftime("%Y%m%d"), n)
        queue_job(session, system, of.id, ImportWay.UPLOAD, kept(data, f"{day}.xml"), {"create": "1"})
    session.commit()


def killed(seed: int) -> None:
    """Start a worker, let it say a few words, kill it a moment later; its pool gives back what it held."""
    chance = random.Random(seed)
    worker = start_worker(subprocess.PIPE)
    for _ in range(chance.randint(0, 4)):
        worker.process.stdout.readline()
    time.sleep(chance.random() * 0.1)  # not a wait for anything: another moment to die at
    worker.process.kill()
    worker.process.communicate()
    door.run_as_system(release_jobs, worker.owner)


def worked_off(engine) -> None:
    worker = start_worker(subprocess.PIPE)
    waiting = select(func.count()).where(ImportJob.status.in_((ImportStatus.WAITING, ImportStatus.RUNNING)))
    while True:
        assert worker.process.stdout.readline(), "the worker ended early"
        with Session(engine) as session:
            if not session.exec(waiting).one():
                break
    worker.process.stdin.close()
    worker.process.wait(10)


@pytest.mark.timeout(900)  # twenty-one processes start
def test_twenty_kills_lose_nothing_and_double_nothing(engine, queue):
    for seed in range(KILLS):
        killed(seed)
    worked_off(engine)
    with Session(engine) as session:
        jobs = session.exec(select(ImportJob)).all()
        assert {(job.status, job.stored, job.replaced, job.unchanged) for job in jobs} == {("done", VALUES, 0, 0)}
        assert session.exec(select(func.sum(ProfileDay.n))).one() == FILES * VALUES
        assert session.exec(select(func.count()).select_from(ImportFile)).one() == FILES
        assert session.exec(select(ProfileDayVersion)).all() == []
        assert sum(job.attempts for job in jobs) > FILES, "no kill met a job"

"""The cabinet's own pages while twelve uploaded files are worked off at once, against the quiet around it."""

from __future__ import annotations

import asyncio
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles
from typing import Protocol

import httpx

from energo_cabinet.demo.places import PASSWORD
from energo_cabinet.demo.staff import ENGINEER
from energo_cabinet.state.frame.session import SessionState
from energo_cabinet.state.home.overview import OverviewState
from tests.bench.bench_event import Tab, signed_in
from tests.bench.row import Row
from tests.e2e.cabinet import command, environment, running_cabinet
from tests.formats.maket_writer import large_maket

FILES, EVENTS = 12, 120
MOST = 2.0
WIDE = {"ENERGO_SOCKET_RATE": "100000", "ENERGO_SOCKET_BURST": "100000"}


class Site(Protocol):
    """A running cabinet."""

    @property
    def url(self) -> str:
        """Its address."""


@dataclass(frozen=True)
class People:
    """A customer's Cookie header and home page, an engineer's address and password, the database's file."""

    cookie: str
    home: str
    engineer: str
    password: str
    database: Path


@dataclass(frozen=True)
class Measured:
    """Seconds of every load of the home page, and how long the files were in hand."""

    quiet: list[float]
    busy: list[float]
    seconds: float

    @property
    def ratio(self) -> float:
        """Of the 95th percentiles."""
        return _p95(self.busy) / _p95(self.quiet)

    def __str__(self) -> str:
        spent = f"{len(self.busy)} events, {FILES} files in hand for {self.seconds:.1f} s"
        return f"{_p95(self.busy) * 1000:.0f} ms against {_p95(self.quiet) * 1000:.0f} ms, {spent}"


def rows() -> Iterator[Row]:
    """The ratio of 95th percentiles, with the demo's data."""
    with tempfile.TemporaryDirectory() as folder:
        command(environment(Path(folder) / "build", 3000), "build")
        with running_cabinet(Path(folder) / "data", **WIDE) as cabinet:
            file, home = cabinet.data_dir / "cabinet.db", "/overview?contract=1"
            people = People(signed_in(cabinet), home, ENGINEER, PASSWORD, file)
            found = asyncio.run(measure(cabinet, people))
    name = f"home page while {FILES} uploaded files are worked off: 95th percentile"
    yield Row(name, found.ratio, most=MOST, figures=str(found))


async def measure(site: Site, people: People) -> Measured:
    """The home page again and again: before the files come, until the last is worked off, and afterwards."""
    tab = Tab()
    await tab.open(site, people.cookie)
    await tab.send(SessionState, "load", people.home)
    for _ in range(EVENTS // 4):
        await tab.timed(OverviewState, "load", people.home)
    quiet = [await tab.timed(OverviewState, "load", people.home) for _ in range(EVENTS)]
    started, busy = time.perf_counter(), []
    sending = asyncio.create_task(_upload(site, people))
    while not sending.done() or await asyncio.to_thread(open_jobs, people.database):
        busy.append(await tab.timed(OverviewState, "load", people.home))
    await sending
    seconds = time.perf_counter() - started
    quiet += [await tab.timed(OverviewState, "load", people.home) for _ in range(EVENTS)]
    await tab.close()
    return Measured(quiet, busy, seconds)


async def _upload(site: Site, people: People) -> None:
    """All at once; over when the server has taken every file."""
    async with httpx.AsyncClient(base_url=site.url, headers={"Origin": site.url}, timeout=60) as staff:
        entered = await staff.post("/api/login", data={"email": people.engineer, "password": people.password})
        assert entered.status_code == 303, entered.text
        posts = [
            staff.post(
                "/api/staff/imports",
                params={"name": f"80020_{number}.xml", "create": "1"},
                content=large_maket(f"202406{number:02}", number),
            )
            for number in range(1, FILES + 1)
        ]
        answers = await asyncio.gather(*posts)
    assert {answer.status_code for answer in answers} == {202}, answers[0].text


def open_jobs(database: Path) -> int:
    """How many files are not worked off."""
    with closing(sqlite3.connect(database, timeout=30)) as opened:
        query = "SELECT count(*) FROM import_job WHERE status IN ('waiting', 'running')"
        return int(opened.execute(query).fetchone()[0])


def _p95(seconds: list[float]) -> float:
    return quantiles(seconds, n=20)[-1]

"""The cabinet's own pages while twelve files that staff uploaded at once are worked off, against the quiet before."""

from __future__ import annotations

import asyncio
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from statistics import quantiles

import httpx

from energo_cabinet.demo.places import PASSWORD
from energo_cabinet.demo.staff import ENGINEER
from energo_cabinet.state.overview import OverviewState
from energo_cabinet.state.session import SessionState
from tests.bench.bench_event import Tab
from tests.bench.row import Row
from tests.e2e.cabinet import Cabinet, command, environment, running_cabinet
from tests.formats.maket_writer import large_maket

FILES, EVENTS = 12, 120
ADDRESS = "/overview?contract=1"
MOST = 2.0


def rows() -> Iterator[Row]:
    """The ratio of 95th percentiles."""
    with tempfile.TemporaryDirectory() as folder:
        command(environment(Path(folder) / "build", 3000), "build")
        limits = {"ENERGO_SOCKET_RATE": "100000", "ENERGO_SOCKET_BURST": "100000"}
        with running_cabinet(Path(folder) / "data", **limits) as cabinet:
            yield asyncio.run(_measure(cabinet))


async def _measure(cabinet: Cabinet) -> Row:
    tab = Tab()
    await tab.open(cabinet)
    await tab.send(SessionState, "load", ADDRESS)
    quiet = [await tab.timed(OverviewState, "load", ADDRESS) for _ in range(EVENTS)]
    started = time.perf_counter()
    sending = asyncio.create_task(_upload(cabinet))
    busy = [await tab.timed(OverviewState, "load", ADDRESS)]
    while not sending.done() or await asyncio.to_thread(_open_jobs, cabinet):
        busy.append(await tab.timed(OverviewState, "load", ADDRESS))
    await sending
    await tab.close()
    spent = f"{FILES} files in hand for {time.perf_counter() - started:.1f} s"
    shown = f"{_p95(busy) * 1000:.0f} ms against {_p95(quiet) * 1000:.0f} ms, {len(busy)} events, {spent}"
    name = f"home page while {FILES} uploaded files are worked off: 95th percentile"
    return Row(name, _p95(busy) / _p95(quiet), most=MOST, figures=shown)


async def _upload(cabinet: Cabinet) -> None:
    """All at once; over when the server has taken every file."""
    async with httpx.AsyncClient(base_url=cabinet.url, headers={"Origin": cabinet.url}, timeout=60) as staff:
        await staff.post("/api/login", data={"email": ENGINEER, "password": PASSWORD})
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


def _open_jobs(cabinet: Cabinet) -> int:
    """How many files are not worked off."""
    with closing(sqlite3.connect(cabinet.data_dir / "cabinet.db")) as database:
        query = "SELECT count(*) FROM import_job WHERE status IN ('waiting', 'running')"
        return int(database.execute(query).fetchone()[0])


def _p95(seconds: list[float]) -> float:
    return quantiles(seconds, n=20)[-1]

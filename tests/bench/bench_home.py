"""The home page for 50 open tabs at once against an event that does nothing, in the same run, turn and turn about."""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median, quantiles

from energo_cabinet.state.frame.session import SessionState
from energo_cabinet.state.home.overview import OverviewState
from energo_cabinet.state.point.points import PointsState
from tests.bench.bench_event import Tab, signed_in
from tests.bench.row import Row
from tests.e2e.cabinet import Cabinet, command, environment, running_cabinet

TABS, TURNS, EACH = 50, 4, 4
ADDRESS = "/overview?contract=1"
MOST = 20.0
"""Fifteen queries, 60 days of half-hours and a drawing: tens of an empty event, all on one process's one core."""


def rows() -> Iterator[Row]:
    """Ratios of events a second and of the 95th percentile."""
    with tempfile.TemporaryDirectory() as folder:
        command(environment(Path(folder) / "build", 3000), "build")
        names = ("SOCKET_RATE", "SOCKET_BURST", "SOCKETS_PER_IP", "SOCKETS_PER_SESSION")
        limits = {f"ENERGO_{name}": "100000" for name in names}
        with running_cabinet(Path(folder) / "data", **limits) as cabinet:
            yield from asyncio.run(_measure(cabinet))


async def _measure(cabinet: Cabinet) -> list[Row]:
    cookie, tabs = signed_in(cabinet), [Tab() for _ in range(TABS)]
    for tab in tabs:
        await tab.open(cabinet, cookie)
        await tab.send(SessionState, "load", ADDRESS)
        await tab.send(OverviewState, "load", ADDRESS)
    home, empty = _Series(), _Series()
    for _ in range(TURNS):
        await home.run(tabs, OverviewState, "load")
        await empty.run(tabs, PointsState, "leave")
    for tab in tabs:
        await tab.close()
    shown = f"{home.rate:.0f} events/s against {empty.rate:.0f}"
    late = f"p95 {home.p95 * 1000:.0f} ms against {empty.p95 * 1000:.0f} ms"
    return [
        Row(f"home page, {TABS} tabs: an empty event's events/s", empty.rate / home.rate, most=MOST, figures=shown),
        Row(f"home page, {TABS} tabs: 95th percentile", home.p95 / empty.p95, most=MOST, figures=late),
    ]


class _Series:
    """What events of a kind took."""

    def __init__(self) -> None:
        self._latencies: list[float] = []
        self._rates: list[float] = []

    async def run(self, tabs: list[Tab], state: type, handler: str) -> None:
        """EACH events of every tab, all tabs at once."""
        start = time.perf_counter()
        found = await asyncio.gather(*(_several(tab, state, handler) for tab in tabs))
        self._rates.append(len(tabs) * EACH / (time.perf_counter() - start))
        self._latencies += [seconds for one in found for seconds in one]

    @property
    def rate(self) -> float:
        """Events a second, the median of the turns."""
        return median(self._rates)

    @property
    def p95(self) -> float:
        """Seconds within which 95 of 100 were answered."""
        return quantiles(self._latencies, n=20)[-1]


async def _several(tab: Tab, state: type, handler: str) -> list[float]:
    return [await tab.timed(state, handler, ADDRESS) for _ in range(EACH)]

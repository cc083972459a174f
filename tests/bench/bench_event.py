"""An event that loads a month's chart against an event that does nothing, both over one real socket in the same run."""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import socketio

from energo_cabinet.demo.places import ANNA, PASSWORD
from energo_cabinet.state.energy.consumption import ConsumptionState
from energo_cabinet.state.energy.load_profile import LoadProfileState
from energo_cabinet.state.point.points import PointsState
from tests.bench.row import Row
from tests.e2e.cabinet import Cabinet, command, environment, running_cabinet

ROUNDS = 40
MOST = 12.0
"""Identify the caller twice, ten queries in a worker thread, a month of half-hours drawn, 22 kB sent."""


class Tab:
    """A browser tab's socket: sends events and waits until each is answered."""

    def __init__(self) -> None:
        self._answers: asyncio.Queue[Any] = asyncio.Queue()
        self._client = socketio.AsyncClient()
        self._client.on("event", self._answers.put, namespace="/_event")

    async def open(self, cabinet: Cabinet, cookie: str = "") -> None:
        """Connect as a signed-in browser, or as another tab of one by its `cookie`."""
        headers = {"Origin": cabinet.url, "Cookie": cookie or signed_in(cabinet)}
        url = f"{cabinet.url}?token={uuid.uuid4()}"
        way = {"transports": ["websocket"], "namespaces": ["/_event"], "socketio_path": "_event"}
        await self._client.connect(url, headers, wait_timeout=10, **way)

    async def send(self, state: type, handler: str, path: str) -> int:
        """Characters of everything that came back until the event was over."""
        router = {"pathname": path.partition("?")[0], "asPath": path, "query": {}}
        event = {"name": f"{state.get_full_name()}.{handler}", "payload": {}, "router_data": router}
        await self._client.emit("event", event, namespace="/_event")
        size = 0
        while True:
            answer = await asyncio.wait_for(self._answers.get(), 20)
            size += len(str(answer))
            if answer.get("final", True):
                return size

    async def timed(self, state: type, handler: str, path: str) -> float:
        """Seconds until an event was answered."""
        start = time.perf_counter()
        await self.send(state, handler, path)
        return time.perf_counter() - start

    async def close(self) -> None:
        """Leave."""
        await self._client.disconnect()


def rows() -> Iterator[Row]:
    """Ratios of medians."""
    with tempfile.TemporaryDirectory() as folder:
        command(environment(Path(folder) / "build", 3000), "build")
        limits = {"ENERGO_SOCKET_RATE": "100000", "ENERGO_SOCKET_BURST": "100000"}
        with running_cabinet(Path(folder) / "data", **limits) as cabinet:
            yield from asyncio.run(_measure(cabinet))


async def _measure(cabinet: Cabinet) -> list[Row]:
    tab = Tab()
    await tab.open(cabinet)
    last = datetime.now(UTC).date().replace(day=1) - timedelta(days=1)
    month = f"first={last.replace(day=1)}&last={last}"
    half_hours = await _compared(tab, "load a month of half-hours", LoadProfileState, f"load-profile?{month}")
    days = await _compared(tab, "load a month by day", ConsumptionState, f"readings?{month}")
    await tab.close()
    return [half_hours, days]


async def _compared(tab: Tab, name: str, state: type, address: str) -> Row:
    """Turn and turn about, so that a busy moment of the machine hits both."""
    path = f"/points/1/{address}"
    size = await tab.send(state, "load", path)
    full, empty = [], []
    for _ in range(ROUNDS):
        full.append(await tab.timed(state, "load", path))
        empty.append(await tab.timed(PointsState, "leave", path))
    chart, nothing = statistics.median(full), statistics.median(empty)
    figures = f"{chart * 1000:.1f} ms against {nothing * 1000:.1f} ms, {size} characters"
    return Row(f"{name} against an empty event", chart / nothing, most=MOST, figures=figures)


def signed_in(cabinet: Cabinet) -> str:
    """The Cookie header of a signed-in browser."""
    with httpx.Client(base_url=cabinet.url, headers={"Origin": cabinet.url}) as browser:
        browser.get("/")
        answer = browser.post("/api/login", data={"email": ANNA, "password": PASSWORD})
        assert answer.status_code == 303, answer.text
        return "; ".join(f"{name}={value}" for name, value in browser.cookies.items())

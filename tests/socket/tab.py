"""A browser tab's websocket, as Reflex's own client opens it, or as an attacker would."""

from __future__ import annotations

import asyncio
import json
import uuid
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import socketio
from socketio.exceptions import ConnectionError as Refused

from tests.socket.backend import Backend

__all__ = ["Refused", "Tab", "open_tab", "refused_tab"]

ROOT_STATE = "reflex___state____state"
HYDRATE = f"{ROOT_STATE}.hydrate"
AID = "a" * 43


class Tab:
    """An open socket: `send` events, wait for what comes back."""

    def __init__(self, client: socketio.AsyncClient) -> None:
        self.client, self.received = client, []
        self.closed = asyncio.Event()
        client.on("event", self._keep, namespace="/_event")
        client.on("disconnect", self._end, namespace="/_event")

    async def _keep(self, data: Any) -> None:
        self.received.append(data)

    async def _end(self, *_: Any) -> None:
        self.closed.set()

    async def send(self, name: str, path: str = "/points", query: dict | None = None, /, **payload: Any) -> None:
        """One event as the page would send it."""
        route = {"pathname": path, "asPath": path, "query": query or {}}
        await self.client.emit("event", {"name": name, "payload": payload, "router_data": route}, namespace="/_event")

    async def until(self, ready: Callable[[], bool], seconds: float = 15) -> None:
        """Wait for an answer; fail loudly."""
        async with asyncio.timeout(seconds):
            while not ready():
                await asyncio.sleep(0.02)

    async def hydrate(self) -> str:
        """Ask for the whole state, as a fresh page does; what came back as text."""
        before = len(self.received)
        await self.send(HYDRATE)
        await self.until(lambda: len(self.received) > before or self.closed.is_set())
        return self.text

    async def settled(self) -> str:
        """All that has come back after everything sent so far was handled: events of a tab are served in order."""
        before = self.text.count("is_hydrated")
        await self.send(HYDRATE)
        await self.until(lambda: self.text.count("is_hydrated") > before or self.closed.is_set())
        return self.text

    @property
    def text(self) -> str:
        """Everything received so far."""
        return json.dumps(self.received, ensure_ascii=False)


@asynccontextmanager
async def open_tab(
    backend: Backend,
    sid: str = "",
    aid: str = AID,
    token: str = "",
    origin: str | None = "",
    headers: dict | None = None,
) -> AsyncIterator[Tab]:
    """A socket with these cookies; Refused when the gate closes it. `origin` "" means the site's own, None none."""
    cookies = "; ".join(f"{name}={value}" for name, value in (("sid", sid), ("aid", aid)) if value)
    sent = {"Cookie": cookies, **(headers or {})}
    if origin is not None:
        sent["Origin"] = origin or backend.url
    client = socketio.AsyncClient(reconnection=False, logger=False, json=json)  # escapes: lone surrogates too
    tab = Tab(client)
    url = f"{backend.url}?token={token or uuid.uuid4()}"
    try:
        await client.connect(
            url, headers=sent, socketio_path="_event", namespaces=["/_event"], transports=["websocket"], wait_timeout=10
        )
        yield tab
    finally:
        await client.disconnect()


async def refused_tab(backend: Backend, **given: Any) -> bool:
    """Whether the gate refuses a socket opened like this."""
    try:
        async with open_tab(backend, **given):
            return False
    except Refused:
        return True

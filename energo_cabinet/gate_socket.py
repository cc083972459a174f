"""One admitted websocket: a token bucket on what it sends, and an end when its login session ends."""

from __future__ import annotations

import asyncio
import logging
import time
from typing import Any

from starlette.types import Message, Receive, Send

from energo_cabinet.auth.session_cache import live_session
from energo_cabinet.settings import get_settings

SESSION_CHECK_S = 20.0
FLOODING, SESSION_ENDED = 1008, 4401

log = logging.getLogger(__name__)


class GatedSocket:
    """Wraps `receive` and `send` of a socket; `sid` is the login session it belongs to, "" for a visitor."""

    def __init__(self, receive: Receive, send: Send, sid: str) -> None:
        settings = get_settings()
        self._receive, self._send, self._sid = receive, send, sid
        self._rate, self._burst = settings.socket_rate, settings.socket_burst
        self._tokens, self._filled_at = float(self._burst), time.monotonic()
        self._pending: asyncio.Future[Message] | None = None
        self._ended = asyncio.Event()
        self._closed = False

    def end(self) -> None:
        """Close it: its session is over."""
        self._ended.set()

    async def receive(self) -> Message:
        """The next message; a disconnect when the sender floods or its session has ended."""
        message = await self._next()
        if message is None:
            return await self._cut(SESSION_ENDED)
        if message["type"] == "websocket.receive" and not self._allowed():
            log.warning("socket closed: more than %s messages a second", self._rate)
            return await self._cut(FLOODING)
        return message

    async def send(self, message: Message) -> None:
        """Pass on, unless the gate has closed the socket already."""
        if not self._closed:
            await self._send(message)

    async def _next(self) -> Message | None:
        ended = asyncio.ensure_future(self._ended.wait())
        try:
            while True:
                waiting: set[asyncio.Future[Any]] = {self._next_message(), ended}
                await asyncio.wait(waiting, timeout=SESSION_CHECK_S, return_when="FIRST_COMPLETED")
                if self._pending is not None and self._pending.done():
                    arrived, self._pending = self._pending, None
                    return arrived.result()
                if self._ended.is_set() or not await self._is_alive():
                    return None
        finally:
            ended.cancel()

    def _next_message(self) -> asyncio.Future[Message]:
        self._pending = self._pending or asyncio.ensure_future(self._receive())
        return self._pending

    async def _is_alive(self) -> bool:
        return not self._sid or await live_session(self._sid) is not None

    async def _cut(self, code: int) -> Message:
        if self._pending is not None:  # first: the server sends nothing while somebody waits to receive
            self._pending.cancel()
            self._pending = None
        if not self._closed:
            self._closed = True
            await self._send({"type": "websocket.close", "code": code})
        return {"type": "websocket.disconnect", "code": code}

    def _allowed(self) -> bool:
        now = time.monotonic()
        self._tokens = min(self._burst, self._tokens + (now - self._filled_at) * self._rate) - 1
        self._filled_at = now
        return self._tokens >= 0

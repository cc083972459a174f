"""What can go wrong with a supplier, on demand: by path or everywhere, once or until it is taken back."""

from __future__ import annotations

import asyncio
import socket
import struct
import threading
from collections.abc import Callable, Coroutine
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

PROBLEM = b'{"type": "urn:energo:fault", "title": "Fault on demand", "status": %d}'
DROP = struct.pack("ii", 1, 0)  # SO_LINGER of no time: the connection ends with RST
HUGE = 1024
"""Megabytes of a body without an end in sight."""

Fault = Callable[[Scope, Receive, Send, "Faults"], Coroutine[Any, Any, None]]


class Faults:
    """An ASGI middleware; `set` and `clear` change what it does."""

    def __init__(self, app: ASGIApp, spared: str) -> None:
        self._app, self._spared = app, spared
        self._lock = threading.Lock()
        self._set: dict[str, tuple[str, int]] = {}
        self.target, self.turn = "http://169.254.169.254/latest/meta-data/", 0
        self.calls: dict[str, int] = {}

    def set(self, kind: str, path: str = "", times: int = 0, target: str = "") -> None:
        """Answer paths that contain `path` with a fault, so many times (0: until cleared). KeyError: unknown kind."""
        KINDS[kind]
        with self._lock:
            self._set[path] = (kind, times)
            self.target = target or self.target

    def clear(self) -> None:
        """Be well again, and count calls anew."""
        with self._lock:
            self.turn += 1
            self._set.clear()
            self.calls.clear()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or fail."""
        path = scope.get("path", "")
        if scope["type"] != "http" or path.startswith(self._spared):
            return await self._app(scope, receive, send)
        kind = self._due(path)
        if not kind:
            return await self._app(scope, receive, send)
        return await KINDS[kind](scope, receive, send, self)

    def _due(self, path: str) -> str:
        with self._lock:
            self.calls[path] = self.calls.get(path, 0) + 1
            for part, (kind, times) in self._set.items():
                if part in path:
                    if times == 1:
                        del self._set[part]
                    elif times:
                        self._set[part] = (kind, times - 1)
                    return kind
        return ""


async def _timeout(_scope: Scope, receive: Receive, _send: Send, faults: Faults) -> None:
    """Never answer; end when the other side has given up, or with the fault."""
    turn = faults.turn
    while faults.turn == turn and not await _left(receive, 0.1):
        pass
    _transport(receive).abort()


async def _reset(_scope: Scope, receive: Receive, _send: Send, _faults: Faults) -> None:
    """Break the connection with RST, without an answer."""
    transport = _transport(receive)
    transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, DROP)
    transport.abort()


async def _late_reset(_scope: Scope, receive: Receive, send: Send, faults: Faults) -> None:
    """Break off in the middle of an answer."""
    await send(_start(200))
    await send(_body(b'{"items": [', more=True))
    await _reset(_scope, receive, send, faults)


async def _down(_scope: Scope, receive: Receive, _send: Send, _faults: Faults) -> None:
    """Nobody there: the connection ends without a word."""
    _transport(receive).abort()


async def _500(_scope: Scope, _receive: Receive, send: Send, _faults: Faults) -> None:
    await send(_start(500, kind=b"application/problem+json"))
    await send(_body(PROBLEM % 500))


async def _429(_scope: Scope, _receive: Receive, send: Send, _faults: Faults) -> None:
    await send(_start(429, [(b"retry-after", b"120")], b"application/problem+json"))
    await send(_body(PROBLEM % 429))


async def _garbage(_scope: Scope, _receive: Receive, send: Send, _faults: Faults) -> None:
    await send(_start(200))
    await send(_body(b'{"items": [{"number": \x00\xff\xfe, "<html>": NaN, ' * 50))


async def _wrong(_scope: Scope, _receive: Receive, send: Send, _faults: Faults) -> None:
    """Fine JSON of another shape."""
    await send(_start(200))
    await send(_body(b'{"items": [{"surprise": true}], "next_cursor": 7, "has_more": "yes", "id": "../../admin"}'))


async def _slow(_scope: Scope, receive: Receive, send: Send, faults: Faults) -> None:
    """A byte a second, so that no single wait is long."""
    turn = faults.turn
    await send(_start(200))
    while faults.turn == turn:
        await send(_body(b" ", more=True))
        if await _left(receive):
            return
    _transport(receive).abort()


async def _slow_head(_scope: Scope, receive: Receive, _send: Send, faults: Faults) -> None:
    """The same with the headers."""
    transport, turn = _transport(receive), faults.turn
    transport.write(b"HTTP/1.1 200 OK\r\n")
    while faults.turn == turn:
        transport.write(b"x: 1\r\n")
        if await _left(receive):
            return
    transport.abort()


async def _huge(_scope: Scope, _receive: Receive, send: Send, _faults: Faults) -> None:
    """A gigabyte of white space before the document."""
    await send(_start(200))
    for _ in range(HUGE):
        await send(_body(b" " * 1024 * 1024, more=True))


async def _bomb(_scope: Scope, _receive: Receive, send: Send, _faults: Faults) -> None:
    """A small answer that says it is compressed."""
    await send(_start(200, [(b"content-encoding", b"gzip")]))
    await send(_body(b"\x1f\x8b" + bytes(100)))


async def _redirect(_scope: Scope, _receive: Receive, send: Send, faults: Faults) -> None:
    """Send the caller to a host inside."""
    await send(_start(302, [(b"location", faults.target.encode())]))
    await send(_body(b""))


KINDS: dict[str, Fault] = {
    "timeout": _timeout,
    "reset": _reset,
    "late-reset": _late_reset,
    "500": _500,
    "429": _429,
    "garbage": _garbage,
    "wrong-shape": _wrong,
    "slow": _slow,
    "slow-head": _slow_head,
    "huge": _huge,
    "bomb": _bomb,
    "redirect": _redirect,
    "down": _down,
}


def _transport(receive: Receive) -> asyncio.Transport:
    """uvicorn's connection: `receive` is a method of its request cycle."""
    transport: asyncio.Transport = receive.__self__.transport  # type: ignore[attr-defined]
    return transport


async def _left(receive: Receive, seconds: float = 1) -> bool:
    """Wait; whether the other side has gone meanwhile."""
    try:
        return (await asyncio.wait_for(receive(), seconds))["type"] == "http.disconnect"
    except TimeoutError:
        return False


def _start(status: int, headers: list[tuple[bytes, bytes]] | None = None, kind: bytes = b"application/json") -> Message:
    return {"type": "http.response.start", "status": status, "headers": [(b"content-type", kind), *(headers or [])]}


def _body(body: bytes, more: bool = False) -> Message:
    return {"type": "http.response.body", "body": body, "more_body": more}

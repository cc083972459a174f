"""The edge: the only way in from a browser, plain ASGI around everything (SECURITY 3.2).

The token a tab chooses is replaced by one derived from its cookie, so a copied token is worth nothing. Here a
socket's origin, owner, number and rate are checked; `gate_http` does the same for requests, `gate_events` for events.
"""

from __future__ import annotations

import hmac
import secrets
import uuid
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import parse_qs, urlencode

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from energo_cabinet.gate_http import Visitor, answer_to, pass_on, refuse, visitor_of
from energo_cabinet.gate_socket import GatedSocket
from energo_cabinet.live.tabs import forget_tab
from energo_cabinet.settings import get_settings

REFUSED = 4403
TOO_MANY = 4429

sockets: dict[str, GatedSocket] = {}
"""Open sockets of this process by the id in their `x-gate` header."""


class EdgeGate:
    """ASGI wrapper around pages, REST and the event socket; outermost of the app's transformers."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._open: Counter[str] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what may pass."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        visitor = await visitor_of(scope)
        if scope["type"] == "websocket":
            await self._socket(scope, receive, send, visitor)
        elif scope["path"].startswith(("/_event", "/_upload")):
            await refuse(answer_to(scope, send, visitor), 403, "not a way in")
        else:
            await pass_on(self._app, scope, receive, send, visitor)

    async def _socket(self, scope: Scope, receive: Receive, send: Send, visitor: Visitor) -> None:
        query = {key: values[0] for key, values in parse_qs(scope["query_string"].decode("latin1")).items()}
        tab = _uuid(query.get("token", ""))
        own_origin = visitor.headers.get("origin") in get_settings().origins
        if not (scope["path"].startswith("/_event") and own_origin and tab and visitor.owner):
            await _close(send, REFUSED)
            return
        with self._counted(visitor) as admitted:
            if not admitted:
                await _close(send, TOO_MANY)
                return
            query["token"] = own_token(visitor.owner, tab)
            await self._admit(scope, receive, send, visitor, urlencode(query).encode())

    async def _admit(self, scope: Scope, receive: Receive, send: Send, visitor: Visitor, query: bytes) -> None:
        socket_id = secrets.token_hex(8)
        mark = f"{'sid' if visitor.live else 'aid'}:{socket_id}".encode()
        heads = [pair for pair in scope["headers"] if pair[0].lower() != b"x-gate"] + [(b"x-gate", mark)]
        socket = GatedSocket(receive, send, visitor.sid if visitor.live else "")
        sockets[socket_id] = socket
        try:
            await self._app({**scope, "query_string": query, "headers": heads}, socket.receive, socket.send)
        finally:
            del sockets[socket_id]
            forget_tab(socket_id)

    @contextmanager
    def _counted(self, visitor: Visitor) -> Iterator[bool]:
        """Count a socket of this owner and address; False beyond the limits of either."""
        settings = get_settings()
        keys = (f"owner {visitor.owner}", f"ip {visitor.ip}")
        self._open.update(keys)
        try:
            yield self._open[keys[0]] <= settings.sockets_per_session and self._open[keys[1]] <= settings.sockets_per_ip
        finally:
            for key in keys:
                self._open[key] -= 1
                if not self._open[key]:
                    del self._open[key]


def own_token(owner: str, tab: str) -> str:
    """The token Reflex sees instead of the tab's: without the owner's cookie nobody arrives at it."""
    digest = hmac.digest(get_settings().key, f"{owner}|{tab}".encode(), "sha256")
    return str(uuid.UUID(bytes=digest[:16], version=4))


def _uuid(text: str) -> str:
    try:
        return str(uuid.UUID(text))
    except ValueError:
        return ""


async def _close(send: Send, code: int) -> None:
    message: Message = {"type": "websocket.close", "code": code}
    await send(message)

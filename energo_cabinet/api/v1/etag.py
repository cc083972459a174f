"""ETag for what is read: the same content answers 304 and costs the phone nothing."""

from __future__ import annotations

import hashlib

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send


class ETag:
    """Wraps the application: a weak validator of every 200 to a GET, 304 to whoever has it already."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hold a GET's answer back until its content is known."""
        if scope["type"] != "http" or scope["method"] != "GET":
            await self._app(scope, receive, send)
            return
        held: list[Message] = []

        async def hold(message: Message) -> None:
            held.append(message)

        await self._app(scope, receive, hold)
        for message in _answer(held, Headers(scope=scope)):
            await send(message)


def _answer(held: list[Message], asked: Headers) -> list[Message]:
    start, body = held[0], b"".join(message.get("body", b"") for message in held[1:])
    if start["status"] != 200:
        return held
    tag = f'W/"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = MutableHeaders(raw=start["headers"])
    headers["etag"] = tag
    headers["cache-control"] = "private, no-cache" if "authorization" in asked else "no-store"
    headers.add_vary_header("Authorization, Cookie, Accept-Language")
    if tag not in {one.strip() for one in asked.get("if-none-match", "").split(",")}:
        return held
    for name in ("content-length", "content-type"):
        del headers[name]
    return [{**start, "status": 304, "headers": headers.raw}, {"type": "http.response.body", "body": b""}]

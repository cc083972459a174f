"""Open tabs of `make watch` load anew when the pages have changed; a changed server they notice by their socket.

A page asks for one stream of events while it is looked at. The stream breaks with the server and comes back with the
next one, which says what pages it serves. Nothing here is served without the variable that `make watch` sets.
"""

from __future__ import annotations

import os

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

PAGES = "ENERGO_WATCHED_PAGES"
"""Variable with the name of the pages that a server of `make watch` serves; not a setting."""
STREAM = "/watch/pages"
SCRIPT = """\
<script>(() => {
  let stream;
  const open = () => {
    stream?.close();
    stream = document.hidden ? null : new EventSource("%s");
    if (stream) stream.onmessage = ({ data }) => data === "%s" || location.reload();
  };
  document.addEventListener("visibilitychange", open);
  open();
})();</script>"""


def with_reload(app: ASGIApp) -> ASGIApp:
    """The application as it is, or with what reloads open tabs."""
    pages = os.environ.get(PAGES)
    return _Reloading(app, pages) if pages else app


class _Reloading:
    def __init__(self, app: ASGIApp, pages: str) -> None:
        self._app, self._pages = app, pages
        self._script = (SCRIPT % (STREAM, pages)).encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"] == STREAM:
            await self._tell(receive, send)
        elif scope["type"] == "http" and "text/html" in Headers(scope=scope).get("accept", ""):
            await self._app(_plain(scope), receive, _Page(send, self._script).send)
        else:
            await self._app(scope, receive, send)

    async def _tell(self, receive: Receive, send: Send) -> None:
        headers = [(b"content-type", b"text/event-stream"), (b"cache-control", b"no-store")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        words = f"retry: 200\ndata: {self._pages}\n\n".encode()
        await send({"type": "http.response.body", "body": words, "more_body": True})
        while (await receive())["type"] != "http.disconnect":
            pass


def _plain(scope: Scope) -> Scope:
    """The request without what would have the page answered packed, not at all, or as the path of a file."""
    unwanted = (b"accept-encoding", b"if-none-match", b"if-modified-since")
    return {**scope, "headers": [pair for pair in scope["headers"] if pair[0] not in unwanted], "extensions": {}}


class _Page:
    """Puts the script at the end of a page; other answers pass as they are."""

    def __init__(self, send: Send, script: bytes) -> None:
        self._send, self._script, self._is_page = send, script, False

    async def send(self, message: Message) -> None:
        """Pass one part of the answer on."""
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            self._is_page = headers.get("content-type", "").startswith("text/html")
            if self._is_page and "content-length" in headers:
                headers["content-length"] = str(int(headers["content-length"]) + len(self._script))
        elif message["type"] == "http.response.body" and self._is_page and not message.get("more_body"):
            message = {**message, "body": message.get("body", b"") + self._script}
        await self._send(message)

"""The edge for requests: origin of writes, size of bodies, cookies of visitors, security headers of every answer."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from energo_cabinet import door, routes
from energo_cabinet.auth.session_cache import LiveSession, live_session
from energo_cabinet.errors import TooLarge
from energo_cabinet.i18n import text
from energo_cabinet.proxies import note_proxy
from energo_cabinet.settings import Settings, get_settings
from energo_cabinet.words_page import refusal_page, wants_page

MAX_BODY = 65_536
UPLOADS = {
    "/api/attachments": 11 << 20,
    "/api/plan-file": 3 << 20,
    "/api/staff/registry-file": 11 << 20,
    "/api/staff/supplier-logo": 11 << 20,
}
"""Where somebody who is signed in may send a file; the route itself takes less and says so in words."""
IMPORTS, DROP = "/api/staff/imports", "/api/v1/drop"
"""Where staff and suppliers' machines send files of measured values; the routes ask who they are before they read."""
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
YEAR_S = 31_536_000


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who a request claims to be, and whether the session is alive."""

    headers: dict[str, str]
    ip: str
    sid: str
    aid: str
    live: LiveSession | None

    @property
    def owner(self) -> str:
        """The secret that owns the tab's state: the live session's cookie, or the visitor's; "" without either."""
        return self.sid if self.live else self.aid


async def visitor_of(scope: Scope) -> Visitor:
    """Read the cookies of a request and look its session up."""
    headers = {key.decode("latin1").lower(): value.decode("latin1") for key, value in scope.get("headers", [])}
    cookies = headers.get("cookie", "")
    sid, aid = (door.cookie_value(cookies, door.cookie_name(base)) for base in ("sid", "aid"))
    note_proxy(headers)
    ip = door.client_ip((scope.get("client") or ("",))[0], headers.get("x-forwarded-for", ""))
    return Visitor(headers, ip, sid, aid if 20 <= len(aid) <= 64 else "", await live_session(sid))


class BodyTooLarge(TooLarge):
    """More bytes arrived than a body may have."""

    def __init__(self) -> None:
        super().__init__("body_too_large")


async def pass_on(app: ASGIApp, scope: Scope, receive: Receive, send: Send, visitor: Visitor) -> None:
    """Serve one request, or refuse it: a write from a foreign origin, a body beyond its bound."""
    answer = _Answer(scope, send, visitor)
    if scope["method"] not in SAFE and not _may_write(scope["path"], visitor):
        await _refuse_in_words(answer.send, scope, visitor, 403, "origin")
        return
    length, most = visitor.headers.get("content-length", "0"), _most(scope, visitor)
    if not length.isdigit() or int(length) > most:
        await refuse(answer.send, 413, "body too large")
        return
    try:
        await app(scope, _bounded(receive, most), answer.send)
    except BodyTooLarge:
        if not answer.started:
            await refuse(answer.send, 413, "body too large")


def answer_to(scope: Scope, send: Send, visitor: Visitor) -> Send:
    """The way of an answer that the gate makes itself: with the headers of every answer."""
    return _Answer(scope, send, visitor).send


def _may_write(path: str, visitor: Visitor) -> bool:
    """From the site's own pages; the phone's REST also from an application, which has no cookie to be misused."""
    own = visitor.headers.get("origin") in get_settings().origins
    return own or (path.startswith("/api/v1/") and not visitor.sid)


async def refuse(send: Send, status: int, code: str) -> None:
    """A problem answer without an application behind it."""
    body = json.dumps({"type": "about:blank", "status": status, "code": code}).encode()
    await _send_whole(send, status, b"application/problem+json", body)


async def _refuse_in_words(send: Send, scope: Scope, visitor: Visitor, status: int, code: str) -> None:
    """`refuse`, as a page for a browser that shows the answer to a person; `code` is one of the catalogue's errors."""
    if not wants_page(scope["path"], visitor.headers.get("accept", "")):
        await refuse(send, status, code)
        return
    language = door.caller_of(visitor.headers.get("cookie", ""), "", "").language
    body = refusal_page(text(f"error.{code}", language), "/", language).encode()
    await _send_whole(send, status, b"text/html; charset=utf-8", body)


async def _send_whole(send: Send, status: int, kind: bytes, body: bytes) -> None:
    headers = [(b"content-type", kind), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _most(scope: Scope, visitor: Visitor) -> int:
    """Bytes a body may have: a form, or a file of somebody who is signed in."""
    is_upload = scope["method"] == "POST" and visitor.live is not None
    is_drop = scope["method"] == "POST" and scope["path"] == DROP and "authorization" in visitor.headers
    if is_drop or (is_upload and scope["path"] == IMPORTS):
        return (get_settings().import_max_mb << 20) + (1 << 20)
    return UPLOADS.get(scope["path"], MAX_BODY) if is_upload else MAX_BODY


def _bounded(receive: Receive, most: int) -> Receive:
    seen = 0

    async def counted() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > most:
            raise BodyTooLarge
        return message

    return counted


class _Answer:
    """Adds to an answer's headers what every answer has."""

    def __init__(self, scope: Scope, send: Send, visitor: Visitor) -> None:
        self._scope, self._send, self._visitor = scope, send, visitor
        self.started = False

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.started = True
            headers, is_good = MutableHeaders(scope=message), message["status"] < 400
            if "location" in headers:
                headers["location"] = relative(headers["location"], self._visitor.headers.get("host", ""))
            for name, value in security_headers(get_settings(), self._scope["path"]).items():
                headers.setdefault(name, value)  # a stricter policy of the answer itself stays
            headers.setdefault("cache-control", self._cache() if is_good else "no-store")
            if (is_good or self._is_missing_page(message["status"])) and self._is_page(headers):
                self._add_cookies(headers)
        await self._send(message)

    def _cache(self) -> str:
        path = self._scope["path"]
        if path.startswith("/assets/"):
            return f"public, max-age={YEAR_S}, immutable"
        return "no-store" if path.startswith(("/api", "/demo")) else "no-cache"

    def _is_missing_page(self, status: int) -> bool:
        """A 404 that a person reads, and nobody keeps: it opens a socket, which needs the visitor's name.."""
        path = self._scope["path"]
        is_file = path.startswith(("/assets/", "/api/")) or "." in path.rpartition("/")[2]
        return status == 404 and not is_file

    def _is_page(self, headers: MutableHeaders) -> bool:
        asks = "text/html" in self._visitor.headers.get("accept", "")
        return self._scope["method"] == "GET" and (asks or headers.get("content-type", "").startswith("text/html"))

    def _add_cookies(self, headers: MutableHeaders) -> None:
        """A random name for a visitor who has none; a dead session's cookie goes."""
        secure = "; Secure" if get_settings().is_secure else ""
        if not self._visitor.aid:
            aid = secrets.token_urlsafe(32)
            headers.append("set-cookie", f"{door.cookie_name('aid')}={aid}; Path=/; HttpOnly; SameSite=Lax{secure}")
        if self._visitor.sid and not self._visitor.live:
            gone = f"{door.cookie_name('sid')}=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict{secure}"
            headers.append("set-cookie", gone)


def relative(location: str, host: str) -> str:
    """A redirect to the host that was asked, without scheme and host: behind a proxy only the browser knows them.

    What a request claims to be its host, and the scheme between proxy and server, decide nothing.
    """
    parts = urlsplit(location)
    if not parts.netloc or parts.netloc != host:
        return location
    return urlunsplit(("", "", parts.path or "/", parts.query, parts.fragment))


def security_headers(settings: Settings, path: str = "") -> dict[str, str]:
    """Headers of every answer (SECURITY 2.2 "Browser"); no 'unsafe-eval'; the camera on the phone's page alone."""
    camera = "(self)" if path.rstrip("/") == routes.MOBILE else "()"
    hosts = sorted(origin.replace("http", "ws", 1) for origin in settings.origins)
    policy = {
        "default-src": "'self'",
        "script-src": "'self' 'unsafe-inline'",
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "font-src": "'self' data:",
        "connect-src": " ".join(["'self'", *hosts]),
        "worker-src": "'self' blob:",
        "object-src": "'none'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
        "form-action": "'self'",
    }
    headers = {
        "content-security-policy": "; ".join(f"{name} {value}" for name, value in policy.items()),
        "x-content-type-options": "nosniff",
        "referrer-policy": "same-origin",
        "cross-origin-opener-policy": "same-origin",
        "permissions-policy": f"camera={camera}, geolocation=(), microphone=(), payment=()",
    }
    if settings.is_secure:
        headers["strict-transport-security"] = f"max-age={YEAR_S}; includeSubDomains"
    return headers

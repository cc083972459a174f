"""The demo supplier's HTTP side: the protocol below /v1, switches for faults below /control."""

from __future__ import annotations

import hmac
import json
from datetime import UTC, datetime
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from energo_cabinet.demo.supplier_server import desk, invented
from energo_cabinet.demo.supplier_server.book import DOCUMENTS, LISTS, Book
from energo_cabinet.demo.supplier_server.faults import Faults
from energo_cabinet.domain.typed import whole_number

LONGEST_BODY = 64 * 1024
TRIES = 5


class Problem(Exception):
    """An answer of application/problem+json."""

    def __init__(
        self, status: int, code: str, title: str, detail: str = "", headers: dict[str, str] | None = None
    ) -> None:
        super().__init__(code)
        self.status, self.headers = status, headers
        self.body = {"type": f"urn:energo:{code}", "title": title, "status": status}
        self.body |= {"detail": detail} if detail else {}


def make_app(book: Book, token: str) -> Faults:
    """The server's ASGI application."""
    supplier = _Supplier(book, token)
    routes = [
        Route("/v1/info", supplier.info),
        Route("/v1/links", supplier.link, methods=["POST"]),
        Route("/v1/changes", supplier.changes),
        Route("/v1/contracts/{contract}", supplier.document),
        Route("/v1/contracts/{contract}/tickets", supplier.submit, methods=["POST"]),
        Route("/v1/contracts/{contract}/{resource}", supplier.resource),
        Route("/v1/contracts/{contract}/readings", supplier.submit, methods=["POST"]),
        Route("/control/faults", supplier.fault, methods=["POST"]),
        Route("/control/items", supplier.put, methods=["POST"]),
        Route("/control/submissions", supplier.submissions),
    ]
    handlers: dict[Any, Any] = {Problem: _problem, 404: _unknown, 405: _unknown}
    faults = Faults(Starlette(routes=routes, exception_handlers=handlers), spared="/control/")
    supplier.faults = faults
    return faults


class _Supplier:
    """The endpoints."""

    faults: Faults

    def __init__(self, book: Book, token: str) -> None:
        self._book, self._token = book, token

    async def info(self, request: Request) -> Response:
        self._authorize(request)
        return JSONResponse({"name": invented.NAME, "version": "1.0"})

    async def link(self, request: Request) -> Response:
        self._authorize(request)
        body = await _json(request)
        contract = await run_in_threadpool(self._open, body)
        return await self._document(request, contract, "contract")

    async def changes(self, request: Request) -> Response:
        self._authorize(request)
        items, last, more = await run_in_threadpool(self._book.changes, *_window(request))
        page = {"items": items, "next_cursor": str(last), "has_more": more}
        return JSONResponse(page | {"data_as_of": datetime.now(UTC).replace(microsecond=0).isoformat()})

    async def document(self, request: Request) -> Response:
        return await self._document(request, self._contract(request), "contract")

    async def resource(self, request: Request) -> Response:
        contract, resource = self._contract(request), request.path_params["resource"]
        if resource in DOCUMENTS:
            return await self._document(request, contract, resource)
        if resource not in LISTS:
            raise Problem(404, "no-contract", "No such resource")
        items, last, more = await run_in_threadpool(self._book.page, contract, resource, *_window(request))
        return JSONResponse({"items": items, "next_cursor": str(last), "has_more": more})

    async def submit(self, request: Request) -> Response:
        contract, body = self._contract(request), await _json(request)
        kind = "ticket" if request.url.path.endswith("/tickets") else "reading"
        key = request.headers.get("idempotency-key", "")
        if not 0 < len(key) <= 100:
            raise Problem(422, "refused", "Idempotency-Key is missing")
        try:
            answer = await run_in_threadpool(desk.submit, self._book, contract, kind, key, body, datetime.now(UTC))
        except desk.KeyReused:
            raise Problem(409, "key-reused", "Key used for another body") from None
        except (KeyError, TypeError, AttributeError):
            raise Problem(422, "refused", "Fields are missing or of another type") from None
        return JSONResponse(answer)

    async def fault(self, request: Request) -> Response:
        """{"kind", "path", "times", "target"}; without a kind faults and locks end. Answers the calls by path."""
        self._authorize(request)
        body, calls = await _json(request), dict(self.faults.calls)
        if not body.get("kind"):
            self.faults.clear()
            with self._book.writing() as db:
                db.execute("UPDATE login SET failed = 0")
        else:
            self.faults.set(body["kind"], body.get("path", ""), int(body.get("times", 0)), body.get("target", ""))
        return JSONResponse({"calls": calls})

    async def put(self, request: Request) -> Response:
        """{"contract", "resource", "key", "body"}: news of the supplier's."""
        self._authorize(request)
        body = await _json(request)
        with self._book.writing() as db:
            self._book.put(db, body["contract"], body["resource"], [(body.get("key", ""), body["body"])])
        return Response(status_code=204)

    async def submissions(self, request: Request) -> Response:
        """What customers have sent, in the order in which it came, each key once."""
        self._authorize(request)
        rows = self._book.rows("SELECT key, contract, kind, body FROM submission ORDER BY seq")
        found = [
            {"key": key, "contract": contract, "kind": kind, "body": json.loads(b)} for key, contract, kind, b in rows
        ]
        return JSONResponse({"items": found})

    def _authorize(self, request: Request) -> None:
        given = request.headers.get("authorization", "").encode()
        if not hmac.compare_digest(given, f"Bearer {self._token}".encode()):
            raise Problem(401, "unauthorized", "Unknown token")

    def _contract(self, request: Request) -> str:
        self._authorize(request)
        contract = str(request.path_params["contract"])
        if not self._book.is_open(contract):
            raise Problem(404, "no-contract", "No such contract")
        return contract

    async def _document(self, request: Request, contract: str, resource: str) -> Response:
        body, etag = await run_in_threadpool(self._book.document, contract, resource)
        if request.headers.get("if-none-match") == etag:
            return Response(status_code=304, headers={"ETag": etag})
        return Response(body, media_type="application/json", headers={"ETag": etag})

    def _open(self, body: dict[str, Any]) -> str:
        """The contract that a login and password open."""
        query = "SELECT contract, password, failed FROM login WHERE login = ?"
        found = self._book.rows(query, str(body.get("login", "")))
        if not found:
            raise Problem(404, "unknown-login", "Unknown login")
        contract, password, failed = found[0]
        if failed >= TRIES:
            raise Problem(423, "login-locked", "Login locked", headers={"Retry-After": "900"})
        is_right = hmac.compare_digest(password.encode(), str(body.get("password", "")).encode())
        with self._book.writing() as db:
            db.execute("UPDATE login SET failed = ? WHERE contract = ?", (0 if is_right else failed + 1, contract))
        if not is_right:
            raise Problem(403, "wrong-password", "Wrong password")
        self._book.open(contract)
        return str(contract)


def _window(request: Request) -> tuple[int, int]:
    """(cursor, limit)."""
    cursor = whole_number(request.query_params.get("cursor", "") or "0", 18)
    limit = whole_number(request.query_params.get("limit"), 9)
    if cursor is None:
        raise Problem(410, "cursor-expired", "Cursor expired")
    return cursor, 500 if limit is None else min(max(limit, 1), 1000)


async def _json(request: Request) -> dict[str, Any]:
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > LONGEST_BODY:
            raise Problem(422, "refused", "Too long")
    try:
        found = json.loads(body)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise Problem(422, "refused", "A JSON object is expected")
    return found


async def _problem(_request: Request, error: Exception) -> Response:
    assert isinstance(error, Problem)
    return JSONResponse(error.body, error.status, error.headers, media_type="application/problem+json")


async def _unknown(request: Request, _error: Exception) -> Response:
    return await _problem(request, Problem(404, "no-contract", "No such address"))

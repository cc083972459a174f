"""Refusals and faults of REST as RFC 9457 problem details, in the caller's language; to a person, as a page."""

from __future__ import annotations

import logging

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, JSONResponse, Response

from energo_cabinet.api import door
from energo_cabinet.errors import CabinetError, InvalidInput, NotSignedIn, TooManyAttempts
from energo_cabinet.i18n import text
from energo_cabinet.words_page import refusal_page, wants_page, way_back

log = logging.getLogger(__name__)


def add_to(api: FastAPI) -> None:
    """Register the handlers."""
    api.add_exception_handler(CabinetError, _refusal)
    api.add_exception_handler(RequestValidationError, _invalid)
    api.add_exception_handler(HTTPException, _http)
    api.add_exception_handler(Exception, _fault)


def problem(status: int, code: str, title: str, headers: dict[str, str] | None = None, **more: object) -> JSONResponse:
    """A problem answer; `code` is stable, `title` is for people."""
    body = {"type": "about:blank", "status": status, "code": code, "title": title, **more}
    return JSONResponse(body, status, headers, media_type="application/problem+json")


def _told(
    request: Request, status: int, code: str, title: str, headers: dict[str, str] | None = None, **more: object
) -> Response:
    """`problem`, or for a browser that shows the answer to a person, the same in words on a page."""
    asked = request.headers
    if not wants_page(request.url.path, asked.get("accept", "")):
        return problem(status, code, title, headers, **more)
    back = way_back(asked.get("referer", ""), asked.get("host", ""))
    return HTMLResponse(refusal_page(title, back, door.caller(request).language), status, headers)


def _refusal(request: Request, error: Exception) -> Response:
    assert isinstance(error, CabinetError)
    language = door.caller(request).language
    title = text(f"error.{error.code}", language, **error.params)
    if isinstance(error, InvalidInput):
        fields = {f: text(f"error.{c}", language, **error.params) for f, c in error.fields.items()}
        return _told(request, error.status, error.code, title, fields=fields)
    return _told(request, error.status, error.code, title, _headers(error), field=error.field)


def _headers(error: CabinetError) -> dict[str, str]:
    if isinstance(error, TooManyAttempts):
        return {"Retry-After": str(60 * int(str(error.params["minutes"])))}
    return {"WWW-Authenticate": "Bearer"} if isinstance(error, NotSignedIn) else {}


def _invalid(request: Request, error: Exception) -> Response:
    """Names the fields, never their values: they may be secrets."""
    assert isinstance(error, RequestValidationError)
    fields = sorted({".".join(str(part) for part in found["loc"][1:])[:60] for found in error.errors()})
    return _told(request, 422, "invalid", text("error.invalid", door.caller(request).language), fields=fields)


def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    words = str(error.detail)
    if error.status_code in (404, 405):
        words = text("error.not_found", door.caller(request).language)
    return _told(request, error.status_code, "http", words)


def _fault(request: Request, error: Exception) -> Response:
    log.error("fault in %s %s", request.method, request.url.path, exc_info=error)
    return _told(request, 500, "fault", text("error.fault", door.caller(request).language))

"""Refusals and faults of REST as RFC 9457 problem details, in the caller's language."""

from __future__ import annotations

import logging

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse

from energo_cabinet.api import door
from energo_cabinet.errors import CabinetError, InvalidInput, NotSignedIn, TooManyAttempts
from energo_cabinet.i18n import text

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


def _refusal(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, CabinetError)
    language = door.caller(request).language
    title = text(f"error.{error.code}", language, **error.params)
    if isinstance(error, InvalidInput):
        fields = {f: text(f"error.{c}", language, **error.params) for f, c in error.fields.items()}
        return problem(error.status, error.code, title, fields=fields)
    return problem(error.status, error.code, title, _headers(error), field=error.field)


def _headers(error: CabinetError) -> dict[str, str]:
    if isinstance(error, TooManyAttempts):
        return {"Retry-After": str(60 * int(str(error.params["minutes"])))}
    return {"WWW-Authenticate": "Bearer"} if isinstance(error, NotSignedIn) else {}


def _invalid(request: Request, error: Exception) -> JSONResponse:
    """Names the fields, never their values: they may be secrets."""
    assert isinstance(error, RequestValidationError)
    fields = sorted({".".join(str(part) for part in found["loc"][1:])[:60] for found in error.errors()})
    return problem(422, "invalid", text("error.invalid", door.caller(request).language), fields=fields)


def _http(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    return problem(error.status_code, "http", str(error.detail))


def _fault(request: Request, error: Exception) -> JSONResponse:
    log.error("fault in %s %s", request.method, request.url.path, exc_info=error)
    return problem(500, "fault", text("error.fault", door.caller(request).language))

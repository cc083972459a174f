"""Who calls /api/v1: a paired device by its bearer token, or a browser of the same site by its session cookie."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Concatenate, ParamSpec, TypeVar

from fastapi import Request
from fastapi.security import HTTPBearer
from sqlmodel import Session

from energo_cabinet import door
from energo_cabinet.api.door import caller
from energo_cabinet.auth import rate
from energo_cabinet.auth.access import Subject
from energo_cabinet.auth.login_session import sha256
from energo_cabinet.settings import get_settings

P = ParamSpec("P")
T = TypeVar("T")

bearer_scheme = HTTPBearer(auto_error=False, description="Token of a paired device")
"""For the published OpenAPI; the door decides."""


def bearer_of(request: Request) -> str:
    """The token of the Authorization header; "" without one."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.casefold() == "bearer" else ""


def way_in(request: Request) -> door.Caller:
    """The caller; the token counts more than a cookie."""
    return replace(caller(request), bearer=bearer_of(request))


async def ask(
    request: Request,
    service: Callable[Concatenate[Session, Subject, P], T],
    *args: P.args,
    **kwargs: P.kwargs,
) -> T:
    """Run a service for whoever calls; a CabinetError becomes a problem answer (api.problem)."""
    return await door.ask(way_in(request), service, *args, **kwargs)


def limited(request: Request) -> None:
    """Count the call against `limit_api`: per token, login session or address."""
    who = way_in(request)
    secret = who.bearer or who.sid
    rate.take(get_settings().limit_api, "api", sha256(secret[:200]) if secret.isascii() and secret else who.ip)

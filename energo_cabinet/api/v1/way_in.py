"""Who calls /api/v1: a paired device by its bearer token, or a browser of the same site by its session cookie."""

from __future__ import annotations

import asyncio
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
from energo_cabinet.auth.session_cache import live_session
from energo_cabinet.errors import NotSignedIn
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


_proved: dict[str, None] = {}
"""Digests of tokens that the door has taken: only those are counted by themselves. As many as MOST_PROVED."""
MOST_PROVED = 10_000


async def ask(
    request: Request,
    service: Callable[Concatenate[Session, Subject, P], T],
    *args: P.args,
    **kwargs: P.kwargs,
) -> T:
    """Run a service for whoever calls; a CabinetError becomes a problem answer (api.problem)."""
    who = way_in(request)
    try:
        answer = await door.ask(who, service, *args, **kwargs)
    except NotSignedIn:
        _proved.pop(_digest(who), None)
        raise
    if who.bearer:
        if len(_proved) >= MOST_PROVED:
            _proved.clear()
        _proved[_digest(who)] = None
    return answer


async def limited(request: Request) -> None:
    """Count the call against `limit_api`: a token or session that is known to be one by itself, all others by address.

    A secret that a caller invents is counted like none: it costs a look into the database, and may be new each time.
    """
    who = way_in(request)
    is_known = _digest(who) in _proved if who.bearer else await live_session(who.sid) is not None
    if is_known:
        await asyncio.to_thread(rate.take, get_settings().limit_api, "api", _digest(who))
    else:
        await asyncio.to_thread(rate.take_from, get_settings().limit_api, "api", who.ip)


def _digest(who: door.Caller) -> str:
    return sha256((who.bearer or who.sid)[:200].encode("utf-8", "replace").decode())

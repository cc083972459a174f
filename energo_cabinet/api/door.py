"""REST's way through the one door: the twin of `CabinetState._ask`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Concatenate, ParamSpec, TypeVar

from fastapi import Request
from sqlmodel import Session

from energo_cabinet import door
from energo_cabinet.auth.access import Subject

P = ParamSpec("P")
T = TypeVar("T")


def caller(request: Request) -> door.Caller:
    """Who sends this request, before anything is believed."""
    headers = request.headers
    peer = request.client.host if request.client else ""
    ip = door.client_ip(peer, headers.get("x-forwarded-for", ""))
    who = door.caller_of(headers.get("cookie", ""), ip, headers.get("user-agent", ""))
    speaks_english = "authorization" in headers and headers.get("accept-language", "").startswith("en")
    return replace(who, language="en") if speaks_english else who  # an application has no language cookie


async def ask(
    request: Request, service: Callable[Concatenate[Session, Subject, P], T], *args: P.args, **kwargs: P.kwargs
) -> T:
    """Run a service for whoever holds the request's cookie; a CabinetError becomes a problem answer (api.problem)."""
    return await door.ask(caller(request), service, *args, **kwargs)

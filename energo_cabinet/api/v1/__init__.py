"""REST for the phone (Э-63, F-21) under /api/v1: bearer tokens of paired devices; OpenAPI at /api/v1/openapi.json."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Depends, FastAPI
from starlette.middleware.gzip import GZipMiddleware

from energo_cabinet.api import problem
from energo_cabinet.api.v1 import devices, drop, metering, notifications, offline, pairing, readings, tickets
from energo_cabinet.api.v1.etag import ETag
from energo_cabinet.api.v1.schema import PROBLEMS
from energo_cabinet.api.v1.way_in import bearer_scheme, limited

DESCRIPTION = (
    "The consumer's own data: contracts, metering points, readings, load profiles, events, notifications. "
    "Sign in by pairing: claim the code on the computer's screen, wait for the confirmation there, fetch the token."
)
SMALLEST_GZIP = 600


def make_v1() -> FastAPI:
    """The application mounted at /api/v1."""
    api = FastAPI(title="Energo Cabinet", version="1", description=DESCRIPTION, docs_url=None, redoc_url=None)
    problem.add_to(api)
    open_ = APIRouter(dependencies=[Depends(limited)], responses=PROBLEMS)
    open_.include_router(pairing.router)
    own = APIRouter(dependencies=[Depends(limited), Depends(bearer_scheme)], responses=PROBLEMS)
    for module in _OWN:
        own.include_router(module.router)
    api.include_router(open_)
    api.include_router(own)
    api.include_router(drop.router)
    api.add_middleware(ETag)
    api.add_middleware(GZipMiddleware, minimum_size=SMALLEST_GZIP)
    return api


_OWN: tuple[Any, ...] = (devices, metering, readings, notifications, tickets, offline)

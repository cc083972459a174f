"""REST under /api: forms of the session, downloads; OpenAPI at /api/openapi.json."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from starlette.routing import Mount

from energo_cabinet.api import problem, session


def make_api() -> FastAPI:
    """The application mounted at /api."""
    api = FastAPI(title="Energo Cabinet", docs_url=None, redoc_url=None, openapi_url="/openapi.json")
    problem.add_to(api)
    api.include_router(session.router)
    return api


def with_api(asgi: Any) -> Any:
    """Put /api before the built pages, which take every other path."""
    asgi.routes.insert(0, Mount("/api", app=make_api()))
    return asgi

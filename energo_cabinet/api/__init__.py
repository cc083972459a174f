"""REST: forms of the session and downloads under /api, the phone's under /api/v1; each with its openapi.json."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from starlette.routing import Mount

from energo_cabinet.api import attachment, mailbox, problem
from energo_cabinet.api.bill import export as bills
from energo_cabinet.api.control import plan
from energo_cabinet.api.customers import codes, forms
from energo_cabinet.api.desk import file as desk_file
from energo_cabinet.api.energy import data, download
from energo_cabinet.api.imports import upload
from energo_cabinet.api.journal import export as journal
from energo_cabinet.api.phone import mobile
from energo_cabinet.api.registry import file as registry_file
from energo_cabinet.api.sign_in import passkey, second_step, session
from energo_cabinet.api.staff import looks
from energo_cabinet.api.supplier import entry, settings
from energo_cabinet.api.ticket import draft
from energo_cabinet.api.v1 import make_v1
from energo_cabinet.settings import get_settings


def make_api() -> FastAPI:
    """The application mounted at /api."""
    api = FastAPI(title="Energo Cabinet", docs_url=None, redoc_url=None, openapi_url="/openapi.json")
    problem.add_to(api)
    api.include_router(session.router)
    api.include_router(mobile.router)
    api.include_router(second_step.router)
    api.include_router(passkey.router)
    api.include_router(download.router)
    api.include_router(journal.router)
    api.include_router(data.router)
    api.include_router(attachment.router)
    api.include_router(bills.router)
    api.include_router(draft.router)
    api.include_router(desk_file.router)
    api.include_router(plan.router)
    api.include_router(entry.router)
    api.include_router(upload.router)
    api.include_router(registry_file.router)
    api.include_router(forms.router)
    api.include_router(codes.router)
    api.include_router(settings.router)
    api.include_router(looks.router)
    return api


def make_demo() -> FastAPI:
    """What exists in the demo only."""
    demo = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    problem.add_to(demo)
    demo.include_router(mailbox.router)
    return demo


def with_api(asgi: Any) -> Any:
    """Put /api before the built pages, which take every other path."""
    asgi.routes.insert(0, Mount("/api", app=make_api()))
    asgi.routes.insert(0, Mount("/api/v1", app=make_v1()))
    if get_settings().is_demo:
        asgi.routes.insert(0, Mount("/demo", app=make_demo()))
    return asgi

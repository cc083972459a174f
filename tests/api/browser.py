"""A browser's view of REST behind the edge gate, in the test's process; no Reflex around it."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from energo_cabinet import door
from energo_cabinet.api import with_api
from energo_cabinet.gate import EdgeGate
from energo_cabinet.services.sign_in.user_entry import add_user
from tests.installation import Installation

PASSWORD = "Синий трактор 7"
ORIGIN = "http://localhost:3000"


def site() -> EdgeGate:
    """A page, a built file, REST and the demo's mailbox behind the gate."""
    pages = [
        Route("/", lambda _: HTMLResponse("<h1>page</h1>")),
        Route("/assets/app-5f3a.js", lambda _: PlainTextResponse("", media_type="text/javascript")),
    ]
    return EdgeGate(with_api(Starlette(routes=pages)))


def browser(origin: str | None = ORIGIN, ip: str = "192.0.2.1") -> TestClient:
    """A fresh browser; `origin` is what it says in its writes."""
    client = TestClient(site(), ORIGIN, raise_server_exceptions=False, follow_redirects=False, client=(ip, 5000))
    client.headers.update({"origin": origin} if origin else {})
    return client


@pytest.fixture
def anna(installation: Installation) -> str:
    """An active account; its address."""
    door.run_as_system(add_user, "anna@example.org", PASSWORD, "Соколова Анна")
    return "anna@example.org"

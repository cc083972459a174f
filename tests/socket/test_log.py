"""Canaries through every form, handler and error: none of them is in the log (SECURITY T16, test plan 24)."""

import asyncio
import json

import httpx
import pytest

from tests.socket.backend import running_backend
from tests.socket.tab import open_tab
from tests.socket.test_handlers import HANDLERS, TOGETHER

CANARY = "Канарейка4711canary"


@pytest.fixture(scope="module")
def backend(tmp_path_factory):
    """A backend that logs JSON and takes as much as we send."""
    wide = {"ENERGO_SOCKET_RATE": "100000", "ENERGO_SOCKET_BURST": "100000"}
    with running_backend(tmp_path_factory.mktemp("logs"), ENERGO_LOG_JSON="true", **wide) as running:
        yield running


def through_every_form(backend):
    fields = dict.fromkeys(("email", "password", "password2", "key", "next", "remember"), CANARY)
    for path in ("/api/login", "/api/activate", "/api/recover", "/api/reset", "/api/logout"):
        backend.post(path, sid="canary4711" + "x" * 33, **fields)
        httpx.post(backend.url + path, files={"email": (CANARY, CANARY.encode())}, headers={"Origin": backend.url})
        httpx.get(backend.url + path, params=fields)


async def through_every_handler(backend, sid):
    async with open_tab(backend, sid=sid) as tab:
        for number, (name, arguments) in enumerate(HANDLERS.items(), 1):
            for value in (CANARY, {"password": CANARY, "email": CANARY, "title": CANARY}, [CANARY]):
                await tab.send(name, f"/points/{CANARY}", {"point_id": CANARY}, **dict.fromkeys(arguments, value))
            if number % TOGETHER == 0:
                await tab.settled()
        await tab.send(CANARY, password=CANARY)
        await tab.client.emit("event", CANARY, namespace="/_event")
        await tab.client.emit(CANARY, {"password": CANARY}, namespace="/_event")
        await tab.settled()


def test_no_canary_is_logged_and_every_line_is_json(backend):
    through_every_form(backend)
    asyncio.run(through_every_handler(backend, backend.sign_in("boris@example.org")))
    asyncio.run(through_every_handler(backend, ""))
    written = backend.log.read_text()
    assert CANARY not in written
    assert "canary4711" not in written
    assert CANARY not in json.dumps(written)
    lines = [line for line in written.splitlines() if line.strip()]
    assert [line for line in lines if not line.startswith("{")] == []
    assert all(json.loads(line) for line in lines)

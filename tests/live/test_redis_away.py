"""Redis killed and started again: signing in and reading go on without it, sockets come back with it (RC-3d; 18)."""

from __future__ import annotations

import asyncio
import signal
from contextlib import ExitStack
from datetime import UTC, datetime

import httpx
import pytest

from energo_cabinet.auth.access import Subject
from energo_cabinet.services.notice.sending import send_notification
from tests.live.test_push import LIST, LOAD
from tests.servers import free_port, redis_process
from tests.socket.backend import PASSWORD, running_backend
from tests.socket.tab import Refused, open_tab

pytestmark = pytest.mark.redis
ANNA = "anna@example.org"
PAGE = {"Accept": "text/html"}


@pytest.fixture(scope="module")
def away(tmp_path_factory):
    """Two workers whose Redis has been killed, Анна's session from before, and how to start it again."""
    port, stack = free_port(), ExitStack()
    two = {"ENERGO_REDIS_URL": f"redis://127.0.0.1:{port}/0", "ENERGO_WORKERS": "2", "GRANIAN_WORKERS": "2"}
    with stack:
        redis = stack.enter_context(redis_process(port))
        running = stack.enter_context(running_backend(tmp_path_factory.mktemp("away"), **two))
        sid = running.sign_in(ANNA)
        assert httpx.get(f"{running.url}/api/v1/contracts", cookies={"sid": sid}).status_code == 200
        redis.send_signal(signal.SIGKILL)
        redis.wait()
        yield running, sid, lambda: stack.enter_context(redis_process(port))


def test_signing_in_works_and_is_still_counted(away):
    running, _, _ = away
    assert running.post("/api/login", email=ANNA, password=PASSWORD).cookies["sid"]
    ends = [running.post("/api/login", email=ANNA, password="wrong").headers["location"] for _ in range(16)]
    refused = [end for end in ends if "too_many_attempts" in end]
    assert "wrong_credentials" in ends[0]
    assert len(refused) >= 16 - 10, ends  # five in each of the two workers
    assert running.post("/api/login", email="boris@example.org", password=PASSWORD).cookies["sid"]


def test_forms_answer_pages_and_v1_answers_right(away):
    running, sid, _ = away
    with httpx.Client(base_url=running.url, headers={"Origin": running.url, **PAGE}, timeout=30) as client:
        for path in ("/api/login", "/api/recover", "/api/reset", "/api/activate", "/api/logout"):
            answer = client.post(path, data={"email": "nobody@example.org", "password": "x", "key": "x"})
            assert (answer.status_code, "{" in answer.text[:1]) == (303, False), path
        assert client.get("/api/v1/contracts").status_code == 401
        assert client.get("/api/v1/contracts", headers={"Cookie": f"sid={sid}"}).status_code == 200


def test_a_socket_is_refused_at_once_and_the_process_lives(away):
    running, sid, _ = away

    async def act():
        with pytest.raises((Refused, TimeoutError)):
            async with asyncio.timeout(15), open_tab(running, sid=sid) as tab:
                await tab.hydrate()
                assert not tab.received

    asyncio.run(act())
    assert httpx.get(f"{running.url}/ping").status_code == 200


def test_with_redis_back_tabs_open_and_are_pushed_to(away):
    running, sid, start = away
    start()

    async def act():
        async with asyncio.timeout(60):
            while not (opened := await heard(running, sid)):
                await asyncio.sleep(0.2)
        return opened

    assert "Снова здесь" in asyncio.run(act())


async def heard(running, sid):
    """What a tab hears of a notification; "" while none can be opened."""
    try:
        async with open_tab(running, sid=sid) as tab:
            await tab.hydrate()
            for name in (LOAD, LIST):
                await tab.send(name, "/notifications")
            await tab.settled()
            notify(running)
            await tab.until(lambda: "Снова здесь" in tab.text, 10)
            return tab.text
    except (Refused, TimeoutError):
        return ""


def notify(running):
    with running.session() as session:
        send_notification(session, Subject("system", datetime.now(UTC)), "debt", "Снова здесь", "", ANNA)
        session.commit()

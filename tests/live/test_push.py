"""What another process notifies of reaches the reader's open tabs, and nobody else's (DESIGN 9, Н-128…132)."""

from __future__ import annotations

import asyncio
import pickle
import statistics
from contextlib import AsyncExitStack
from datetime import UTC, datetime

import pytest
from redis import Redis
from sqlmodel import select

import energo_cabinet.live.bell  # noqa: F401  this process commits what it notifies of, and rings
from energo_cabinet.auth.access import Subject
from energo_cabinet.models import Notification
from energo_cabinet.services.notice.sending import send_notification
from energo_cabinet.settings import get_settings
from tests.e2e.cabinet import command, environment
from tests.servers import redis_server
from tests.socket.backend import running_backend
from tests.socket.tab import ROOT_STATE, open_tab

STATE = f"{ROOT_STATE}.energo_cabinet___state___"
LOAD = f"{STATE}frame___session____session_state.load"
LIST = f"{STATE}notice___notifications____notifications_state.load"
OPEN = f"{STATE}notice___notifications____notifications_state.open"
READ_ALL = f"{STATE}notice___notifications____notifications_state.read_all"
ANNA, BORIS = "anna@example.org", "boris@example.org"
WIDE = {"ENERGO_LIMIT_LOGIN_IP": "10000/hour", "ENERGO_LIMIT_LOGIN_ACCOUNT": "10000/hour"}


@pytest.fixture(scope="module", params=["one process", pytest.param("two workers", marks=pytest.mark.redis)])
def backend(request, tmp_path_factory):
    """One process with states in memory, or two workers over Redis: the backend and Redis's URL or ""."""
    folder = tmp_path_factory.mktemp("live")
    if request.param == "one process":
        with running_backend(folder, **WIDE) as running:
            yield running, ""
        return
    with redis_server() as url, pytest.MonkeyPatch.context() as patch:
        two = {"ENERGO_REDIS_URL": url, "ENERGO_WORKERS": "2", "GRANIAN_WORKERS": "2"}
        patch.setenv("ENERGO_REDIS_URL", url)  # this process is the other one that notifies
        get_settings.cache_clear()
        with running_backend(folder, **WIDE, **two) as running:
            yield running, url
    get_settings.cache_clear()


def notify_by_command(backend, title):
    """The command line, in a process of its own."""
    running, redis = backend
    env = environment(running.log.parent, running.port, **({"ENERGO_REDIS_URL": redis} if redis else {}))
    command(env, "notify", "--email", ANNA, "--kind", "debt", "--subject", title)


def notify(backend, title):
    """This process, which is not the backend's; the moment of the commit."""
    with backend[0].session() as session:
        send_notification(session, Subject("system", datetime.now(UTC)), "debt", title, "", ANNA)
        at = datetime.now(UTC)
        session.commit()
    return at


def read_in_database(backend):
    """Nothing is unread when a test begins."""
    running, _ = backend
    with running.session() as session:
        for row in session.exec(select(Notification).where(Notification.read_at == None)):  # noqa: E711
            row.read_at = datetime.now(UTC)
        session.commit()


class Reader:
    """A tab of a signed-in user that shows the notifications; keeps when each number came."""

    def __init__(self, tab):
        self.tab, self.totals = tab, []
        tab.client.on("event", self._keep, namespace="/_event")

    async def _keep(self, data):
        self.tab.received.append(data)
        for state, values in (data.get("delta") or {}).items():
            if state.endswith("unread_state") and "total_rx_state_" in values:
                self.totals.append((values["total_rx_state_"], datetime.now(UTC)))

    async def load(self):
        await self.tab.hydrate()
        await self.tab.send(LOAD, "/notifications")
        await self.tab.send(LIST, "/notifications")
        await self.tab.until(lambda: '"ready"' in self.tab.text or '"empty"' in self.tab.text)

    async def shows(self, total, seconds=15):
        await self.tab.until(lambda: self.total == total, seconds)

    @property
    def total(self):
        return self.totals[-1][0] if self.totals else 0


async def readers(stack, backend, sid, count=1):
    opened = []
    for _ in range(count):
        reader = Reader(await stack.enter_async_context(open_tab(backend[0], sid=sid)))
        await reader.load()
        opened.append(reader)
    return opened


def live(test):
    """Run an async test with nothing unread and tabs that close at its end."""

    def run(backend):
        async def within():
            async with AsyncExitStack() as stack:
                await test(backend, stack)

        read_in_database(backend)
        asyncio.run(within())

    run.__doc__ = test.__doc__
    return run


@live
async def test_a_command_reaches_every_tab_of_the_reader_and_nobody_elses(backend, stack):
    """Six tabs of Анна, spread over the workers there are; two of Борис."""
    anna, boris = (backend[0].sign_in(email) for email in (ANNA, BORIS))
    hers, his = await readers(stack, backend, anna, 6), await readers(stack, backend, boris, 2)
    await asyncio.gather(*(reader.tab.settled() for reader in his))
    before = [len(reader.tab.received) for reader in his]
    await asyncio.to_thread(notify_by_command, backend, "Долг из другого процесса")
    for reader in hers:
        await reader.shows(1)
        await reader.tab.until(lambda reader=reader: "Долг из другого процесса" in reader.tab.text)
    assert [len(reader.tab.received) for reader in his] == before
    assert _instances(backend[1]) == (2 if backend[1] else 0)


@live
async def test_it_takes_less_than_a_second(backend, stack):
    """From the commit in one process to the frame at the browser, over six tabs and five notifications."""
    hers, delays = await readers(stack, backend, backend[0].sign_in(ANNA), 6), []
    for count in range(1, 6):
        at = await asyncio.to_thread(notify, backend, f"Долг {count}")
        for reader in hers:
            await reader.shows(count)
            delays.append((reader.totals[-1][1] - at).total_seconds())
    print(f"push: median {statistics.median(delays) * 1000:.0f} ms, max {max(delays) * 1000:.0f} ms")
    assert statistics.median(delays) < 1


def _instances(redis):
    """How many workers hold sockets, by Reflex's own records."""
    if not redis:
        return 0
    with Redis.from_url(redis) as client:
        records = [pickle.loads(client.get(key)) for key in client.keys("token_manager_socket_record_*")]
    return len({record.instance_id for record in records})


@live
async def test_tabs_agree_on_what_is_read(backend, stack):
    """Н-132: opened in one tab, «НЕ ПРОЧИТАНО» goes from the other; so with «Прочитать все»."""
    await asyncio.to_thread(notify, backend, "Раз")
    await asyncio.to_thread(notify, backend, "Два")
    one, two, three = await readers(stack, backend, backend[0].sign_in(ANNA), 3)
    with backend[0].session() as session:
        newest = session.exec(select(Notification.id).order_by(Notification.id.desc())).first()
    await one.tab.send(OPEN, "/notifications", notification_id=newest)
    for tab in (one, two, three):
        await tab.shows(1)
    await two.tab.send(READ_ALL, "/notifications")
    for tab in (one, two, three):
        await tab.shows(0)
    rows = [
        d["rows_rx_state_"] for data in three.tab.received for s, d in data["delta"].items() if "rows_rx_state_" in d
    ]
    assert [row["is_unread"] for row in rows[-1][:2]] == [False, False]


@live
async def test_a_browser_that_was_offline_catches_up(backend, stack):
    """The socket is gone while it is told; back with the same tab, the page reads it."""
    sid, token = backend[0].sign_in(ANNA), "6f1b1c1e-0c1f-4e0e-9d0a-5a1f6f7f8f90"
    for expected in (0, 1):
        async with open_tab(backend[0], sid=sid, token=token) as tab:
            reader = Reader(tab)
            await reader.load()
            await reader.shows(expected)
        if not expected:
            await asyncio.to_thread(notify, backend, "Пока не было связи")


@live
async def test_who_has_signed_out_is_told_no_more(backend, stack):
    """Every worker hears that the session has ended and closes its sockets; other sessions of hers are told."""
    sid = backend[0].sign_in(ANNA)
    (gone,) = await readers(stack, backend, sid)
    (here,) = await readers(stack, backend, backend[0].sign_in(ANNA))
    backend[0].post("/api/logout", sid)
    await gone.tab.until(gone.tab.closed.is_set)
    await asyncio.to_thread(notify, backend, "После выхода")
    await here.shows(1)
    assert gone.total == 0

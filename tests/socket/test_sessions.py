"""A session that has ended holds no socket and runs no handler (SECURITY 2.1; test plan 13)."""

import asyncio
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from sqlmodel import select, update

from energo_cabinet.auth.access import Subject
from energo_cabinet.auth.login_session import sha256
from energo_cabinet.models import LoginSession, User, UserStatus
from energo_cabinet.services.sign_in import account
from tests.services.sign_in.test_registration import key_in, letters
from tests.socket.backend import CANARY, PASSWORD
from tests.socket.tab import open_tab
from tests.socket.test_token import POINTS

DEVICES = POINTS.replace("point___points____points_state", "person___devices____devices_state")


def log_out(backend, sid):
    backend.post("/api/logout", sid)


def set_row(backend, sid, **values):
    with backend.session() as session:
        session.exec(update(LoginSession).where(LoginSession.token_sha256 == sha256(sid)).values(**values))
        session.commit()


def idle(backend, sid):
    set_row(backend, sid, idle_until=datetime.now(UTC) - timedelta(seconds=1))


def too_old(backend, sid):
    set_row(backend, sid, expires_at=datetime.now(UTC) - timedelta(seconds=1))


def revoked(backend, sid):
    set_row(backend, sid, revoked_at=datetime.now(UTC))


def reset(backend, sid):
    with backend.session() as session:
        at = Subject("anonymous", datetime.now(UTC), ip="192.0.2.9")
        account.request_reset(session, at, "vera@example.org")
        session.flush()
        key = key_in(letters(session)[-1])
        session.commit()
    backend.post("/api/reset", key=key, password=PASSWORD + "!", password2=PASSWORD + "!")


def disabled(backend, sid):
    with backend.session() as session:
        session.exec(update(User).where(User.email == "grigory@example.org").values(status=UserStatus.DISABLED))
        session.commit()


@pytest.mark.parametrize(
    ("end", "who"),
    [
        (log_out, "anna"),
        (idle, "anna"),
        (too_old, "anna"),
        (revoked, "anna"),
        (reset, "vera"),
        (disabled, "grigory"),
    ],
)
def test_open_socket_is_closed_at_its_next_event_and_the_cookie_is_dead(backend, end, who):
    async def act():
        sid = backend.sign_in(f"{who}@example.org")
        async with open_tab(backend, sid=sid) as tab:
            await tab.hydrate()
            end(backend, sid)
            tab.received.clear()
            async with asyncio.timeout(12):  # the gate asks the database again after 5 s at the latest
                while not tab.closed.is_set():
                    await tab.send(f"{POINTS}.load")
                    await asyncio.sleep(0.3)
            assert CANARY not in tab.text
        async with open_tab(backend, sid=sid) as again:
            await again.send(f"{POINTS}.load")
            return await again.settled()

    assert "/login?next=/points" in asyncio.run(act())


def test_idle_tab_is_closed_without_an_event(backend):
    """An open tab that says nothing loses its socket within half a minute."""

    async def act():
        sid = backend.sign_in("anna@example.org")
        async with open_tab(backend, sid=sid) as tab:
            await tab.hydrate()
            idle(backend, sid)
            await tab.until(tab.closed.is_set, 40)

    asyncio.run(act())


def test_ending_the_other_devices_closes_their_tabs_at_once_and_not_this_one(backend):
    """«Завершить все, кроме этого»: the other browser says nothing and is out within a second or two."""

    async def act():
        here, there = (backend.sign_in("anna@example.org") for _ in range(2))
        async with open_tab(backend, sid=here) as mine, open_tab(backend, sid=there, aid="b" * 43) as other:
            await mine.hydrate()
            await other.hydrate()
            await mine.send(f"{DEVICES}.load", "/profile")
            await mine.send(f"{DEVICES}.ask_end", "/profile", login_id=0)
            await mine.send(f"{DEVICES}.end", "/profile")
            await other.until(other.closed.is_set, 5)
            assert not mine.closed.is_set()

    asyncio.run(act())


def test_other_users_sessions_live_on(backend):
    anna, boris = backend.sign_in("anna@example.org"), backend.sign_in("boris@example.org")
    log_out(backend, anna)
    with backend.session() as session:
        rows = session.exec(select(LoginSession).where(LoginSession.token_sha256 == sha256(boris))).all()
    assert [row.revoked_at for row in rows] == [None]


def test_no_cookie_leaves_by_the_websocket(backend):
    """T10: the browser's script never sees the session."""

    async def act():
        sid = backend.sign_in("anna@example.org")
        async with open_tab(backend, sid=sid) as tab:
            return sid, await tab.hydrate()

    sid, text = asyncio.run(act())
    assert sid not in text


def test_page_of_a_dead_session_takes_the_cookie_back(backend):
    answer = httpx.get(backend.url, headers={"Accept": "text/html"}, cookies={"sid": "x" * 43})
    assert any(cookie.startswith("sid=;") for cookie in answer.headers.get_list("set-cookie"))

"""A tab's token is no authority (SECURITY T1…T4, test plan 2), nor is a foreign origin (T11, T12, test plan 3)."""

import asyncio
import uuid

import httpx
import pytest

from tests.socket.backend import CANARY
from tests.socket.tab import open_tab, refused_tab

POINTS = "reflex___state____state.energo_cabinet___state___point___points____points_state"
STRANGER = "b" * 43


async def shown_to_anna(tab):
    """Анна's list of points is in her tab's state."""
    await tab.hydrate()
    await tab.send(f"{POINTS}.load")
    await tab.until(lambda: CANARY in tab.text)


@pytest.fixture
def anna(backend):
    return backend.sign_in("anna@example.org")


@pytest.fixture
def boris(backend):
    return backend.sign_in("boris@example.org")


async def seen(backend, **given):
    async with open_tab(backend, **given) as tab:
        return await tab.hydrate()


def test_owner_reconnects_and_keeps_the_state(backend, anna):
    async def act():
        token = str(uuid.uuid4())
        async with open_tab(backend, sid=anna, token=token) as tab:
            await shown_to_anna(tab)
        return await seen(backend, sid=anna, token=token)

    assert CANARY in asyncio.run(act())


@pytest.mark.parametrize("is_online", [True, False], ids=["while the owner is online", "after the tab closed"])
def test_copied_token_shows_nothing_of_the_owner(backend, anna, boris, is_online):
    async def replay(token):
        assert await refused_tab(backend, token=token, aid="")
        assert CANARY not in await seen(backend, token=token, aid=STRANGER)
        assert CANARY not in await seen(backend, token=token, sid=boris)
        assert CANARY not in await seen(backend, token=token, sid="x" * 43, aid=STRANGER)

    async def act():
        token = str(uuid.uuid4())
        async with open_tab(backend, sid=anna, token=token) as tab:
            await shown_to_anna(tab)
            if is_online:
                await replay(token)
        if not is_online:
            await replay(token)

    asyncio.run(act())


def test_upload_runs_no_handler_in_the_owners_name(backend, anna, boris):
    async def act():
        token = str(uuid.uuid4())
        async with open_tab(backend, sid=anna, token=token) as tab:
            await shown_to_anna(tab)
            return [post(token, sid) for sid in ("", boris, anna)]

    def post(token, sid):
        headers = {"reflex-client-token": token, "reflex-event-handler": f"{POINTS}.load", "Origin": backend.url}
        cookies = {"sid": sid} if sid else {}
        return httpx.post(f"{backend.url}/_upload", files={"files": b"x"}, headers=headers, cookies=cookies).status_code

    assert asyncio.run(act()) == [403, 403, 403]


@pytest.mark.parametrize("token", ["x", "../../../../etc/passwd", "7", "x" * 5000, "%00"])
def test_token_that_is_no_uuid_is_refused(backend, anna, token):
    assert asyncio.run(refused_tab(backend, sid=anna, token=token))


def test_forged_gate_header_is_replaced(backend):
    async def act():
        async with open_tab(backend, headers={"X-Gate": "sid:0123", "x-gate": "sid:0123"}) as tab:
            await tab.send(f"{POINTS}.load")
            return await tab.settled()

    assert CANARY not in asyncio.run(act())


FOREIGN = ["https://evil.example", "null", "http://localhost.evil.example", "http://localhost", None]


@pytest.mark.parametrize("origin", FOREIGN)
def test_socket_from_elsewhere_is_refused_with_the_victims_cookie(backend, anna, origin):
    assert asyncio.run(refused_tab(backend, sid=anna, origin=origin))


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
def test_own_origins_are_accepted(backend, anna, host):
    origin = f"http://{host}:{backend.port}"
    assert not asyncio.run(refused_tab(backend, sid=anna, origin=origin))
    answer = httpx.post(f"{backend.url}/api/logout", headers={"Origin": origin})
    assert answer.status_code == 303


def test_polling_is_no_way_in(backend, anna):
    address = f"{backend.url}/_event/?EIO=4&transport=polling&token={uuid.uuid4()}"
    assert httpx.get(address, headers={"Origin": backend.url}, cookies={"sid": anna}).status_code == 403

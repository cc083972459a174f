"""Floods, junk and oversize (SECURITY T13…T15, T19…T21; test plan 4, 5, 6)."""

import asyncio

import httpx
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from energo_cabinet.gate_events import well_formed
from tests.socket.tab import HYDRATE, Refused, open_tab

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=8,
)
EVENT = st.fixed_dictionaries({"name": st.just(HYDRATE) | st.text(), "payload": JSON, "router_data": JSON})


def alive(backend):
    return httpx.get(f"{backend.url}/ping").status_code == 200


@settings(max_examples=20, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(events=st.lists(JSON | EVENT, min_size=5, max_size=12))
def test_no_event_crashes_the_backend_or_shows_its_insides(backend, events):
    async def act():
        async with open_tab(backend) as tab:
            for event in events:
                await tab.client.emit("event", event, namespace="/_event")
            return await tab.settled()

    assert "Traceback" not in asyncio.run(act())
    assert alive(backend)


@given(data=JSON | EVENT)
def test_what_passes_the_filter_has_the_types_reflex_expects(data):
    event = well_formed(data)
    if event is not None:
        assert isinstance(event["name"], str)
        assert isinstance(event["payload"], dict)
        assert set(event["router_data"]) <= {"pathname", "asPath", "query"}


def test_unknown_events_leave_no_trace(backend):
    """T14, T15: a thousand of them add nothing to the log and nothing comes back."""
    before = backend.log.stat().st_size

    async def act():
        for _ in range(20):
            async with open_tab(backend) as tab:
                for number in range(50):
                    await tab.send(f"reflex___state____state.no_such_{number}", secret="x" * 200)
                assert all("delta" in update for update in tab.received)

    asyncio.run(act())
    assert backend.log.stat().st_size == before
    assert alive(backend)


def test_frame_of_60_kb_passes_and_70_kb_closes_this_socket_only(backend):
    async def act():
        async with open_tab(backend) as other, open_tab(backend) as tab:
            await tab.send("no.such", text="x" * 60_000)
            assert await tab.hydrate()
            await tab.send("no.such", text="x" * 70_000)
            await tab.until(tab.closed.is_set)
            return await other.hydrate()

    assert asyncio.run(act()) != "[]"


def test_hundred_messages_at_once_close_the_socket(backend):
    async def act():
        async with open_tab(backend) as tab:
            for _ in range(100):
                await tab.send("no.such")
            await tab.until(tab.closed.is_set)

    asyncio.run(act())


def test_eleventh_socket_of_a_visitor_is_refused_until_one_closes(backend):
    async def act():
        tabs = [open_tab(backend, aid="c" * 43) for _ in range(11)]
        for tab in tabs[:10]:
            await tab.__aenter__()
        with pytest.raises(Refused):
            await tabs[10].__aenter__()
        await tabs[0].__aexit__(None, None, None)
        async with asyncio.timeout(10):
            while await refused(backend):
                await asyncio.sleep(0.1)
        for tab in tabs[1:10]:
            await tab.__aexit__(None, None, None)

    async def refused(backend):
        try:
            async with open_tab(backend, aid="c" * 43):
                return False
        except Refused:
            return True

    asyncio.run(act())

"""Arguments that no page of ours sends: nothing runs, nothing fails, nothing is logged (attacks: «Smaller»)."""

from __future__ import annotations

import asyncio

import pytest

from energo_cabinet import energo_cabinet as application
from energo_cabinet.gate_events import FRAMEWORK
from tests.socket.tab import HYDRATE, ROOT_STATE, open_tab
from tests.socket.test_handlers import CLOSED

assert application.app
UPDATE = next(name for name in FRAMEWORK if name.endswith(".update_vars_internal"))
FAULT = next(name for name in FRAMEWORK if name.endswith(".handle_frontend_exception"))
ON_LOAD = next(name for name in FRAMEWORK if name.endswith(".on_load_internal"))


def handler(ending):
    (found,) = (name for name in CLOSED if name.endswith(ending))
    return found


CHOOSE, SEARCH, MORE = (
    handler(f"__{name}") for name in ("staff_settings_state.choose", "tickets_state.search", "tickets_state.more")
)
EVENTS = [
    *((CHOOSE, {"supplier_id": value}) for value in (7, None, [], {"a": 1}, "\ud800")),
    *((SEARCH, {"form": value}) for value in ({"text": "\ud800"}, "text", None, ["text"])),
    (MORE, {"x": 1}),
    *((UPDATE, {"vars": value}) for value in ("x", None, 7, ["x"], {"no.such": 1}, {ROOT_STATE: "x"}, {"": 1})),
    *((f"{ROOT_STATE}.hydrate_and_load", {"vars": value}) for value in ("x", 7, ["x"], {"no.such": 1}, {"": 1})),
    *((f"{ROOT_STATE}.hydrate_and_load", {"hashes": value}) for value in ("x", 7, {"a": 1}, [[1]], [{"a": "b"}])),
    (f"{ROOT_STATE}.set_is_hydrated", {"value": "yes"}),
    (FAULT, {"info": 7, "component_stack": []}),
]
"""Handler, payload."""
QUERIES = [{"point_id": ["a", "b"]}, {"point_id": [["a"]]}, {"point_id": {"a": 1}}, {"text": "\ud800"}, {"period": 7}]


@pytest.fixture
def quiet(backend):
    """The log must not grow by more than what says who was denied."""
    before = backend.log.stat().st_size
    yield
    written = backend.log.read_bytes()[before:].decode()
    assert "Traceback" not in written and "a handler failed" not in written, written


@pytest.mark.parametrize("who", ["anna@example.org", ""])
@pytest.mark.usefixtures("quiet")
def test_arguments_of_other_types_reach_no_handler(backend, who):
    async def act():
        async with open_tab(backend, sid=backend.sign_in(who) if who else "") as tab:
            await tab.hydrate()
            for name, given in EVENTS:
                await tab.send(name, "/tickets", {}, **given)
            return await tab.settled()

    assert '"is_shown_rx_state_": true' not in asyncio.run(act())


@pytest.mark.usefixtures("quiet")
def test_a_query_of_lists_and_worse_is_read_as_its_last_word(backend):
    async def act():
        sid = backend.sign_in("anna@example.org")
        for query in QUERIES:
            async with open_tab(backend, sid=sid) as tab:
                for name in (HYDRATE, ON_LOAD):
                    await tab.send(name, "/points/[point_id]/profile", query)
                await tab.settled()
        return True

    assert asyncio.run(act())

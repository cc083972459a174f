"""Every event handler is closed to whoever may not run it (SECURITY T5, T6, T25; test plan 1, 7)."""

import asyncio
import inspect
from typing import get_origin, get_type_hints

import pytest
from reflex_base.registry import RegistrationContext
from sqlmodel import SQLModel

from energo_cabinet import energo_cabinet as application
from energo_cabinet.auth.access import RULES, STATE_ACCESS
from energo_cabinet.auth.login_session import SESSIONS
from energo_cabinet.domain.event_arguments import fits
from energo_cabinet.gate_events import FRAMEWORK, is_allowed, rule_of
from energo_cabinet.startup import unsafe_states
from tests.socket.backend import CANARY, running_backend
from tests.socket.tab import open_tab

assert application.app
HANDLERS = {
    name: list(inspect.signature(found.handler.fn).parameters)[1:]
    for name, found in RegistrationContext.get().event_handlers.items()
}
CLOSED = sorted(name for name in HANDLERS if name not in FRAMEWORK and rule_of(name) != "public")
CUSTOMERS = sorted(name for name in CLOSED if rule_of(name) == "customer")

STAFF = sorted(name for name in CLOSED if rule_of(name).startswith("staff:"))


TOGETHER = 25
"""Events sent before their answers are awaited."""


@pytest.fixture(scope="module")
def backend(tmp_path_factory):
    """A backend that takes events as fast as we send them: the limit of a browser is tested elsewhere (test_abuse)."""
    wide = {"ENERGO_SOCKET_RATE": "100000", "ENERGO_SOCKET_BURST": "100000"}
    with running_backend(tmp_path_factory.mktemp("handlers"), **wide) as running:
        yield running


def content(backend):
    """All rows but those that sign-ins make (sessions, what tells other tabs of them) and codes shown to oneself."""
    own = {"loginsession", "known_browser", "job_lease", "pairing"}
    with backend.engine.connect() as connection:
        tables = [table for table in SQLModel.metadata.sorted_tables if table.name not in own]
        rows = {table.name: connection.execute(table.select()).all() for table in tables}
    return rows | {"live_event": [row for row in rows["live_event"] if row.topic != SESSIONS]}


def payload(name, backend):
    """Arguments an attacker would try: Анна's id for every one of them."""
    form = {
        "id": backend.point_id,
        "title": "взлом",
        "supplier_id": 1,
        "login": "x",
        "password": "x",
        "first": "2026-11-01",
    }
    of_kind = {str: str(backend.point_id), bool: True, dict: form, list: [backend.point_id]}
    return {given: of_kind.get(kind, backend.point_id) for given, kind in kinds(name).items()}


def kinds(name):
    """The types of a handler's arguments; what the gate would not let through would prove nothing here."""
    hints = get_type_hints(RegistrationContext.get().event_handlers[name].handler.fn)
    return {given: get_origin(hints.get(given)) or hints.get(given) for given in HANDLERS[name]}


def test_what_is_tried_passes_the_gate(backend):
    handlers = RegistrationContext.get().event_handlers
    assert [name for name in CLOSED if not fits(handlers[name].handler.fn, payload(name, backend))] == []


def call_all(backend, names, **who):
    """What comes back when each handler is called in a tab of its own kind of page."""

    async def act():
        async with open_tab(backend, **who) as tab:
            for number, name in enumerate(names, 1):
                point = str(backend.point_id)
                await tab.send(name, f"/points/{point}", {"point_id": point}, **payload(name, backend))
                if number % TOGETHER == 0:
                    await tab.settled()
            return await tab.settled()

    return asyncio.run(act())


def test_every_state_has_a_rule_and_only_known_rules_exist():
    assert unsafe_states() == []
    assert set(STATE_ACCESS.values()) <= RULES
    assert CUSTOMERS


def test_anonymous_caller_runs_none_of_the_closed_handlers(backend):
    before = content(backend)
    came_back = call_all(backend, CLOSED)
    assert CANARY not in came_back
    assert '"error"' not in came_back
    assert content(backend) == before


def test_stranger_gets_nothing_of_another_owner_from_any_handler(backend):
    before = content(backend)
    assert CANARY not in call_all(backend, sorted(set(HANDLERS) - FRAMEWORK), sid=backend.sign_in("boris@example.org"))
    assert content(backend) == before


def test_staff_of_another_supplier_get_nothing_from_any_handler_of_staff(backend):
    """Дарья may run them all, and changes nothing of what is Анна's or her supplier's."""
    own = ("supplier", "contract", "contractlink", "metering_point", "ticket", "user_account", "profile_day")
    before = {name: rows[:1] for name, rows in content(backend).items() if name in own}
    assert CANARY not in call_all(backend, STAFF, sid=backend.sign_in("darya@example.org"))
    assert {name: rows[:1] for name, rows in content(backend).items() if name in own} == before


def test_anonymous_page_view_is_sent_to_sign_in(backend):
    """A customer's page asks for its data and the visitor lands on the form, with the way back."""
    load = next(name for name in CUSTOMERS if name.endswith("points_state.load"))
    came_back = call_all(backend, [load])
    assert f"/login?next=/points/{backend.point_id}" in came_back


@pytest.mark.parametrize("name", CLOSED)
def test_default_is_deny(name):
    assert not is_allowed(name, "", None)
    assert not is_allowed(name, "aid", None)
    assert not is_allowed(name, "sid", None)


def test_setvar_of_no_state_is_open():
    assert [name for name in HANDLERS if name.endswith(".setvar") and is_allowed(name, "sid", object())] == []

"""The gate for events: default deny by the rule of the state class, and unknown names dropped before the queue."""

from __future__ import annotations

import logging
from typing import Any
from urllib.parse import parse_qs, quote

import reflex as rx
from reflex.middleware import Middleware
from reflex.state import StateUpdate
from reflex_base.event import Event
from reflex_base.event.context import EventContext
from reflex_base.registry import RegistrationContext

from energo_cabinet import routes
from energo_cabinet.auth.access import STATE_ACCESS
from energo_cabinet.auth.session_cache import LiveSession, live_session
from energo_cabinet.domain.event_arguments import fits, is_clean
from energo_cabinet.door import cookie_name, cookie_value
from energo_cabinet.gate import sockets
from energo_cabinet.live.tabs import Tab, note_tab

_ROOT = "reflex___state____state"
_INNER = f"{_ROOT}.reflex___state____"
FRAMEWORK = frozenset(
    {
        f"{_ROOT}.hydrate",
        f"{_ROOT}.hydrate_and_load",
        f"{_ROOT}.set_is_hydrated",
        f"{_INNER}on_load_internal_state.on_load_internal",
        f"{_INNER}on_load_internal_state.set_is_hydrated",
        f"{_INNER}update_vars_internal_state.update_vars_internal",
        f"{_INNER}frontend_event_exception_state.handle_frontend_exception",
    }
)
"""Handlers of Reflex itself that every page needs; they touch no data of ours."""

log = logging.getLogger(__name__)


class EventGate(Middleware):
    """Runs before every handler: of the browser's events, chained, on_load and background ones."""

    async def preprocess(self, app: rx.App, state: Any, event: Event) -> StateUpdate | None:
        """None lets the handler run; an update stops it."""
        router = EventContext.get().router_data or {}
        headers = router.get("headers", {})  # the handshake's; never state.router, it may be another's
        kind, _, socket_id = headers.get("x-gate", "").partition(":")
        sid = cookie_value(headers.get("cookie", ""), cookie_name("sid"))
        session = await live_session(sid)
        if kind == "sid" and session is None:
            return _end(socket_id)
        if kind == "sid" and session is not None and socket_id in sockets:
            note_tab(socket_id, Tab(EventContext.get().token, session.user_id, sid, sockets[socket_id].end))
        if is_allowed(event.name, kind, session):
            return None
        log.warning("denied %s to %s", event.name, kind or "nobody")
        return _turn_away(kind, rule_of(event.name), router)


def rule_of(name: str) -> str:
    """The rule of the state class that handles event `name`; "deny" without one."""
    owner, _, handler = name.rpartition(".")
    return "deny" if handler == "setvar" else STATE_ACCESS.get(owner, "deny")


def is_allowed(name: str, kind: str, session: LiveSession | None) -> bool:
    """Whether a socket of `kind` ("sid", "aid", "" for none) may run handler `name`."""
    if kind not in ("sid", "aid"):
        return False
    if name in FRAMEWORK or rule_of(name) == "public":
        return True
    if kind != "sid" or session is None:
        return False
    rule = rule_of(name)
    return rule == "customer" or (rule.startswith("staff:") and rule.partition(":")[2] in session.permissions)


def drop_unknown(app: rx.App) -> None:
    """Let only events of known handlers, with arguments of theirs, into the queue: others fill memory and the log."""
    namespace = app.event_namespace
    assert namespace is not None
    inner, known = namespace.on_event, RegistrationContext.get().event_handlers

    async def on_event(sid: str, data: Any = None) -> None:
        event = well_formed(data)
        handler = known.get(event["name"]) if event is not None else None
        if event is not None and handler is not None and fits(handler.handler.fn, event["payload"]):
            await inner(sid, event)

    namespace.on_event = on_event  # type: ignore[method-assign]


def well_formed(data: Any) -> dict[str, Any] | None:
    """The parts of an event that Reflex reads, with the types it expects; None for anything else."""
    if not isinstance(data, dict) or not isinstance(data.get("name"), str):
        return None
    payload, router = data.get("payload") or {}, data.get("router_data") or {}
    if not isinstance(payload, dict) or not isinstance(router, dict):
        return None
    if data["name"] in FRAMEWORK and isinstance(payload.get("vars"), dict):
        payload = payload | {"vars": {}}  # what a browser stores for states: none of ours has it, other names fail
    clean = {key: router[key] for key in ("pathname", "asPath") if isinstance(router.get(key), str)}
    query = router.get("query")
    if isinstance(query, dict):
        last = {key: value[-1] if isinstance(value, list) and value else value for key, value in query.items()}
        clean["query"] = {key: value for key, value in last.items() if isinstance(value, str) and is_clean(value)}
    return {"name": data["name"], "payload": payload, "router_data": clean}


def _end(socket_id: str) -> StateUpdate:
    """Close the socket of an ended session; the tab reconnects as a visitor and is sent to sign in."""
    socket = sockets.get(socket_id)
    if socket is not None:
        socket.end()
    return StateUpdate()


def _turn_away(kind: str, rule: str, router: dict[str, Any]) -> StateUpdate:
    """A visitor is sent to sign in; somebody signed in who is no staff, from `/staff` to their own cabinet."""
    if kind == "aid" and (rule == "customer" or rule.startswith("staff:")):
        return _to_sign_in(router)
    if kind == "sid" and rule == "staff:member":
        return StateUpdate(events=Event.from_event_type(rx.redirect(routes.START)))
    return StateUpdate()


def _to_sign_in(router: dict[str, Any]) -> StateUpdate:
    path = str(router.get("asPath") or router.get("pathname") or "")
    # The second denied on_load event of a page already carries the query of the first one's redirect.
    path = parse_qs(path.partition("?")[2]).get("next", [path])[0]
    target = f"{routes.LOGIN}?next={quote(path, safe='/')}" if path.startswith("/") else routes.LOGIN
    return StateUpdate(events=Event.from_event_type(rx.redirect(target)))

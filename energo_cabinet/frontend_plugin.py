"""Build step: the websocket goes to the page's own host and port.

Reflex bakes `ws://localhost:<port of the build>` into the bundle and keeps that port on http. One build must serve any
port, any proxy and the tests' free ports, so the generated client takes host and port from the page's address.
"""

from __future__ import annotations

from typing import Any

import reflex as rx

BAKED = "endpoint.hostname = frontend_hostname;"


class SameOriginPlugin(rx.plugins.Plugin):
    """Patch `utils/state.js` of the generated front end; fails the build if the line is gone."""

    def pre_compile(self, **context: Any) -> None:
        """Register the patch."""
        context["add_modify_task"]("utils/state.js", _own_port)


def _own_port(source: str) -> str:
    if "endpoint.port = window.location.port;" in source:
        return source
    if BAKED not in source:
        raise RuntimeError("utils/state.js of this Reflex version has no line to patch: review frontend_plugin.py")
    return source.replace(BAKED, BAKED + "\n    endpoint.port = window.location.port;")

"""What to read anew in an open tab when something has changed for its user: states register themselves by topic."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

Refresh = Callable[[Any], Awaitable[None]]
"""Takes the tab's root state, locked; reads through the states' own `_ask`, so as the tab's user."""

_refreshes: dict[str, list[Refresh]] = {}


def on_change(topic: str) -> Callable[[Refresh], Refresh]:
    """Run the function in every open tab of a user after a live event of `topic` for that user."""

    def register(refresh: Refresh) -> Refresh:
        _refreshes.setdefault(topic, []).append(refresh)
        return refresh

    return register


def refreshes_of(topic: str) -> list[Refresh]:
    """What is registered for a topic."""
    return _refreshes.get(topic, [])

"""Brings open tabs up to date: their states read anew under their lock, Reflex sends what came out different."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable

import reflex as rx
from reflex.state import BaseState

from energo_cabinet.auth.session_cache import live_session
from energo_cabinet.errors import NotSignedIn
from energo_cabinet.live.tabs import Tab
from energo_cabinet.live.topics import refreshes_of

AT_ONCE = 16
GIVE_UP_S = 30.0
"""A tab whose lock is held longer reads anew by itself when it comes to life again."""

log = logging.getLogger(__name__)


class Pusher:
    """One of a process. A busy tab waits for its own lock and holds up nobody; what comes meanwhile is joined."""

    def __init__(self, app: rx.App) -> None:
        self._app = app
        self._slots = asyncio.Semaphore(AT_ONCE)
        self._waiting: dict[str, set[str]] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def push(self, tab: Tab, topics: Iterable[str]) -> None:
        """Have a tab read these topics anew, soon."""
        waiting = self._waiting.get(tab.token)
        if waiting is not None:
            waiting.update(topics)
            return
        self._waiting[tab.token] = set(topics)
        task = asyncio.create_task(self._deliver(tab))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _deliver(self, tab: Tab) -> None:
        topics: set[str] | None = None
        try:
            async with self._slots, asyncio.timeout(GIVE_UP_S):
                if await live_session(tab.sid) is None:
                    return
                async with self._app.modify_state(rx.BaseStateToken(ident=tab.token, cls=rx.State)) as root:
                    topics = self._waiting.pop(tab.token)
                    await _refresh(root, topics)
        except Exception:
            log.exception("a tab was not brought up to date")
        finally:
            if topics is None:
                del self._waiting[tab.token]


async def _refresh(root: BaseState, topics: set[str]) -> None:
    for topic in sorted(topics):
        for refresh in refreshes_of(topic):
            try:
                await refresh(root)
            except NotSignedIn:
                return
            except Exception:
                log.exception("%s failed", refresh.__name__)

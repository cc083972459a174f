"""The lifespan task of every worker: looks at the feed when the bell rings, and by itself in case a ring was lost."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import TypeVar

import reflex as rx
from redis.asyncio import Redis
from redis.exceptions import RedisError

from energo_cabinet.auth.login_session import SESSIONS
from energo_cabinet.auth.session_cache import forget_sessions, live_session
from energo_cabinet.live import bell
from energo_cabinet.live.feed import open_feed
from energo_cabinet.live.push import Pusher
from energo_cabinet.live.tabs import tabs_of
from energo_cabinet.settings import get_settings

LOOK_EVERY_S = 0.2
"""Without Redis another process cannot ring, so the server (never the browser) reads one indexed row so often."""
LOOK_ANYWAY_S = 5.0
"""While Redis rings."""
AFTER_FAULT_S = 1.0
LONGEST_READ_S = 20.0

T = TypeVar("T")

log = logging.getLogger(__name__)


async def watch(app: rx.App) -> None:
    """Push what changes to this worker's tabs, until cancelled."""
    feed, pusher, bells = await _until_it_works(open_feed), Pusher(app), _Bells()
    log.info("live events are watched")
    async with bells.heard():
        while True:
            await bells.wait()
            for user_id, topics in feed.take(await _until_it_works(feed.look)).items():
                if SESSIONS in topics:
                    await _close_ended(user_id)
                for tab in tabs_of(user_id):
                    pusher.push(tab, topics)


async def _close_ended(user_id: int) -> None:
    """Close the sockets of a user's ended sessions now, not when they say something next."""
    forget_sessions()
    for tab in tabs_of(user_id):
        if await live_session(tab.sid) is None:
            tab.end()


async def _until_it_works(read: Callable[[], T]) -> T:
    """Read off the event loop; again after a fault or a hang, for nobody else would start the watch anew."""
    while True:
        try:
            async with asyncio.timeout(LONGEST_READ_S):
                return await asyncio.to_thread(read)
        except Exception:
            log.exception("the live feed could not be read")
        await asyncio.sleep(AFTER_FAULT_S)


class _Bells:
    """The process's own bell and Redis's."""

    def __init__(self) -> None:
        self._rung = asyncio.Event()
        self._is_redis_on = False

    async def wait(self) -> None:
        """Until it rings, or it is time to look anyway."""
        with suppress(TimeoutError):
            async with asyncio.timeout(LOOK_ANYWAY_S if self._is_redis_on else LOOK_EVERY_S):
                await self._rung.wait()
        self._rung.clear()

    @asynccontextmanager
    async def heard(self) -> AsyncIterator[None]:
        """Listen to both."""
        loop = asyncio.get_running_loop()

        def listener() -> None:
            loop.call_soon_threadsafe(self._rung.set)

        bell.listeners.add(listener)
        task = asyncio.create_task(self._listen(get_settings().redis_url))
        try:
            yield
        finally:
            bell.listeners.discard(listener)
            task.cancel()

    async def _listen(self, url: str) -> None:
        while url:
            try:
                async with Redis.from_url(url) as redis, redis.pubsub() as channel:
                    await channel.subscribe(bell.CHANNEL)
                    self._is_redis_on = True
                    async for _ in channel.listen():
                        self._rung.set()
            except (RedisError, OSError) as error:
                log.warning("live rings do not come through: %s", error)
            self._is_redis_on = False
            await asyncio.sleep(AFTER_FAULT_S)

"""Rung after a commit that wrote live events, so that watchers look at the feed at once instead of at their next turn.

In this process by a callback, on other workers and from other processes through Redis when there is one. A ring that
gets lost costs a moment, never an event: the feed is in the database.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from redis import Redis, RedisError
from sqlalchemy import event
from sqlalchemy.orm import Session

from energo_cabinet.models import LiveEvent
from energo_cabinet.settings import get_settings

CHANNEL = "energo:live"
TIMEOUT_S = 0.5
_MARK = "live"

listeners: set[Callable[[], None]] = set()
"""Called in whatever thread has committed."""

log = logging.getLogger(__name__)


def ring() -> None:
    """Tell every watcher to look."""
    for listener in tuple(listeners):
        listener()
    redis = _redis(get_settings().redis_url)
    if redis is not None:
        try:
            redis.publish(CHANNEL, b"")
        except RedisError as error:
            log.warning("Redis did not take a live ring: %s", error)


@event.listens_for(Session, "after_flush")
def _notice(session: Session, _context: Any) -> None:
    if any(isinstance(row, LiveEvent) for row in session.new):
        session.info[_MARK] = True


@event.listens_for(Session, "after_commit")
def _after_commit(session: Session) -> None:
    if session.info.pop(_MARK, False):
        ring()


@event.listens_for(Session, "after_rollback")
def _after_rollback(session: Session) -> None:
    session.info.pop(_MARK, None)


@lru_cache
def _redis(url: str) -> Redis | None:
    return Redis.from_url(url, socket_timeout=TIMEOUT_S, socket_connect_timeout=TIMEOUT_S) if url else None

"""Rate limits of SECURITY 2.3: named in settings, counted in memory or in Redis, shared by REST and websocket.

While Redis is away each process counts for itself: who signs in is not shut out, and who guesses not let in.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from functools import lru_cache
from math import ceil
from typing import TypeVar

from limits import RateLimitItem, parse
from limits.errors import StorageError
from limits.storage import MemoryStorage, Storage, storage_from_string
from limits.strategies import FixedWindowRateLimiter

from energo_cabinet.domain.ip_network import networks
from energo_cabinet.errors import TooManyAttempts
from energo_cabinet.settings import get_settings

TIMEOUT_S, AGAIN_S = 0.5, 5.0
"""So long Redis may take to answer, and so long it is not asked after it did not."""
T = TypeVar("T")
log = logging.getLogger(__name__)

_own = MemoryStorage()
_away_until = 0.0


@lru_cache
def _storage(redis_url: str) -> Storage:
    if not redis_url:
        return _own
    waits = {"socket_timeout": TIMEOUT_S, "socket_connect_timeout": TIMEOUT_S}
    return storage_from_string(redis_url, wrap_exceptions=True, **waits)  # type: ignore[return-value]


def _counted(count: Callable[[FixedWindowRateLimiter], T]) -> T:
    global _away_until
    if time.monotonic() >= _away_until:
        try:
            return count(FixedWindowRateLimiter(_storage(get_settings().redis_url)))
        except StorageError as error:
            _away_until = time.monotonic() + AGAIN_S
            log.warning("Redis does not count, this process does: %s", type(error.storage_error).__name__)
    return count(FixedWindowRateLimiter(_own))


def take(limit: str, *keys: str) -> None:
    """Count one attempt against `limit` ("5/15minutes") for `keys`; TooManyAttempts(minutes) beyond it.

    The attempt is counted before the work, so that parallel attempts cannot slip under the limit.
    """
    item = parse(limit)
    if not _hit(item, *keys):
        raise TooManyAttempts(_minutes_left(item, keys))


def take_from(limit: str, name: str, ip: str) -> None:
    """`take` for an address: counted by its networks, so that nobody multiplies it by choosing another of their own."""
    for where, times in networks(ip):
        item = parse(limit)
        wider = type(item)(item.amount * times, item.multiples)
        if not _hit(wider, name, where):
            raise TooManyAttempts(_minutes_left(wider, (name, where)))


def give_back_from(limit: str, name: str, ip: str) -> None:
    """Uncount what `take_from` has counted."""
    for where, times in networks(ip):
        item = parse(limit)
        _hit(type(item)(item.amount * times, item.multiples), name, where, cost=-1)


def give_back(limit: str, *keys: str) -> None:
    """Uncount an attempt that turned out to be no failure."""
    _hit(parse(limit), *keys, cost=-1)


def forget(limit: str, *keys: str) -> None:
    """Start counting from zero, as after a correct password."""
    item = parse(limit)
    _counted(lambda limiter: limiter.clear(item, *keys))


def forget_all() -> None:
    """Start every count from zero; for tests and the command line."""
    _own.reset()
    _storage(get_settings().redis_url).reset()


def _hit(item: RateLimitItem, *keys: str, cost: int = 1) -> bool:
    return _counted(lambda limiter: limiter.hit(item, *keys, cost=cost))


def _minutes_left(item: RateLimitItem, keys: tuple[str, ...]) -> int:
    reset_at = _counted(lambda limiter: limiter.get_window_stats(item, *keys)).reset_time
    return max(1, ceil((reset_at - time.time()) / 60))

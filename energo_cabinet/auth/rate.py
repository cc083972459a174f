"""Rate limits of SECURITY 2.3: named in settings, counted in memory or in Redis, shared by REST and websocket."""

from __future__ import annotations

import time
from functools import lru_cache
from math import ceil

from limits import RateLimitItem, parse
from limits.storage import Storage, storage_from_string
from limits.strategies import FixedWindowRateLimiter

from energo_cabinet.domain.ip_network import networks
from energo_cabinet.errors import TooManyAttempts
from energo_cabinet.settings import get_settings


@lru_cache
def _storage(redis_url: str) -> Storage:
    return storage_from_string(redis_url or "memory://")  # type: ignore[return-value]


def _limiter() -> FixedWindowRateLimiter:
    return FixedWindowRateLimiter(_storage(get_settings().redis_url))


def take(limit: str, *keys: str) -> None:
    """Count one attempt against `limit` ("5/15minutes") for `keys`; TooManyAttempts(minutes) beyond it.

    The attempt is counted before the work, so that parallel attempts cannot slip under the limit.
    """
    item = parse(limit)
    if not _limiter().hit(item, *keys):
        raise TooManyAttempts(_minutes_left(item, keys))


def take_from(limit: str, name: str, ip: str) -> None:
    """`take` for an address: counted by its networks, so that nobody multiplies it by choosing another of their own."""
    for where, times in networks(ip):
        item = parse(limit)
        wider = type(item)(item.amount * times, item.multiples)
        if not _limiter().hit(wider, name, where):
            raise TooManyAttempts(_minutes_left(wider, (name, where)))


def give_back_from(limit: str, name: str, ip: str) -> None:
    """Uncount what `take_from` has counted."""
    for where, times in networks(ip):
        item = parse(limit)
        _limiter().hit(type(item)(item.amount * times, item.multiples), name, where, cost=-1)


def give_back(limit: str, *keys: str) -> None:
    """Uncount an attempt that turned out to be no failure."""
    _limiter().hit(parse(limit), *keys, cost=-1)


def forget(limit: str, *keys: str) -> None:
    """Start counting from zero, as after a correct password."""
    _limiter().clear(parse(limit), *keys)


def forget_all() -> None:
    """Start every count from zero; for tests and the command line."""
    _storage(get_settings().redis_url).reset()


def _minutes_left(item: RateLimitItem, keys: tuple[str, ...]) -> int:
    reset_at = _limiter().get_window_stats(item, *keys).reset_time
    return max(1, ceil((reset_at - time.time()) / 60))

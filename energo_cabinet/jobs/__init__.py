"""Background work, a lifespan task of every worker; the one that holds the lease does it."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable
from functools import partial

from energo_cabinet import door
from energo_cabinet.gateways.mail import make_gateway
from energo_cabinet.jobs.outbox import deliver_due
from energo_cabinet.services.job_lease import hold_lease, release_lease
from energo_cabinet.settings import get_settings

PAUSE_S = 1.0
AFTER_FAULT_S = 5.0
LEASE_S = 30

log = logging.getLogger(__name__)


async def run() -> None:
    """Deliver letters until cancelled."""
    owner = secrets.token_hex(8)
    gateway = make_gateway(get_settings())
    try:
        while True:
            await asyncio.sleep(await _round(owner, partial(deliver_due, gateway)))
    finally:
        await asyncio.to_thread(door.run_as_system, release_lease, "outbox", owner)


async def _round(owner: str, work: Callable[[], Awaitable[object]]) -> float:
    """Do the work if the lease is ours; seconds to wait before the next round."""
    try:
        if await asyncio.to_thread(door.run_as_system, hold_lease, "outbox", owner, LEASE_S):
            await work()
    except Exception:
        log.exception("background work failed")
        return AFTER_FAULT_S
    return PAUSE_S

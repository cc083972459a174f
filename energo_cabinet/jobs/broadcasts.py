"""Broadcasts of suppliers: queued when their time has come, told in batches, a bounded number of them a round."""

from __future__ import annotations

import asyncio

from energo_cabinet import door
from energo_cabinet.services.broadcast.delivery import BATCH, deliver_batch, start_due

AT_ONCE = 40
"""Batches of a round: the lease is prolonged between rounds, and other writers have their turn."""


async def deliver_broadcasts(size: int = BATCH) -> int:
    """Queue what is due, tell the next people; how many."""
    while await asyncio.to_thread(door.run_as_system, start_due) is not None:
        pass
    told = 0
    for _ in range(AT_ONCE):
        count = await asyncio.to_thread(door.run_as_system, deliver_batch, size)
        if not count:
            break
        told += count
    return told

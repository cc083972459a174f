"""Every second: targets with new values are held against their limits and plans."""

from __future__ import annotations

import asyncio

from energo_cabinet import door
from energo_cabinet.services.control.limit_evaluation import evaluate_due


async def evaluate_limits() -> int:
    """Evaluate everything that waits; how many targets."""
    done = 0
    while found := await asyncio.to_thread(door.run_as_system, evaluate_due):
        done += found
    return done

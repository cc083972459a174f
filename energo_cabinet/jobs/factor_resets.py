"""Second factors that are lost go when the waiting time is over and nobody has stopped it."""

from __future__ import annotations

import asyncio

from energo_cabinet import door
from energo_cabinet.services.staff.factor_reset import carry_out_resets


async def reset_factors() -> int:
    """How many are gone."""
    return await asyncio.to_thread(door.run_as_system, carry_out_resets)

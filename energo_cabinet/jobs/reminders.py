"""Hourly: notifications found in the data, and the tidying of the live feed."""

from __future__ import annotations

import asyncio

from energo_cabinet import door
from energo_cabinet.services.notice.live_event import forget_changes
from energo_cabinet.services.reminders.debt import remind_of_debt
from energo_cabinet.services.reminders.meter import remind_of_missing_data, remind_of_verification
from energo_cabinet.services.reminders.reading import remind_of_readings


async def remind() -> int:
    """Notify of what is due and not told yet; how many notifications came of it."""
    found = 0
    for service in (remind_of_verification, remind_of_missing_data, remind_of_debt, remind_of_readings):
        found += await asyncio.to_thread(door.run_as_system, service)
    await asyncio.to_thread(door.run_as_system, forget_changes)
    return found

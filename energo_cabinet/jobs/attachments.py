"""Hourly: files that were uploaded and never sent are deleted."""

from __future__ import annotations

import asyncio

from energo_cabinet import door
from energo_cabinet.services.attachment import drop, forget_unclaimed, keys_without_row


async def tidy_attachments() -> int:
    """Delete rows first, then the bytes that no row knows any more; how many files went."""
    await asyncio.to_thread(door.run_as_system, forget_unclaimed)
    keys = await asyncio.to_thread(door.run_as_system, keys_without_row)
    await asyncio.to_thread(drop, keys)
    return len(keys)

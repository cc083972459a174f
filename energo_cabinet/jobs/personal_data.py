"""Exports of personal data as they are asked for; hourly, erasures whose term is over, and files and looks whose days
are.
"""

from __future__ import annotations

import asyncio
import logging
from functools import partial

from energo_cabinet import door
from energo_cabinet.services.person.erasure import erase_due
from energo_cabinet.services.person.export import (
    claim_export,
    export_done,
    export_percent,
    remove_old_exports,
    write_export,
)
from energo_cabinet.services.staff.look import forget_looks

log = logging.getLogger(__name__)


async def write_exports() -> int:
    """Write what was asked for; how many."""
    return await asyncio.to_thread(_write_all)


async def tidy_personal_data() -> int:
    """Erase what is due, remove old archives; how many accounts were erased."""
    erased = await asyncio.to_thread(door.run_as_system, erase_due)
    await asyncio.to_thread(door.run_as_system, remove_old_exports)
    await asyncio.to_thread(door.run_as_system, forget_looks)
    return erased


def _write_all() -> int:
    written = 0
    while (due := door.run_as_system(claim_export)) is not None:
        try:
            name = door.run_as_system(write_export, due.user_id, partial(_tell, due.id))
        except Exception:
            log.exception("an export failed")
            name = ""
        door.run_as_system(export_done, due.id, name)
        written += 1
    return written


def _tell(export_id: int, percent: int) -> None:
    """In a transaction of its own, so that the page sees it while the writing goes on."""
    if percent % 20 == 0 and percent:
        door.run_as_system(export_percent, export_id, percent)

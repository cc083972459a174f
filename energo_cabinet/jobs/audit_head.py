"""The end of the audit journal is noted outside of the database once a day."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

from energo_cabinet import door
from energo_cabinet.services.staff.audit import seal_head
from energo_cabinet.services.staff.audit_head import heads_file, note, noted_heads

EVERY = timedelta(days=1)


async def note_head() -> None:
    """Note it, unless it was noted within a day or is the same."""
    await asyncio.to_thread(note_head_at, datetime.now(UTC))


def note_head_at(at: datetime) -> None:
    """The same at a moment, in this thread."""
    path = heads_file()
    before = noted_heads(path)
    if before and at - before[-1].at < EVERY:
        return
    head = door.run_as_system(seal_head)
    if head is not None and not (before and before[-1].entries == head.entries):
        note(path, head)

"""Brings the data of suppliers behind the protocol here: what has changed, then what waits to be fetched, page by page.

The network is talked to between transactions; a killed job goes on from the cursors that were committed.
"""

from __future__ import annotations

import asyncio
import logging
import time

from energo_cabinet import door
from energo_cabinet.gateways.supplier import SupplierUnavailable
from energo_cabinet.gateways.supplier_client import ContractGone, CursorExpired, SupplierClient
from energo_cabinet.jobs.supplier_threads import in_supplier_thread
from energo_cabinet.services.exchange.answer import ask
from energo_cabinet.services.exchange.sync import (
    SyncTask,
    changes_cursor,
    forget_changes_cursor,
    next_task,
    note_changes,
    store_answer,
    task_failed,
)
from energo_cabinet.services.exchange.turn import client_of, due_suppliers, reason_of, sync_failed, sync_succeeded

LONGEST_ROUND_S = 30.0
"""A supplier with much to tell lets the others have their turn, and the lease be prolonged."""
FAILURES_A_ROUND = 3

log = logging.getLogger(__name__)


async def sync_suppliers() -> int:
    """Every supplier whose turn it is, side by side; how many answered."""
    due = await asyncio.to_thread(door.run_as_system, due_suppliers)
    return sum(await asyncio.gather(*(in_supplier_thread(sync_supplier, key) for key in due)))


def sync_supplier(supplier_id: int) -> bool:
    """One turn of a supplier: at most LONGEST_ROUND_S; False when it does not answer."""
    end = time.monotonic() + LONGEST_ROUND_S
    try:
        client = door.run_as_system(client_of, supplier_id)
        _read_changes(client, supplier_id, end)
        has_more = _fetch(client, supplier_id, end)
    except SupplierUnavailable as error:
        log.warning("supplier %s does not answer: %s", supplier_id, error)
        door.run_as_system(sync_failed, supplier_id, reason_of(error))
        return False
    except Exception as error:
        log.exception("the sync with supplier %s failed", supplier_id)
        door.run_as_system(sync_failed, supplier_id, reason_of(error))
        return False
    door.run_as_system(sync_succeeded, supplier_id, has_more)
    return True


def _read_changes(client: SupplierClient, supplier_id: int, end: float) -> None:
    has_more = True
    while has_more and time.monotonic() < end:
        cursor = door.run_as_system(changes_cursor, supplier_id)
        try:
            page = client.changes(cursor)
        except CursorExpired:
            if not cursor:
                raise SupplierUnavailable("cursor") from None
            door.run_as_system(forget_changes_cursor, supplier_id)
            continue
        is_new = page.next_cursor != cursor
        has_more = door.run_as_system(note_changes, supplier_id, cursor, page) and page.has_more and is_new


def _fetch(client: SupplierClient, supplier_id: int, end: float) -> bool:
    """What waits, until nothing does or the time is over (then True)."""
    failures = 0
    while (task := door.run_as_system(next_task, supplier_id)) is not None:
        if time.monotonic() > end:
            return True
        try:
            _fetch_one(client, task)
            failures = 0
        except SupplierUnavailable as error:
            log.warning("%s of contract %s: %s", task.resource, task.contract_id, error)
            door.run_as_system(task_failed, task)
            failures += 1
            if failures == FAILURES_A_ROUND:
                raise
    return False


def _fetch_one(client: SupplierClient, task: SyncTask) -> None:
    try:
        answer = ask(client, task.contract_ref, task.resource, task.cursor, task.etag)
    except ContractGone:
        door.run_as_system(task_failed, task, is_gone=True)
    except CursorExpired:
        if not task.cursor:
            raise SupplierUnavailable("cursor") from None
        door.run_as_system(task_failed, task, starts_anew=True)
    else:
        door.run_as_system(store_answer, task, answer)

"""Delivery to suppliers: one at a time, each claimed before it is handed over and marked after."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from energo_cabinet import door
from energo_cabinet.gateways.supplier import ParcelRefused, SupplierUnavailable
from energo_cabinet.jobs.supplier_threads import in_supplier_thread
from energo_cabinet.services.reading import decision
from energo_cabinet.services.supplier.delivery import (
    DueDelivery,
    claim_delivery,
    delivery_arrived,
    delivery_postponed,
    delivery_refused,
    hand_over,
    outgoing,
    submit,
)
from energo_cabinet.services.ticket import delivery

AT_ONCE = 200
SIDE_BY_SIDE = 4
"""A slow supplier holds up a row, not everybody; of a contract only the first delivery can be claimed."""

READERS = (decision, delivery)
"""Modules that say what a local supplier does with its parcels and what follows from its answers."""

log = logging.getLogger(__name__)


async def deliver_to_suppliers() -> int:
    """Hand over what is due, at most AT_ONCE in each of SIDE_BY_SIDE rows; how many arrived.

    A crash between the supplier's yes and our mark repeats that one delivery under the same key. A supplier that is
    away holds up its own contracts only, and is tried once a round.
    """
    began = datetime.now(UTC)
    return sum(await asyncio.gather(*(_deliver_some(began) for _ in range(SIDE_BY_SIDE))))


async def _deliver_some(began: datetime) -> int:
    arrived = 0
    for _ in range(AT_ONCE):
        due = await _run(claim_delivery, began)
        if due is None:
            break
        arrived += await _deliver(due)
    return arrived


async def _deliver(due: DueDelivery) -> bool:
    try:
        away = await _run(outgoing, due.id)
        receipt = await in_supplier_thread(submit, away) if away else await _run(hand_over, due.id)
    except ParcelRefused as error:
        log.warning("delivery %s refused: %s", due.id, error)
        await _run(delivery_refused, due.id, str(error))
    except SupplierUnavailable as error:
        log.warning("delivery %s postponed: %s", due.id, error)
        await _run(delivery_postponed, due.id, str(error) or "unavailable")
    except Exception as error:
        log.exception("delivery %s failed", due.id)
        await _run(delivery_postponed, due.id, type(error).__name__)
    else:
        await _run(delivery_arrived, due.id, receipt)
        return True
    return False


async def _run(service: Callable[..., Any], *args: Any) -> Any:
    return await asyncio.to_thread(door.run_as_system, service, *args)

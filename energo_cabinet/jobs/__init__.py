"""Background work, a lifespan task of every worker; each letter is claimed by one of them."""

from __future__ import annotations

import asyncio
import logging

from energo_cabinet.gateways.mail import make_gateway
from energo_cabinet.jobs.outbox import deliver_due
from energo_cabinet.settings import get_settings

PAUSE_S = 1.0
AFTER_FAULT_S = 5.0

log = logging.getLogger(__name__)


async def run() -> None:
    """Deliver letters until cancelled."""
    gateway = make_gateway(get_settings())
    while True:
        pause = PAUSE_S
        try:
            await deliver_due(gateway)
        except Exception:
            log.exception("background work failed")
            pause = AFTER_FAULT_S
        await asyncio.sleep(pause)

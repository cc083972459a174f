"""Background work, a lifespan task of every worker; the one that holds the lease of a job does it."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial

from energo_cabinet import door
from energo_cabinet.gateways.mail import make_gateway
from energo_cabinet.gateways.sms import make_sms_gateway
from energo_cabinet.jobs.attachments import tidy_attachments
from energo_cabinet.jobs.broadcasts import deliver_broadcasts
from energo_cabinet.jobs.deliveries import deliver_to_suppliers
from energo_cabinet.jobs.imports import process_imports, tidy_import_files, watch_folders
from energo_cabinet.jobs.limits import evaluate_limits
from energo_cabinet.jobs.outbox import deliver_due
from energo_cabinet.jobs.personal_data import tidy_personal_data, write_exports
from energo_cabinet.jobs.reminders import remind
from energo_cabinet.jobs.sms import deliver_sms
from energo_cabinet.jobs.supplier_sync import sync_suppliers
from energo_cabinet.services.job_lease import hold_lease, release_lease
from energo_cabinet.settings import get_settings

AFTER_FAULT_S = 5.0

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Job:
    """Work done again and again, `pause_s` after it was done; `lease_s`: another worker takes over so late."""

    name: str
    work: Callable[[], Awaitable[object]]
    pause_s: float
    lease_s: int


def _all_jobs() -> tuple[Job, ...]:
    gateway = make_gateway(get_settings())
    return (
        Job("outbox", partial(deliver_due, gateway), pause_s=1.0, lease_s=30),
        Job("deliveries", deliver_to_suppliers, pause_s=1.0, lease_s=30),
        Job("broadcasts", deliver_broadcasts, pause_s=1.0, lease_s=120),
        Job("supplier sync", sync_suppliers, pause_s=1.0, lease_s=120),
        Job("limits", evaluate_limits, pause_s=1.0, lease_s=60),
        Job("attachments", tidy_attachments, pause_s=3600.0, lease_s=7300),
        Job("sms", partial(deliver_sms, make_sms_gateway(get_settings())), pause_s=1.0, lease_s=60),
        Job("exports", write_exports, pause_s=1.0, lease_s=600),
        Job("personal data", tidy_personal_data, pause_s=3600.0, lease_s=7300),
        Job("imports", process_imports, pause_s=0.5, lease_s=30),
        Job("import folder", watch_folders, pause_s=5.0, lease_s=60),
        Job("import files", tidy_import_files, pause_s=3600.0, lease_s=7300),
        Job("reminders", remind, pause_s=3600.0, lease_s=7300),
    )


async def run() -> None:
    """Do every job in its turn until cancelled."""
    owner = secrets.token_hex(8)
    await asyncio.gather(*(_repeat(job, owner) for job in _all_jobs()))


async def _repeat(job: Job, owner: str) -> None:
    try:
        while True:
            await asyncio.sleep(await _round(job, owner))
    finally:
        await asyncio.to_thread(door.run_as_system, release_lease, job.name, owner)


async def _round(job: Job, owner: str) -> float:
    """Do the work if the lease is ours; seconds to wait before the next round."""
    try:
        if await asyncio.to_thread(door.run_as_system, hold_lease, job.name, owner, job.lease_s):
            await job.work()
    except Exception:
        log.exception("background work failed")
        return AFTER_FAULT_S
    return job.pause_s

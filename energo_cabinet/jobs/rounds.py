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
from energo_cabinet.jobs.audit_head import note_head
from energo_cabinet.jobs.broadcasts import deliver_broadcasts
from energo_cabinet.jobs.deliveries import deliver_to_suppliers
from energo_cabinet.jobs.factor_resets import reset_factors
from energo_cabinet.jobs.health import note_done, note_fault
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
    """Work done again and again, `pause_s` after it was done; `lease_s`: another worker takes over so late.

    `make` gives the work: what it needs is made in its own round, so that a part which cannot be made is alone with it.
    """

    name: str
    make: Callable[[], Callable[[], Awaitable[object]]]
    pause_s: float
    lease_s: int


def _of(work: Callable[[], Awaitable[object]]) -> Callable[[], Callable[[], Awaitable[object]]]:
    return lambda: work


JOBS = (
    Job("outbox", lambda: partial(deliver_due, make_gateway(get_settings())), pause_s=1.0, lease_s=30),
    Job("deliveries", _of(deliver_to_suppliers), pause_s=1.0, lease_s=30),
    Job("broadcasts", _of(deliver_broadcasts), pause_s=1.0, lease_s=120),
    Job("supplier sync", _of(sync_suppliers), pause_s=1.0, lease_s=120),
    Job("limits", _of(evaluate_limits), pause_s=1.0, lease_s=60),
    Job("attachments", _of(tidy_attachments), pause_s=3600.0, lease_s=7300),
    Job("sms", lambda: partial(deliver_sms, make_sms_gateway(get_settings())), pause_s=1.0, lease_s=60),
    Job("exports", _of(write_exports), pause_s=1.0, lease_s=600),
    Job("personal data", _of(tidy_personal_data), pause_s=3600.0, lease_s=7300),
    Job("imports", _of(process_imports), pause_s=0.5, lease_s=30),
    Job("import folder", _of(watch_folders), pause_s=5.0, lease_s=60),
    Job("import files", _of(tidy_import_files), pause_s=3600.0, lease_s=7300),
    Job("audit head", _of(note_head), pause_s=3600.0, lease_s=7300),
    Job("factor resets", _of(reset_factors), pause_s=10.0, lease_s=60),
    Job("reminders", _of(remind), pause_s=3600.0, lease_s=7300),
)


async def run() -> None:
    """Do every job in its turn until cancelled."""
    owner = secrets.token_hex(8)
    await asyncio.gather(*(_repeat(job, owner) for job in JOBS))


async def _repeat(job: Job, owner: str) -> None:
    work: Callable[[], Awaitable[object]] | None = None
    try:
        while True:
            work, pause_s = await _round(job, owner, work)
            await asyncio.sleep(pause_s)
    finally:
        await asyncio.to_thread(door.run_as_system, release_lease, job.name, owner)


async def _round(
    job: Job, owner: str, work: Callable[[], Awaitable[object]] | None
) -> tuple[Callable[[], Awaitable[object]] | None, float]:
    """Do the work if the lease is ours; the work, made by now, and the seconds before the next round."""
    try:
        work = work or job.make()
        if await asyncio.to_thread(door.run_as_system, hold_lease, job.name, owner, job.lease_s):
            await work()
    except Exception as error:
        if note_fault(job.name, error):
            log.exception("background work failed: %s", job.name)
        return work, AFTER_FAULT_S
    note_done(job.name)
    return work, job.pause_s

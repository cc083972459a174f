"""How the background work of this process fares: seen in /_health, and in the log once a fault and not every round."""

from __future__ import annotations

import time
from dataclasses import dataclass

AGAIN_S = 600.0
"""The same fault is logged again after so long."""


@dataclass
class JobHealth:
    """Rounds done and failed, and the class of the last fault while it lasts."""

    done: int = 0
    failed: int = 0
    fault: str = ""
    logged_at: float = 0.0


health: dict[str, JobHealth] = {}
"""Name of the job → how it fares here."""


def note_done(name: str) -> None:
    """A round went well."""
    job = health.setdefault(name, JobHealth())
    job.done, job.fault = job.done + 1, ""


def note_fault(name: str, error: Exception) -> bool:
    """A round failed; whether it is to be logged, which the same fault is once in AGAIN_S."""
    job, now = health.setdefault(name, JobHealth()), time.monotonic()
    is_new = job.fault != type(error).__name__ or now - job.logged_at > AGAIN_S
    job.failed, job.fault = job.failed + 1, type(error).__name__
    if is_new:
        job.logged_at = now
    return is_new


def failing() -> dict[str, str]:
    """Jobs whose last round failed, with the class of the fault."""
    return {name: job.fault for name, job in sorted(health.items()) if job.fault}

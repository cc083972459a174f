"""Refusing to serve an unsafe installation (SECURITY 1): one clear sentence each, exit code 1."""

from __future__ import annotations

import fcntl
import os
import sys
from pathlib import Path

from reflex_base.config import get_config
from reflex_base.constants import CompileContext, Env
from reflex_base.environment import environment
from reflex_base.registry import RegistrationContext

from energo_cabinet.auth.access import STATE_ACCESS
from energo_cabinet.i18n import text
from energo_cabinet.settings import LOOPBACK_HOSTS, WAITS, Settings

SHORTEST_KEY = 32


def refuse_unless_ready(settings: Settings) -> None:
    """Exit with the sentences of every reason not to serve; a build alone needs only the rules of the states."""
    found = [*unsafe_states()]
    if environment.REFLEX_COMPILE_CONTEXT.get() != CompileContext.EXPORT:
        found += [*unsafe_settings(settings), *unsafe_run(settings)]
    stop(found)


def wait_until_prepared() -> None:
    """Return when the process that started this one has prepared what it serves; exit when it failed or is gone."""
    if waits := os.environ.get(WAITS):
        with Path(waits).open() as note:
            fcntl.flock(note, fcntl.LOCK_SH)
            if not note.read():
                sys.exit(1)


def stop(reasons: list[str]) -> None:
    """Exit 1 with the reasons on stderr; return when there are none."""
    if reasons:
        print("\n".join(reasons), file=sys.stderr)  # noqa: T201
        sys.exit(1)


def unsafe_settings(settings: Settings) -> list[str]:
    """What the settings alone forbid."""
    loopback = settings.host in LOOPBACK_HOSTS
    workers = max(settings.workers, int(os.environ.get("GRANIAN_WORKERS", "1")))
    checks = {
        "demo_not_loopback": settings.is_demo and not loopback,
        "plain_cookie": not settings.is_demo and not settings.is_secure and not loopback,
        "workers_without_redis": workers > 1 and not settings.redis_url,
        "origin_wildcard": any("*" in origin or origin.endswith("://") for origin in settings.origins),
        "no_secret_key": not settings.is_demo and len(settings.secret_key.get_secret_value()) < SHORTEST_KEY,
        "no_https": not settings.is_demo and not settings.is_secure,
        "no_smtp": not settings.is_demo and not settings.smtp_url.get_secret_value(),
    }
    return [_sentence(name, settings) for name, wrong in checks.items() if wrong]


def unsafe_run(settings: Settings) -> list[str]:
    """What the way of running forbids: Reflex's own settings can come from the environment."""
    config = get_config()
    origins = config.cors_allowed_origins
    checks = {
        "not_prod": not settings.is_demo and environment.REFLEX_ENV_MODE.get() != Env.PROD,
        "cors": not origins or "*" in origins,
        "telemetry": bool(config.telemetry_enabled),
        "disk_states": str(getattr(config.state_manager_mode, "value", config.state_manager_mode)) == "disk",
    }
    return [_sentence(name, settings) for name, wrong in checks.items() if wrong]


def unsafe_states() -> list[str]:
    """Every state of ours must have a rule; those of Reflex are denied but for gate_events.FRAMEWORK."""
    known = RegistrationContext.get()
    owners = {name.rpartition(".")[0] for name in known.event_handlers}
    own = {name for name in owners if not known.base_states[name].__module__.startswith(("reflex.", "reflex_"))}
    return [text("startup.no_rule", "en", state=name) for name in sorted(own - STATE_ACCESS.keys())]


def _sentence(name: str, settings: Settings) -> str:
    return text(f"startup.{name}", "en", host=settings.host, length=SHORTEST_KEY)

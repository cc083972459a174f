"""The built front end: rebuilt only when what goes into it has changed (`reflex run --env prod` always rebuilds)."""

from __future__ import annotations

import fcntl
import hashlib
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from energo_cabinet.serving.step import run_step, tool_environment
from energo_cabinet.settings import Settings

ROOT = Path(__file__).parents[2]
STAMP = ROOT / ".web" / "build" / "energo.digest"
LOG = ROOT / "build" / "front-end.log"
NOT_IN_BUNDLE = {"cli", "demo", "jobs", "gateways", "formats", "api", "serving", "live"}
"""Packages no page can reach: a change there needs no build."""
PRINTED = {
    "mode",
    "system_name",
    "support_email",
    "password_min_length",
    "activation_hours",
    "reset_minutes",
    "email_undo_days",
    "export_days",
    "erasure_days",
    "voltage_limit_percent",
    "voltage_near_percent",
    "network_norm_source",
}
"""Settings that pages and components ask for while they are compiled (tests/architecture/test_printed_settings.py)."""


def digest(settings: Settings) -> str:
    """Hash of the sources, assets, lockfiles and the settings that are printed into pages."""
    printed = settings.model_dump(include=PRINTED)
    found = hashlib.sha256(repr(sorted(printed.items())).encode())
    for path in sorted(_inputs()):
        found.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return found.hexdigest()


def is_current(settings: Settings) -> bool:
    """Whether the built front end is the one these sources give."""
    return STAMP.exists() and STAMP.read_text() == digest(settings)


def build(settings: Settings, force: bool = False) -> bool:
    """Build when needed, one process at a time; True when something was built."""
    with _lock():
        if is_current(settings) and not force:
            return False
        STAMP.unlink(missing_ok=True)
        seconds = 35 if (ROOT / ".web" / "node_modules").exists() else 60
        with _lockfiles_kept():
            run_step("Building the front end", _command(), seconds, LOG, _environment())
        STAMP.write_text(digest(settings))
        return True


def _inputs() -> Iterator[Path]:
    package = ROOT / "energo_cabinet"
    for path in package.rglob("*"):
        if path.suffix in {".py", ".toml"} and path.relative_to(package).parts[0] not in NOT_IN_BUNDLE:
            yield path
    for folder in (ROOT / "assets", ROOT / "reflex.lock"):
        yield from (path for path in folder.rglob("*") if path.is_file() and "external" not in path.parts)
    yield ROOT / "rxconfig.py"
    yield ROOT / "requirements.txt"


def _command() -> list[str]:
    return [str(Path(sys.executable).parent / "reflex"), "export", "--frontend-only", "--no-zip", "--env", "prod"]


def _environment() -> dict[str, str]:
    """The build's own: one port for every build, because the pages take theirs from the address (frontend_plugin)."""
    tools = tool_environment(Path(sys.executable).parent)
    return {**tools, "ENERGO_PORT": "3000", "REFLEX_CHECK_LATEST_VERSION": "false"}


@contextmanager
def _lockfiles_kept() -> Iterator[None]:
    """Reflex writes package.json anew, at times with other spaces: what means the same stays as committed."""
    path = ROOT / "reflex.lock" / "package.json"
    before = path.read_bytes() if path.exists() else b""
    try:
        yield
    finally:
        if before and path.exists() and json.loads(path.read_bytes()) == json.loads(before):
            path.write_bytes(before)


@contextmanager
def _lock() -> Iterator[None]:
    LOG.parent.mkdir(parents=True, exist_ok=True)
    with (LOG.parent / "front-end.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield

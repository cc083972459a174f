"""The built front end: rebuilt only when what goes into it has changed (`reflex run --env prod` always rebuilds)."""

from __future__ import annotations

import fcntl
import hashlib
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from energo_cabinet.i18n import MARKS
from energo_cabinet.serving import compiled, page_texts
from energo_cabinet.serving.step import run_step, tool_environment
from energo_cabinet.settings import Settings

ROOT = Path(__file__).parents[2]
STAMP = ROOT / ".web" / "build" / "energo.digest"
LOG = ROOT / "build" / "front-end.log"
REFLEX = "import gc; gc.disable(); from reflex.reflex import cli; cli()"
"""The command `reflex`, which compiles pages in little more than half the time when nothing looks for garbage."""
NOT_IN_BUNDLE = {"cli", "demo", "jobs", "gateways", "formats", "api", "serving", "live"}
"""Packages no page can reach: a change there needs no build. Of the others counts what `compiled.face` lets through."""
PRINTED = {
    "mode",
    "system_name",
    "support_email",
    "password_min_length",
    "activation_hours",
    "default_zone",
    "factor_reset_hours",
    "looks_keep_days",
    "reset_minutes",
    "email_undo_days",
    "export_days",
    "erasure_days",
    "voltage_limit_percent",
    "voltage_near_percent",
    "network_norm_source",
}
"""Settings that pages and components ask for while they are compiled (tests/architecture/test_printed_settings.py)."""


def digest(settings: Settings, content: Callable[[Path], bytes] | None = None) -> str:
    """Hash of what is compiled into pages: sources, assets, lockfiles and the settings that pages print."""
    printed = settings.model_dump(include=PRINTED)
    found = hashlib.sha256(repr(sorted(printed.items())).encode())
    for path in sorted(_inputs()):
        found.update(str(path.relative_to(ROOT)).encode() + b"\0" + (content or _content)(path))
    return found.hexdigest()


def needs_build(settings: Settings) -> bool:
    """Whether pages have to be compiled anew."""
    if not STAMP.exists() or page_texts.needs_build(STAMP.parent):
        return True
    known = STAMP.read_text().split()
    return digest(settings, Path.read_bytes) not in known and digest(settings) not in known  # parsing takes longer


def is_current(settings: Settings) -> bool:
    """Whether the built front end is the one these sources and texts give."""
    return not needs_build(settings) and page_texts.is_filled(STAMP.parent)


def build(settings: Settings, force: bool = False) -> bool:
    """Build or only put new texts in, when needed, one process at a time; True when something was done."""
    with _lock():
        if force or needs_build(settings):
            _compile(settings)
        elif page_texts.is_filled(STAMP.parent):
            return False
        page_texts.fill(STAMP.parent)
        return True


def fill() -> None:
    """Put changed texts into pages that are built."""
    with _lock():
        if not page_texts.is_filled(STAMP.parent):
            page_texts.fill(STAMP.parent)


def _compile(settings: Settings) -> None:
    STAMP.unlink(missing_ok=True)
    seconds = 35 if (ROOT / ".web" / "node_modules").exists() else 60
    # Before: what is saved while pages are compiled may come too late for them.
    stamp = f"{digest(settings)}\n{digest(settings, Path.read_bytes)}\n"
    with _lockfiles_kept():
        run_step("Building the front end", _command(), seconds, LOG, _environment())
    STAMP.write_text(stamp)


def _content(path: Path) -> bytes:
    package = ROOT / "energo_cabinet"
    if path.suffix != ".py" or not path.is_relative_to(package):
        return path.read_bytes()
    return compiled.face(path, path.relative_to(package).parts[0].removesuffix(".py"))


def _inputs() -> Iterator[Path]:
    package = ROOT / "energo_cabinet"
    for path in package.rglob("*"):
        room = path.relative_to(package).parts[0]
        if (path.suffix == ".py" and room not in NOT_IN_BUNDLE) or (
            path.suffix in {".toml", ".csv"} and room == "domain"
        ):
            yield path
    for folder in (ROOT / "assets", ROOT / "reflex.lock"):
        yield from (path for path in folder.rglob("*") if path.is_file() and "external" not in path.parts)
    yield ROOT / "rxconfig.py"
    yield ROOT / "requirements.txt"


def _command() -> list[str]:
    return [sys.executable, "-c", REFLEX, "export", "--frontend-only", "--no-zip", "--env", "prod"]


def _environment() -> dict[str, str]:
    """The build's own: one port for every build, because the pages take theirs from the address (frontend_plugin)."""
    tools = tool_environment(Path(sys.executable).parent)
    return {**tools, "ENERGO_PORT": "3000", "REFLEX_CHECK_LATEST_VERSION": "false", MARKS: "yes"}


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

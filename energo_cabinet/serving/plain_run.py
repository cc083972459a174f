"""Plain `reflex run` becomes the demo.

Without --env Reflex starts Vite's development server, which listens on all interfaces and whose pages live on another
origin than the gate accepts. So the demo's own start takes its place.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from energo_cabinet.settings import Settings


def is_plain_run(argv: list[str]) -> bool:
    """Whether this is `reflex run` without a word about the environment."""
    named = any(arg == "--env" or arg.startswith("--env=") for arg in argv) or "REFLEX_ENV_MODE" in os.environ
    return len(argv) > 1 and Path(argv[0]).stem == "reflex" and argv[1] == "run" and not named


def divert_plain_run(settings: Settings) -> None:
    """Become `python -m energo_cabinet demo` when it is, in demo mode; called by rxconfig.py."""
    if settings.is_demo and is_plain_run(sys.argv):
        os.execv(sys.executable, [sys.executable, "-m", "energo_cabinet", "demo"])  # noqa: S606

"""`python3 -m energo_cabinet.serving.install [dev]`: the virtual environment, once. Standard library only.

Node comes from a wheel and bun from npm, so that a machine needs nothing but Python and make.
"""

from __future__ import annotations

import hashlib
import shutil
import sys
import venv
from pathlib import Path

from energo_cabinet.errors import CabinetError
from energo_cabinet.i18n import text
from energo_cabinet.serving.step import run_step, say, tool_environment

ROOT = Path(__file__).parents[2]
VENV = ROOT / ".venv"
BUN = "bun@1.4.5"


def install(dev: bool = False) -> None:
    """Bring .venv up to requirements.txt (and requirements-dev.txt); nothing when a stamp says it is."""
    requirements = ROOT / ("requirements-dev.txt" if dev else "requirements.txt")
    stamp = VENV / f".installed-{requirements.stem}"
    wanted = _fingerprint()
    if stamp.exists() and stamp.read_text() == wanted:
        return
    if not VENV.exists():
        say("The first start installs packages and builds the front end: one to four minutes in all.")
    _make_venv()
    # Compiling all of pandas and plotly takes longer than what is used of them takes to compile at first import.
    quiet = ("--quiet", "--disable-pip-version-check", "--no-compile", "--retries", "2")
    pip = [str(VENV / "bin/python"), "-m", "pip", "install", *quiet]
    what = "Installing Python packages for tests" if dev else "Installing Python packages"
    run_step(what, [*pip, "-r", str(requirements)], 90, VENV / "pip.log")
    if not (VENV / "bin/bun").exists():
        run_step(
            "Installing bun, the front end's package manager",
            _npm_bun(),
            15,
            VENV / "npm.log",
            tool_environment(VENV / "bin"),
        )
    stamp.write_text(wanted)


def _fingerprint() -> str:
    files = [ROOT / "requirements.txt", ROOT / "requirements-dev.txt"]
    return hashlib.sha256(b"\0".join([*(f.read_bytes() for f in files), BUN.encode()])).hexdigest()


def _make_venv() -> None:
    if (VENV / "bin/python").exists():
        return
    try:
        venv.create(VENV, with_pip=True)
    except Exception as error:
        shutil.rmtree(VENV, ignore_errors=True)
        raise CabinetError("no_venv", python=sys.executable) from error


def _npm_bun() -> list[str]:
    return [
        str(VENV / "bin/npm"),
        "install",
        "--global",
        "--prefix",
        str(VENV),
        "--no-fund",
        "--no-audit",
        "--fetch-retries=1",
        BUN,
    ]


def main() -> int:
    """Install; 1 with one sentence on stderr when it cannot."""
    try:
        install()
        if "dev" in sys.argv[1:]:
            install(dev=True)
    except CabinetError as error:
        print(text(f"error.{error.code}", "en", **error.params), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())

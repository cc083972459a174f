"""Long work on the command line: what happens, how long it takes, one sentence when it fails. Standard library only."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from energo_cabinet.errors import CabinetError

HEARTBEAT_S = 10
NO_REGISTRY = (
    "Could not find a version",
    "No matching distribution",
    "Temporary failure in name resolution",
    "Failed to establish a new connection",
    "Connection refused",
    "Could not resolve host",
    "ENOTFOUND",
    "ECONNREFUSED",
    "ETIMEDOUT",
    "EAI_AGAIN",
    "FailedToOpenSocket",
    "ConnectionRefused",
    "UnableToResolveHost",
    "SELF_SIGNED_CERT_IN_CHAIN",
    "UNABLE_TO_GET_ISSUER_CERT",
    "CERTIFICATE_VERIFY_FAILED",
)
"""What pip, npm and bun say when the package registry cannot be reached."""


def tool_environment(folder: Path) -> dict[str, str]:
    """The environment of node and bun in the virtual environment's `folder`; they trust what the system trusts."""
    path = f"{folder}{os.pathsep}{os.environ.get('PATH', '')}"
    return {"NODE_USE_SYSTEM_CA": "1", **os.environ, "PATH": path}


def say(line: str) -> None:
    """Print at once, also into a pipe."""
    print(line, flush=True)


def run_step(what: str, command: Sequence[str], seconds: int, log: Path, env: Mapping[str, str] | None = None) -> None:
    """Run a command quietly into `log`; CabinetError(no_registry | step_failed) when it fails."""
    say(f"→ {what} (about {seconds} s)")
    log.parent.mkdir(parents=True, exist_ok=True)
    start = time.monotonic()
    with log.open("wb") as out:
        process = subprocess.Popen(list(command), stdout=out, stderr=subprocess.STDOUT, env=env)  # noqa: S603
        try:
            _wait(process, start)
        except BaseException:
            process.terminate()
            process.wait(10)
            raise
    if process.returncode:
        raise _failure(what, log)
    say(f"  done in {time.monotonic() - start:.0f} s")


def _wait(process: subprocess.Popen[bytes], start: float) -> None:
    while True:
        try:
            process.wait(HEARTBEAT_S)
            return
        except subprocess.TimeoutExpired:
            say(f"  … {time.monotonic() - start:.0f} s")


def _failure(what: str, log: Path) -> CabinetError:
    text = log.read_text("utf-8", "replace")
    print("".join(f"  | {line}\n" for line in text.splitlines()[-15:]), file=sys.stderr, end="")
    code = "no_registry" if any(sign in text for sign in NO_REGISTRY) else "step_failed"
    return CabinetError(code, step=what, log=log)

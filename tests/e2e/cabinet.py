"""A running installation of its own: a temporary data directory, a free port, the production build."""

from __future__ import annotations

import email
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

from tests.servers import answers, free_port, wait_for

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Cabinet:
    """Address, data directory and environment of a running installation."""

    url: str
    data_dir: Path
    env: dict[str, str]
    log: Path
    pid: int

    def command(self, *arguments: str) -> str:
        """Output of `python -m energo_cabinet …` on this installation; fails loudly."""
        return command(self.env, *arguments)

    def letters(self, to: str) -> list[EmailMessage]:
        """The letters to an address so far, oldest first."""
        found = [_letter(path) for path in sorted(self.data_dir.glob("mail/*.eml"), key=lambda p: p.stat().st_mtime_ns)]
        return [letter for letter in found if letter["To"] and to in letter["To"]]

    def wait_letter(self, to: str, seconds: float = 45) -> EmailMessage:
        """The newest letter to an address, once there is one."""
        wait_for(lambda: bool(self.letters(to)), seconds, f"a letter to {to}")
        return self.letters(to)[-1]

    def link_in_letter(self, to: str) -> str:
        """The first address of this installation in the newest letter's text."""
        body = self.wait_letter(to).get_body(("plain",))
        assert body is not None
        return re.search(re.escape(self.url) + r"\S+", body.get_content()).group().rstrip(".»)")  # type: ignore


def command(env: dict[str, str], *arguments: str) -> str:
    """Output of `python -m energo_cabinet …`; fails loudly."""
    call = [sys.executable, "-m", "energo_cabinet", *arguments]
    done = subprocess.run(call, env=env, cwd=ROOT, capture_output=True, text=True, timeout=360)
    assert done.returncode == 0, f"{arguments}: {done.returncode}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def environment(data_dir: Path, port: int, **settings: str) -> dict[str, str]:
    """The environment of a demo installation, free of the caller's own ENERGO_ and REFLEX_ settings."""
    env = {k: v for k, v in os.environ.items() if not k.startswith(("ENERGO_", "REFLEX_"))}
    return {**env, "ENERGO_DATA_DIR": str(data_dir), "ENERGO_PORT": str(port), **settings}


@contextmanager
def running_cabinet(data_dir: Path, *arguments: str, **settings: str) -> Iterator[Cabinet]:
    """`python -m energo_cabinet demo ARGUMENTS` in a directory of its own, ended by SIGTERM."""
    port = free_port()
    env = environment(data_dir, port, **settings)
    data_dir.mkdir(parents=True, exist_ok=True)
    log = data_dir / "server.log"
    call = [sys.executable, "-m", "energo_cabinet", "demo", *arguments]
    with log.open("wb") as out:
        process = subprocess.Popen(call, env=env, cwd=ROOT, stdout=out, stderr=subprocess.STDOUT)
    try:
        wait_for(lambda: answers(port) or process.poll() is not None, 360, "the cabinet")
        assert process.poll() is None, log.read_text()
        yield Cabinet(f"http://localhost:{port}", data_dir, env, log, process.pid)
    finally:
        process.terminate()
        process.wait(30)


def seconds_to_answer(port: int, since: float) -> float:
    """Seconds from `since` (monotonic) until somebody listens on the port."""
    wait_for(lambda: answers(port), 360, "an answer")
    return time.monotonic() - since


def _letter(path: Path) -> EmailMessage:
    return email.message_from_bytes(path.read_bytes(), policy=default)  # type: ignore[return-value,arg-type]

"""A server that is killed and back within a second: one process imports the application and forks server after server.

What serves is the production server with our whole application, jobs included. A life is a process group of its own; it
ends by SIGKILL to all of it.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from tests.e2e.cabinet import ROOT
from tests.servers import answers, wait_for

SOURCE = """
import multiprocessing, os, sys
from granian.server import Server
from energo_cabinet.serving.warm import set_mode

set_mode()
from energo_cabinet.energo_cabinet import app

served = app()
multiprocessing.set_start_method("fork", force=True)
for _ in sys.stdin:
    child = os.fork()
    if not child:
        os.setsid()
        port = int(sys.argv[1])
        server = Server("application", address="127.0.0.1", port=port, interface="asgi", log_level="warning")
        server.serve(target_loader=lambda *_: served, wrap_loader=False)
        os._exit(0)
    print(child, flush=True)
    os.waitpid(child, 0)
    print("ended", flush=True)
"""
MODE = {"REFLEX_CHECK_LATEST_VERSION": "false", "PYTHONPATH": str(ROOT)}


@dataclass
class Forge:
    """Begin a life, end it; `port` is the same for all."""

    process: subprocess.Popen[str]
    port: int
    lives: int = field(default=0)
    pid: int = 0

    def begin(self) -> None:
        """A server that answers."""
        self._pipe("stdin").write("go\n")
        self._pipe("stdin").flush()
        self.pid = int(self._pipe("stdout").readline())
        self.lives += 1
        wait_for(lambda: self.serves() or not is_running(self.pid), 90, "a forked server")
        assert is_running(self.pid), "a forked server ended"

    def serves(self) -> bool:
        """Whether it answers; the port is open before that."""
        try:
            return httpx.get(f"http://127.0.0.1:{self.port}/ping", timeout=5).status_code == 200
        except httpx.HTTPError:
            return False

    def end(self) -> None:
        """kill -9 to the server, its workers and whatever they started."""
        os.killpg(self.pid, signal.SIGKILL)
        assert self._pipe("stdout").readline() == "ended\n"
        wait_for(lambda: not answers(self.port), 30, "the port to be free")
        self.pid = 0

    def _pipe(self, name: str):
        return getattr(self.process, name)


def is_running(pid: int) -> bool:
    """Whether the process is there."""
    return Path(f"/proc/{pid}").exists()


@contextmanager
def forge(env: dict[str, str], port: int, log: Path) -> Iterator[Forge]:
    """One import of the application for all lives; `env`: the installation's settings."""
    call = [sys.executable, "-c", SOURCE, str(port)]
    with log.open("wb") as out:
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": out, "text": True}
        path = f"{Path(sys.executable).parent}{os.pathsep}{env['PATH']}"
        process = subprocess.Popen(call, env=env | MODE | {"PATH": path}, cwd=ROOT, **pipes)
        made = Forge(process, port)
        try:
            yield made
        finally:
            if made.pid and is_running(made.pid):
                os.killpg(made.pid, signal.SIGKILL)
            process.stdin.close()
            process.stdout.close()
            process.wait(30)

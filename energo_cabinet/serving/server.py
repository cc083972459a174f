"""The serving process: Reflex's production server with the front end already built."""

from __future__ import annotations

import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import IO

from energo_cabinet.errors import CabinetError
from energo_cabinet.serving.step import tool_environment
from energo_cabinet.settings import WAITS, Settings

START_LIMIT_S = 120
STOP_LIMIT_S = 20
STOP_BESIDE_S = 5
Commands = Sequence[Sequence[str]]


def require_free_port(settings: Settings) -> None:
    """CabinetError(port_busy) when somebody listens there already."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            raise CabinetError("port_busy", port=settings.port, reason=error.strerror) from error


def free_port() -> int:
    """A port of loopback that nobody listens on right now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def serve(settings: Settings, announce: Callable[[], None], prepare: Callable[[], Commands] = tuple) -> int:
    """Serve until SIGINT or SIGTERM (→ 0) or the server's own end (→ its code); `announce` once it answers.

    `prepare` runs while the server is still being imported, which takes seconds, and ends before it serves; it gives
    the commands of servers that run as long as this one does. What it raises ends the server.
    """
    with _preparation(settings) as note:
        environment = {**_environment(settings), WAITS: note.name}
        process = subprocess.Popen(_command(), env=environment, start_new_session=True)  # noqa: S603
        commands = prepare()
        note.write("done")
    stopped = _stop_on_signals(process)
    others = [subprocess.Popen(command, start_new_session=True) for command in commands]  # noqa: S603
    try:
        if _answers_in_time(process, settings):
            announce()
        code = process.wait()
    finally:
        end_all(others)
    if stopped:
        return 0
    raise CabinetError("server_ended", exit_code=code)


@contextmanager
def _preparation(settings: Settings) -> Iterator[IO[str]]:
    """A locked file; what waits for the lock finds it empty when this process has failed or is gone.

    Ctrl-C ends this process at once, as SIGTERM does: a KeyboardInterrupt inside a callback of the garbage collector
    would be ignored.
    """
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    with (settings.data_dir / "prepared").resolve().open("w") as note:
        fcntl.flock(note, fcntl.LOCK_EX)
        yield note


def end_all(others: Sequence[subprocess.Popen[bytes]]) -> None:
    """End processes that ran beside; those that do not want to are killed."""
    for other in others:
        other.terminate()
    for other in others:
        try:
            other.wait(STOP_BESIDE_S)
        except subprocess.TimeoutExpired:
            other.kill()
            other.wait()


def _stop_on_signals(process: subprocess.Popen[bytes]) -> list[int]:
    """The child has a session of its own: it hears of Ctrl-C and of SIGTERM from here, once."""
    stopped: list[int] = []

    def stop(number: int, _frame: FrameType | None) -> None:
        if not stopped:
            stopped.append(number)
            process.terminate()
            signal.alarm(STOP_LIMIT_S)

    def kill(_number: int, _frame: FrameType | None) -> None:
        os.killpg(process.pid, signal.SIGKILL)

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGALRM, kill)
    return stopped


def _answers_in_time(process: subprocess.Popen[bytes], settings: Settings) -> bool:
    end = time.monotonic() + START_LIMIT_S
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(settings.host, settings.host)  # noqa: S104
    while process.poll() is None and time.monotonic() < end:
        try:
            socket.create_connection((host, settings.port), 1).close()
            return True
        except OSError:
            time.sleep(0.1)
    return False


def _command() -> list[str]:
    reflex = str(Path(sys.executable).parent / "reflex")
    return [reflex, "run", "--env", "prod", "--backend-only", "--loglevel", "warning"]


def _environment(settings: Settings) -> dict[str, str]:
    return {**tool_environment(Path(sys.executable).parent), "GRANIAN_WORKERS": str(settings.workers)}

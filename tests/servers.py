"""Real servers for tests: on loopback, on free ports, stopped by their process id."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import psycopg
import pytest


def absent(what: str) -> NoReturn:
    """Skip a test for want of a server or browser, saying so; in CI that is a failure."""
    if os.environ.get("CI"):
        pytest.fail(f"{what} is not installed")
    pytest.skip(f"{what} is not installed")


def free_port() -> int:
    """A port nobody listens on right now."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def postgres_bin() -> Path | None:
    """Folder of initdb and postgres, or None."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).parent if on_path else None


def wait_for(ready: Callable[[], bool], seconds: float, what: str) -> None:
    """Poll until ready; fail loudly."""
    end = time.monotonic() + seconds
    while not ready():
        if time.monotonic() > end:
            raise TimeoutError(what)
        time.sleep(0.05)


def answers(port: int) -> bool:
    """Whether somebody listens on 127.0.0.1:port."""
    with socket.socket() as s:
        return s.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def running(
    command: list[str],
    port: int,
    what: str,
    stop: signal.Signals = signal.SIGTERM,
    seconds: float = 90,
    **popen: object,
) -> Iterator[subprocess.Popen[bytes]]:
    """A server process that listens on `port`; ended by the signal `stop`."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **popen)  # type: ignore
    try:
        wait_for(lambda: answers(port) or process.poll() is not None, seconds, what)
        assert process.poll() is None, f"{what} did not start"
        yield process
    finally:
        process.send_signal(stop)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _accepts(port: int) -> bool:
    """Whether PostgreSQL is past its start-up; the port is open a while before."""
    try:
        psycopg.connect(host="127.0.0.1", port=port, user="cabinet", dbname="postgres").close()
    except psycopg.OperationalError:
        return False
    return True


@contextmanager
def postgres_server() -> Iterator[str]:
    """A throw-away PostgreSQL cluster; yields its superuser URL."""
    binaries = postgres_bin()
    assert binaries is not None
    folder = Path(tempfile.mkdtemp(prefix="energo-pg-"))
    as_user: dict[str, object] = {"cwd": str(folder)}
    if os.geteuid() == 0:  # PostgreSQL refuses root
        person = pwd.getpwnam("postgres")
        os.chown(folder, person.pw_uid, person.pw_gid)
        as_user |= {"user": person.pw_uid, "group": person.pw_gid, "extra_groups": []}
    port = free_port()
    data = folder / "data"
    init = [str(binaries / "initdb"), "-D", str(data), "-U", "cabinet", "-A", "trust", "-E", "UTF8", "--no-sync"]
    subprocess.run(init, check=True, capture_output=True, **as_user)  # type: ignore[call-overload]
    serve = [str(binaries / "postgres"), "-D", str(data), "-p", str(port), "-c", "listen_addresses=127.0.0.1"]
    quick = ("fsync=off", "full_page_writes=off", "synchronous_commit=off", "wal_level=minimal", "max_wal_senders=0")
    for setting in (f"unix_socket_directories={folder}", *quick, "max_wal_size=4GB", "checkpoint_timeout=1h"):
        serve += ["-c", setting]
    try:
        with running(serve, port, "postgres", signal.SIGQUIT, **as_user):  # at once: its data are thrown away
            wait_for(lambda: _accepts(port), 90, "postgres accepts connections")
            yield f"postgresql+psycopg://cabinet@127.0.0.1:{port}/postgres"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def redis_process(port: int) -> Iterator[subprocess.Popen[bytes]]:
    """A throw-away Redis on a port."""
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
    with running(command, port, "redis", cwd=tempfile.gettempdir()) as process:
        yield process


@contextmanager
def redis_server() -> Iterator[str]:
    """A throw-away Redis; yields its URL."""
    port = free_port()
    with redis_process(port):
        yield f"redis://127.0.0.1:{port}/0"

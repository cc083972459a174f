"""A checkout of its own that `make watch` works on, for tests of the loop."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from tests.e2e.cabinet import ROOT, environment
from tests.servers import answers, free_port, wait_for

SECONDS = 240
CODE = '"wrong_credentials"'


@dataclass
class Watched:
    """A checkout of its own that is being watched."""

    folder: Path
    url: str
    process: subprocess.Popen[bytes]
    log: Path
    start_s: float

    def source(self, holds: str, room: str = "services", ends: str = "*.py") -> Path:
        """The first source of a room with these words in it."""
        found = sorted((self.folder / "energo_cabinet" / room).rglob(ends))
        return next(path for path in found if holds in path.read_text("utf-8"))

    @contextmanager
    def saved(self, path: Path, old: str, new: str, said: str = "served after") -> Iterator[None]:
        """Save a change and wait until the watch has said something about it; put back and served in the end."""
        text = path.read_text("utf-8")
        assert old in text
        self.save(path, text.replace(old, new), said)
        yield
        self.save(path, text, "served after")

    def save(self, path: Path, text: str, said: str) -> None:
        """Save and wait for the words."""
        before = self.log.read_text().count(said)
        path.write_text(text, "utf-8")
        wait_for(lambda: self.log.read_text().count(said) > before, SECONDS, f"{said!r} after saving {path.name}")

    def refusal(self) -> str:
        """What a wrong password is answered with: words of a service."""
        form = {"email": "nobody@example.ru", "password": "wrong-password"}
        return httpx.post(f"{self.url}/api/login", data=form, headers={"Origin": self.url}).headers["location"]


@pytest.fixture(scope="module")
def watched(built, tmp_path_factory) -> Iterator[Watched]:
    """A copy of what is served, with the pages that are built already."""
    folder, port = tmp_path_factory.mktemp("watched"), free_port()
    for name in ("energo_cabinet", "assets", "reflex.lock", "alembic", ".web/build", ".web/backend"):
        shutil.copytree(ROOT / name, folder / name)
    for name in ("rxconfig.py", "requirements.txt", "alembic.ini"):
        shutil.copy(ROOT / name, folder)
    log, start = folder / "watch.log", time.monotonic()
    with log.open("wb") as out:
        call = [sys.executable, "-m", "energo_cabinet", "watch", "--empty"]
        env = environment(folder / "data", port, PYTHONPATH=str(folder))
        process = subprocess.Popen(call, env=env, cwd=folder, stdout=out, stderr=subprocess.STDOUT)
    wait_for(lambda: "is ready" in log.read_text() or process.poll() is not None, SECONDS, "the first server")
    assert process.poll() is None, log.read_text()
    yield Watched(folder, f"http://localhost:{port}", process, log, time.monotonic() - start)
    if process.poll() is None:
        process.send_signal(signal.SIGINT)
    assert process.wait(60) == 0
    wait_for(lambda: not answers(port), 30, "the end of the last server")

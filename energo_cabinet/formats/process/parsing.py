"""Files are parsed in a process of their own, which is given up when it takes too long or dies."""

from __future__ import annotations

import json
import os
import selectors
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Any

from energo_cabinet.domain.registry.row import Reason, RegistryRow
from energo_cabinet.formats.control.plan_table import PlannedDay
from energo_cabinet.formats.files.bounds import bare_environment
from energo_cabinet.formats.files.content import FileContent, FormatError, Notice, from_wire
from energo_cabinet.formats.files.options import ReadOptions
from energo_cabinet.formats.process.reader import Progress

WALL_SECONDS = 60
LARGEST_ANSWER = 512 << 20
TICK_SECONDS = 0.5
_ROOT = Path(__file__).parents[3]


class ParseProcess:
    """A context in which `read` works; one process serves many files, a new one follows each failure.

    `tick` is called now and then while a file is read; what it raises ends the reading.
    """

    def __init__(self, wall_seconds: float = WALL_SECONDS) -> None:
        self.wall_seconds = wall_seconds
        self.tick: Callable[[], None] = lambda: None
        self._child: subprocess.Popen[bytes] | None = None
        self._rest = b""

    def __enter__(self) -> ParseProcess:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._end()

    def read(self, path: Path, options: ReadOptions, progress: Progress | None = None) -> list[FileContent]:
        """What the file says (the members of an archive, in order); FormatError when it is refused."""
        contents: list[FileContent] = []
        self._send({"path": str(path.resolve()), "options": options.to_wire()})
        while True:
            answer = self._receive()
            if "content" in answer:
                contents.append(from_wire(answer["content"]))
            elif "progress" in answer:
                if progress:
                    progress(*answer["progress"])
            elif "refused" in answer:
                raise FormatError(*(Notice(**notice) for notice in answer["refused"]))
            else:
                return contents

    def read_plan(self, path: Path, zone_name: str) -> list[PlannedDay]:
        """The days of a plan by hour in a zone; FormatError when the file is refused."""
        self._send({"path": str(path.resolve()), "plan": zone_name})
        answer = self._receive()
        if "refused" in answer:
            raise FormatError(*(Notice(**notice) for notice in answer["refused"]))
        return [
            PlannedDay(date.fromisoformat(day), tuple(values), None if prices is None else tuple(prices))
            for day, values, prices in answer["plan"]
        ]

    def read_registry(self, path: Path) -> list[RegistryRow]:
        """The rows of a registry of points and meters; FormatError when the file is refused as a whole."""
        self._send({"path": str(path.resolve()), "registry": True})
        answer = self._receive()
        if "refused" in answer:
            raise FormatError(*(Notice(**notice) for notice in answer["refused"]))
        return [
            RegistryRow(line, cells, tuple(Reason(*reason) for reason in errors), kind)
            for line, cells, errors, kind in answer["registry"]
        ]

    def _send(self, request: dict[str, Any]) -> None:
        child = self._child
        if child is None or child.poll() is not None:
            child = self._start()
        assert child.stdin is not None
        child.stdin.write(json.dumps(request).encode() + b"\n")
        child.stdin.flush()

    def _start(self) -> subprocess.Popen[bytes]:
        self._end()
        environment = bare_environment(_ROOT)
        command = [sys.executable, "-m", "energo_cabinet.formats.process.parse_worker"]
        self._child = subprocess.Popen(  # noqa: S603  our own interpreter and module
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment
        )
        self._rest = b""
        return self._child

    def _receive(self) -> dict[str, Any]:
        """The next answer; FormatError when it is late, too long, or the process has ended."""
        parts, size, end = [self._rest], len(self._rest), time.monotonic() + self.wall_seconds
        while b"\n" not in parts[-1]:
            part = self._chunk(end - time.monotonic())
            size += len(part)
            if not part or size > LARGEST_ANSWER:
                self._end()
                raise FormatError(Notice("parser_ended"))
            parts.append(part)
        line, _, self._rest = b"".join(parts).partition(b"\n")
        found: dict[str, Any] = json.loads(line)
        return found

    def _chunk(self, seconds: float) -> bytes:
        """Some output; FormatError when none comes in time, b"" at the end."""
        child = self._child
        assert child is not None
        assert child.stdout is not None
        with selectors.DefaultSelector() as selector:
            selector.register(child.stdout, selectors.EVENT_READ)
            end = time.monotonic() + seconds
            while not selector.select(min(TICK_SECONDS, max(end - time.monotonic(), 0))):
                if time.monotonic() >= end:
                    self._end()
                    raise FormatError(Notice("parser_time", 0, {"seconds": int(self.wall_seconds)}))
                self._look_up()
        return os.read(child.stdout.fileno(), 1 << 20)

    def _look_up(self) -> None:
        try:
            self.tick()
        except BaseException:
            self._end()
            raise

    def _end(self) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        child.kill()
        for pipe in (child.stdin, child.stdout):
            if pipe:
                pipe.close()
        child.wait()

"""A progress bar on standard error, only for people and only for what takes a while."""

from __future__ import annotations

import sys
import time
from types import TracebackType

WIDTH = 30
SILENT_SECONDS = 1.0


class ProgressBar:
    """`with ProgressBar("name") as bar: bar.show(done, total)`."""

    def __init__(self, name: str) -> None:
        self._name, self._began, self._shown = name, time.monotonic(), False

    def __enter__(self) -> ProgressBar:
        return self

    def show(self, done: int, total: int) -> None:
        """Draw `done` of `total`."""
        if not sys.stderr.isatty() or time.monotonic() - self._began < SILENT_SECONDS:
            return
        part = min(1.0, done / total) if total else 1.0
        bar = "█" * int(part * WIDTH)
        sys.stderr.write(f"\r{self._name} [{bar:<{WIDTH}}] {part:4.0%}")
        sys.stderr.flush()
        self._shown = True

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._shown:
            sys.stderr.write("\r\033[K")
            sys.stderr.flush()

"""`make watch`: a saved service, domain module or text is served within seconds, a page after one build.

A new server gets the port only when it has imported what was saved (`warm.py`), so a mistake leaves the last good one
serving. Pages are built by a process beside; a server has links of its own to the files of its pages, because a build
begins by removing them. Ctrl-C and SIGTERM end all of it.
"""

from __future__ import annotations

import ast
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path
from types import FrameType

from watchfiles import Change, DefaultFilter, watch
from watchfiles.main import FileChange

from energo_cabinet import i18n
from energo_cabinet.errors import CabinetError
from energo_cabinet.serving import compiled, front_end
from energo_cabinet.serving.server import end_all
from energo_cabinet.serving.step import say
from energo_cabinet.serving.successor import Successor
from energo_cabinet.serving.warm import end_group
from energo_cabinet.settings import Settings

ROOT = front_end.ROOT
WATCHED = ("energo_cabinet", "assets", "rxconfig.py")
MODELS = ROOT / "energo_cabinet" / "models"
LOOK_MS = 250


class Watch:
    """One installation that somebody works on."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._successor = Successor()
        self._build: subprocess.Popen[bytes] | None = None

    def run(self, announce: Callable[[], None], beside: Sequence[Sequence[str]]) -> int:
        """Serve until SIGINT or SIGTERM (→ 0); `beside` are commands of servers that run as long."""
        signal.signal(signal.SIGINT, _interrupt)
        signal.signal(signal.SIGTERM, _interrupt)
        others: list[subprocess.Popen[bytes]] = []
        saved = watch(
            *(ROOT / name for name in WATCHED), watch_filter=_Sources(), rust_timeout=LOOK_MS, yield_on_timeout=True
        )
        try:
            next(saved)  # it looks from now on: what is saved while the first server starts is not lost
            front_end.build(self._settings)
            others += [subprocess.Popen(command, start_new_session=True) for command in beside]  # noqa: S603
            self._successor.start()
            if problem := self._successor.serve():
                raise CabinetError("not_served", problem=problem)
            announce()
            self._follow(saved)
        except KeyboardInterrupt:
            return 0
        finally:
            self._successor.end()
            if self._build:
                end_group(self._build.pid)  # with Reflex and Vite, which it has started
            end_all(others)
        return 0

    def _follow(self, saved: Iterator[set[FileChange]]) -> None:
        for changes in saved:
            if changes:
                self._changed({Path(path) for _, path in changes})
            if self._build and self._build.poll() is not None:
                code, self._build = self._build.returncode, None
                if code:
                    _say_kept("the pages could not be built")
                else:
                    self._changed(())

    def _changed(self, paths: Collection[Path]) -> None:
        """Serve what was saved; what only a build can show, after it."""
        named = ", ".join(sorted(str(path.relative_to(ROOT)) for path in paths)[:3]) or "the pages"
        try:
            _parse(paths)
            i18n.catalogue.cache_clear()
            if front_end.needs_build(self._settings):
                self._start_build()
                if any(map(_is_page, paths)):
                    say(f"→ {named}: the pages are built first")
                    return
            self._serve(named, any(path.is_relative_to(MODELS) for path in paths))
        except CabinetError as error:
            _say_kept(i18n.text(f"error.{error.code}", "en", **error.params))
        except SyntaxError as error:
            _say_kept(f"SyntaxError: {error.msg} ({error.filename}, line {error.lineno})")
        except ValueError as error:  # a catalogue that is no TOML
            _say_kept(f"{named}: {error}")

    def _serve(self, named: str, is_model: bool) -> None:
        start = time.monotonic()
        problem = self._successor.serve(has_pages=self._build is None, is_model=is_model)
        if problem:
            _say_kept(problem)
        else:
            say(f"→ {named}: served after {time.monotonic() - start:.1f} s")

    def _start_build(self) -> None:
        """One at a time; what is saved meanwhile is looked at when it has ended."""
        if self._build is None:
            command = [sys.executable, "-m", "energo_cabinet", "build"]
            self._build = subprocess.Popen(command, cwd=ROOT, start_new_session=True)  # noqa: S603


class _Sources(DefaultFilter):
    """Sources and data of the package, not what Python or an editor writes beside them."""

    def __call__(self, change: Change, path: str) -> bool:
        return Path(path).suffix != "" and not path.endswith(("~", ".tmp")) and super().__call__(change, path)


def _parse(paths: Collection[Path]) -> None:
    """A mistake that can be told at once need not wait for a build to fail."""
    for path in paths:
        if path.suffix == ".py" and path.exists():
            ast.parse(path.read_bytes(), str(path))


def _is_page(path: Path) -> bool:
    """Whether this is seen in a browser only after a build."""
    parts = path.relative_to(ROOT).parts
    is_code = len(parts) > 1 and parts[0] == "energo_cabinet" and path.suffix == ".py"
    return parts[0] == "assets" or (is_code and parts[1].removesuffix(".py") in compiled.RUN)


def _say_kept(problem: str) -> None:
    say(f"✗ {problem}; the last good one is served on")


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt

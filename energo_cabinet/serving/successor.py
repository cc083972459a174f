"""The server of `make watch`, and the one that takes its place: orders to `warm.py`, pages to serve."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import IO

from energo_cabinet.serving import front_end, page_texts
from energo_cabinet.serving.reload import PAGES
from energo_cabinet.serving.step import tool_environment
from energo_cabinet.serving.warm import FAILED

SERVED = front_end.ROOT / "build" / "watched"
END_S = 5


class Successor:
    """A warm process and what it serves."""

    def __init__(self) -> None:
        self._warm: subprocess.Popen[str] | None = None
        self._reports: IO[str] | None = None
        self._pages = SERVED

    def start(self) -> None:
        """Have the libraries imported; the first server waits for it."""
        inner, outer = os.pipe()
        command = [sys.executable, "-m", "energo_cabinet.serving.warm", str(outer), "0"]
        environment = tool_environment(Path(sys.executable).parent)
        pipes = {"stdin": subprocess.PIPE, "pass_fds": (outer,), "start_new_session": True}
        self._warm = subprocess.Popen(command, text=True, env=environment, cwd=front_end.ROOT, **pipes)  # type: ignore[call-overload]  # noqa: S603
        os.close(outer)
        self._reports = os.fdopen(inner)

    def serve(self, has_pages: bool = True, is_model: bool = False) -> str:
        """Have the sources served as they are now; "" or why the server before goes on.

        While a build is under way (not `has_pages`) the pages stay those that are served already. A changed model
        takes longer (`is_model`): the warm process has it imported.
        """
        has_pages = has_pages and front_end.STAMP.exists()
        pages = _folder() if has_pages else self._pages
        order = {"environment": {"REFLEX_WEB_WORKDIR": str(pages), PAGES: pages.name}, "is_model": is_model}
        assert self._warm and self._warm.stdin and self._reports
        try:
            self._warm.stdin.write(f"{json.dumps(order)}\n")
            self._warm.stdin.flush()
            try:
                if has_pages:
                    _put(pages)  # the server is imported meanwhile, and waits for them
            finally:
                said = self._reports.readline()
            report = json.loads(said or '{"problem": "the warm process has ended; start anew"}')
        except BrokenPipeError:
            return "the warm process has ended; start anew"
        if not report["problem"]:
            self._pages = pages
            _forget_all_but(pages)
        return str(report["problem"])

    def end(self) -> None:
        """End the server and the process it came from."""
        if self._warm and self._warm.stdin:
            with suppress(BrokenPipeError):
                self._warm.stdin.close()
            try:
                self._warm.wait(END_S)
            except subprocess.TimeoutExpired:
                self._warm.kill()


def _folder() -> Path:
    """Where pages with these words are served from: a new place when anything in them is."""
    seal = front_end.STAMP.read_bytes() + page_texts.digest(front_end.STAMP.parent).encode()
    target = SERVED / hashlib.sha256(seal).hexdigest()[:12]
    SERVED.mkdir(parents=True, exist_ok=True)
    target.with_suffix(FAILED).unlink(missing_ok=True)
    return target


def _put(target: Path) -> None:
    """The built pages with their words, under a name of their own; whoever waits for it hears of a failure."""
    build, unfinished = front_end.STAMP.parent, target.with_suffix(".new")
    if target.exists():
        return
    try:
        front_end.fill()
        shutil.rmtree(unfinished, ignore_errors=True)
        shutil.copytree(build / "client", unfinished / "build" / "client", copy_function=os.link)
        shutil.copytree(build.parent / "backend", unfinished / "backend")
        unfinished.rename(target)
    except BaseException:
        target.with_suffix(FAILED).touch()
        raise


def _forget_all_but(pages: Path) -> None:
    for folder in SERVED.iterdir():
        if folder != pages:
            shutil.rmtree(folder, ignore_errors=True)

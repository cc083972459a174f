"""A process that has the libraries imported and becomes a server in a moment, again and again, for `make watch`.

Importing pandas, SQLAlchemy and Reflex takes longer than importing this package, and only the package changes. Each
order on stdin forks a child that imports the package from the sources as they are now and serves; the server before
it goes when the new one is about to answer, on Linux, where two may listen on one port, and elsewhere when the new one
has been imported. Of the package only the models are imported here: they import nothing
else of it, change seldom and take a fifth of its time; when they do change this process begins anew (`execv`).
"""

from __future__ import annotations

import ast
import gc
import importlib
import json
import os
import select
import signal
import sys
import time
import traceback
from collections.abc import Iterator
from contextlib import suppress
from itertools import chain
from pathlib import Path
from typing import IO, Any, NoReturn

PACKAGE = Path(__file__).parents[1]
ROOT = PACKAGE.parent
NOT_SERVED = {"cli", "demo", "serving"}
LAZY = (
    "reflex.app",
    "reflex.utils.exec",
    "granian.server",
    "plotly.graph_objects",
    "narwhals.stable.v1",
    "pydantic.v1",
)
"""What libraries import only when it is asked for, which every server does."""
STOP_S = 0.5
FAILED = ".failed"
"""What stands beside the folder of pages that could not be put together."""
MAY_SHARE_PORT = sys.platform == "linux"


def main() -> None:
    """Obey orders, a line of JSON each, until stdin ends; argv: where reports go, a server, the order to begin with."""
    sys.path.insert(0, str(ROOT))
    fd, current = int(sys.argv[1]), int(sys.argv[2])
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # ended servers vanish by themselves
    _import_libraries()
    for line in chain(sys.argv[3:], sys.stdin):
        order = json.loads(line)
        if order.pop("is_model", False):
            os.execv(sys.executable, [*sys.orig_argv[:4], str(current), json.dumps(order)])  # noqa: S606
        report = _fork(order["environment"], current)
        current = current if report["problem"] else report["pid"]
        os.write(fd, f"{json.dumps(report)}\n".encode())
    end_group(current)


def _fork(environment: dict[str, str], before: int) -> dict[str, Any]:
    """A new server, if it can be imported; what it said about that."""
    inner, outer = os.pipe()
    pid = os.fork()
    if not pid:
        _be_server(environment, before, os.fdopen(outer, "w"))
    os.close(outer)
    with os.fdopen(inner) as said:
        asked, _, _ = select.select([said, sys.stdin], [], [])
        line = said.readline() if said in asked else ""  # else nobody waits for it any more
    report: dict[str, Any] = json.loads(line or '{"problem": "it ended while it was starting"}')
    end_group(pid if report["problem"] else before)
    return {**report, "pid": pid}


def _import_libraries() -> None:
    """Import what the package imports of others."""
    for name in sorted(name for name in {*_libraries(), *LAZY} if name.partition(".")[0] != PACKAGE.name):
        with suppress(Exception):  # the server will say so
            importlib.import_module(name)
    for name in [name for name in sys.modules if name.partition(".")[0] in (PACKAGE.name, "rxconfig")]:
        del sys.modules[name]  # what Reflex's configuration brought along
    with suppress(Exception):
        importlib.import_module(f"{PACKAGE.name}.models")
    gc.collect()
    gc.freeze()


def _libraries() -> Iterator[str]:
    for path in PACKAGE.rglob("*.py"):
        if path.relative_to(PACKAGE).parts[0] in NOT_SERVED:
            continue
        with suppress(SyntaxError):
            for node in ast.walk(ast.parse(path.read_bytes())):
                if isinstance(node, ast.Import):
                    yield from (alias.name for alias in node.names)
                elif isinstance(node, ast.ImportFrom) and node.module:
                    yield node.module


def _be_server(environment: dict[str, str], before: int, report: IO[str]) -> NoReturn:
    """Import the application and serve in the place of the server `before`; say when it does, or why it cannot."""
    os.setsid()
    os.close(int(sys.argv[1]))
    os.dup2(os.open(os.devnull, os.O_RDONLY), sys.stdin.fileno())
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.environ.update(environment)
    set_mode()
    try:
        gc.disable()
        application = importlib.import_module(f"{PACKAGE.name}.{PACKAGE.name}").app
        gc.enable()
    except BaseException as error:  # SystemExit too: a start that the application refuses
        _say(report, _in_words(error))
        os._exit(1)
    _await_pages(Path(environment["REFLEX_WEB_WORKDIR"]), report)
    if not MAY_SHARE_PORT:
        end_group(before)

    async def tell() -> None:
        _say(report, "")

    application.register_lifespan_task(tell)
    from reflex.config import get_config
    from reflex.utils.exec import LogLevel, run_backend_prod

    run_backend_prod(get_config().backend_host, get_config().backend_port or 0, LogLevel.WARNING)
    os._exit(0)


def _await_pages(pages: Path, report: IO[str]) -> None:
    """Words are put into them while the application is imported."""
    while not pages.is_dir():
        if pages.with_suffix(FAILED).exists():
            _say(report, "the pages could not be written")
            os._exit(1)
        time.sleep(0.01)


def set_mode() -> None:
    """What `reflex run --env prod --backend-only` sets; workers are forked on every system, to know whom to tell."""
    from reflex_base.constants import Env
    from reflex_base.environment import environment

    environment.REFLEX_ENV_MODE.set(Env.PROD)
    environment.REFLEX_BACKEND_ONLY.set(True)
    environment.REFLEX_SKIP_COMPILE.set(True)
    environment.REFLEX_BACKEND_START_METHOD.set("fork")


def _say(report: IO[str], problem: str) -> None:
    report.write(f"{json.dumps({'problem': problem})}\n")
    report.close()


def _in_words(error: BaseException) -> str:
    """One sentence: what is wrong, and where in the sources of the package."""
    if isinstance(error, SyntaxError):
        return f"{type(error).__name__}: {error.msg} ({error.filename}, line {error.lineno})"
    own = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.startswith(str(PACKAGE))]
    where = f" ({own[-1].filename}, line {own[-1].lineno})" if own else ""
    return f"{type(error).__name__}: {error}{where}"


def end_group(pid: int) -> None:
    """End a server with its workers: politely, then not; return when all are gone."""
    for number in (signal.SIGTERM, signal.SIGKILL) if pid else ():
        end = time.monotonic() + STOP_S
        with suppress(ProcessLookupError):
            os.killpg(pid, number)
            while time.monotonic() < end:
                os.killpg(pid, 0)
                time.sleep(0.01)


if __name__ == "__main__":
    main()

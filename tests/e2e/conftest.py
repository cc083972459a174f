"""Servers shared by all browser tests of a worker; every page is watched for console errors and foreign requests."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Playwright,
    Request,
    expect,
    sync_playwright,
)

from tests.budgets import folder_of
from tests.e2e.cabinet import ROOT, Cabinet, command, environment, running_cabinet
from tests.preparation import browser as installed_browser
from tests.servers import absent

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"]
expect.set_options(timeout=45_000)  # a shared machine draws a chart in seconds, not in tenths
FLAGS += ["--disable-component-update", "--disable-sync", "--no-first-run", "--no-default-browser-check"]
FLAGS += ["--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE localhost , EXCLUDE 127.0.0.1"]
"""Nothing is reached but this machine. Not `context.route`: each request would pass the driver and no file be kept."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here is e2e; the first test of a worker may wait for the build.

    The long tests without a browser run before these, while the front end is built; the short ones after them, so that
    no worker is left alone with a long module.
    """
    for item in items:
        if folder_of(item.nodeid) == "e2e":
            item.add_marker(pytest.mark.e2e)
            item.add_marker(pytest.mark.timeout(600))
    items.sort(key=lambda item: {"services": 0, "auth": 0, "e2e": 1}.get(folder_of(item.nodeid), 2))


def pytest_collection_finish(session: pytest.Session) -> None:
    """Begin to build in the background, in one worker of all; `built` waits for the same lock."""
    is_first = os.environ.get("PYTEST_XDIST_WORKER", "gw0") == "gw0" and not session.config.option.collectonly
    if is_first and any(folder_of(item.nodeid) == "e2e" for item in session.items):
        call = [sys.executable, "-m", "energo_cabinet", "build"]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        building = subprocess.Popen(call, env=environment(ROOT / "build", 3000), cwd=ROOT, **quiet)
        session.config.add_cleanup(building.wait)


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> None:
    """The production build of these sources, shared with `make demo` and made once."""
    command(environment(tmp_path_factory.mktemp("build"), 3000), "build")


@pytest.fixture(scope="package")
def cabinet(built: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cabinet]:
    """A running installation without any data; ended with the browser tests, not with the run."""
    with running_cabinet(tmp_path_factory.mktemp("cabinet"), "--empty") as running:
        yield running


@pytest.fixture(scope="package")
def demo(built: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cabinet]:
    """A running installation with the demo data."""
    with running_cabinet(tmp_path_factory.mktemp("demo")) as running:
        yield running


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    """The driver. While it lives its event loop runs in this thread, and no other test could have one."""
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """The installed Chromium or Chrome."""
    path = installed_browser()
    if path is None:
        absent("Chromium or Chrome (Debian: chromium)")
    launched = playwright.chromium.launch(executable_path=path, args=FLAGS)
    yield launched
    launched.close()


class Watch:
    """What a page did that it must not: console errors and requests to other hosts."""

    def __init__(self) -> None:
        self.errors: list[str] = []
        self.foreign: list[str] = []

    def watched(self, context: BrowserContext) -> BrowserContext:
        """Look over every page of a context."""
        context.on("request", self._request)
        context.on("console", self._console)
        context.on("weberror", lambda error: self.errors.append(str(error.error)))
        return context

    def forget(self) -> None:
        """A test that provokes an error on purpose has seen it."""
        self.errors.clear()

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.errors.append(f"{message.text} ({message.location.get('url')})")

    def _request(self, request: Request) -> None:
        host = urlsplit(request.url).hostname  # none of data: and blob:
        if host not in {None, "localhost", "127.0.0.1"}:
            self.foreign.append(request.url)


@pytest.fixture
def watch() -> Iterator[Watch]:
    """Errors and foreign requests of this test's pages; there must be none."""
    kept = Watch()
    yield kept
    assert kept.foreign == [], "requests to foreign hosts"
    assert kept.errors == [], "errors in the browser's console"


@pytest.fixture
def new_page(browser: Browser, watch: Watch) -> Iterator[Callable[..., Page]]:
    """Make a page in a context of its own (another person, another device); options as `browser.new_context`."""
    opened: list[BrowserContext] = []

    def make(**options: object) -> Page:
        context = browser.new_context(
            **({"locale": "ru-RU", "timezone_id": "Europe/Moscow", "reduced_motion": "reduce"} | options)
        )  # type: ignore
        context.set_default_timeout(45_000)
        opened.append(watch.watched(context))
        return context.new_page()

    yield make
    for context in opened:
        context.close()


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    """One page in a fresh context."""
    return new_page()


def axe_violations(page: Page) -> list[str]:
    """axe-core's findings on the page as it stands: `rule: selector` each; [] is what we want."""
    found = Axe().run(page).response["violations"]
    return [f"{v['id']}: {' '.join(map(str, node['target']))}" for v in found for node in v["nodes"]]


def screenshot(page: Page, path: Path) -> None:
    """The whole page as PNG."""
    path.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=path, full_page=True)

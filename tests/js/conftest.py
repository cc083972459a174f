"""A module of assets/js on a page of a few lines in a real Chromium, with answers of the test's own; no network."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import lru_cache
from time import monotonic
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Playwright, Request, Route, sync_playwright

from energo_cabinet.joined_assets import SCRIPT, cabinet_js
from tests.e2e.conftest import FLAGS
from tests.preparation import browser as installed_browser
from tests.servers import absent

HOST = "http://cabinet.test"
PAGE = """<!doctype html><html lang="en"><head><title>Cabinet</title><script src="/module.js"></script></head>
<body>{}</body>"""


@lru_cache
def joined(module: str) -> str:
    """One module with what it imports, as the build joins them."""
    return cabinet_js(SCRIPT.parent / f"{module}.js")


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


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """An empty page; a script that throws fails the test."""
    context = browser.new_context(locale="en-GB")
    context.set_default_timeout(45_000)
    thrown: list[str] = []
    context.on("weberror", lambda error: thrown.append(str(error.error)))
    yield context.new_page()
    context.close()
    assert thrown == []


class Site:
    """What the page asks for: answers by path, and everything that was asked."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.answers: dict[str, tuple[int, object]] = {}
        self.asked: list[Request] = []
        self.is_cut = False
        self.holds = False
        self._held: list[Route] = []
        self._body, self._module = "", ""
        page.route("**/*", self._answer)

    def opens(self, module: str, body: str, path: str = "/") -> None:
        """Load the page with one module."""
        self._module, self._body = module, body
        self.page.goto(HOST + path)

    def puts(self, html: str, into: str = "body") -> None:
        """Put elements into the page, as React does."""
        self.page.locator(into).evaluate("(node, html) => node.insertAdjacentHTML('beforeend', html)", html)

    def goes_on(self, count: int = 1) -> None:
        """Answer the requests that were held the longest."""
        for route in [self._held.pop(0) for _ in range(count)]:
            self._served(route)

    def wait_for(self, count: int) -> list[Request]:
        """The requests of the API as soon as there are so many."""
        end = monotonic() + 45
        while len(self.asked) < count:
            assert monotonic() < end, f"{len(self.asked)} of {count} requests"
            self.page.wait_for_timeout(20)
        return self.asked

    def stops_time(self) -> None:
        """From the next page on time passes by `page.clock.run_for` only."""
        self.page.clock.install(time=0)
        self.page.clock.pause_at(1000)

    def _answer(self, route: Route) -> None:
        path = urlsplit(route.request.url).path
        if path == "/module.js":
            route.fulfill(body=joined(self._module), content_type="text/javascript; charset=utf-8")
        elif not path.startswith("/api/"):
            route.fulfill(body=PAGE.format(self._body), content_type="text/html; charset=utf-8")
        else:
            self.asked.append(route.request)
            if self.holds:
                self._held.append(route)
            else:
                self._served(route)

    def _served(self, route: Route) -> None:
        if self.is_cut:
            route.abort("internetdisconnected")
            return
        status, answer = self.answers.get(urlsplit(route.request.url).path, (404, {}))
        route.fulfill(status=status, body=json.dumps(answer), content_type="application/json")


@pytest.fixture
def site(page: Page) -> Site:
    """The page's server."""
    return Site(page)


@pytest.fixture
def drop(page: Page) -> Callable[..., None]:
    """Drag something over an element and let it go: `drop("[data-drop]", ("a.xml", b"…"), …)`."""

    def dropped(target: str, *files: tuple[str, bytes], until: str = "drop") -> None:
        made = page.evaluate_handle(
            """files => {
                const given = new DataTransfer();
                for (const [name, text] of files) given.items.add(new File([text], name));
                if (!files.length) given.setData("text/plain", "words");
                return given;
            }""",
            [[name, data.decode()] for name, data in files],
        )
        for event in ("dragenter", "dragover", until):
            page.dispatch_event(target, event, {"dataTransfer": made})

    return dropped

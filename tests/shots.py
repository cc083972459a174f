"""`make shots`: every page at three widths, light and dark, into build/shots; axe-core's findings in axe.txt."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from energo_cabinet.demo.places import ANNA, PASSWORD
from energo_cabinet.demo.staff import ADMIN
from tests.e2e.addresses import PUBLIC, SIGNED_IN, STAFF
from tests.e2e.browsing import enters, settled
from tests.e2e.cabinet import ROOT, Cabinet, command, environment, running_cabinet
from tests.e2e.conftest import FLAGS, axe_violations, screenshot
from tests.preparation import browser as installed_browser

FOLDER = ROOT / "build" / "shots"
WIDTHS = (390, 768, 1440)
Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")


@dataclass(frozen=True)
class Look:
    """How a page is looked at."""

    width: int
    scheme: Scheme
    language: str = "ru"

    @property
    def suffix(self) -> str:
        """Part of the file's name."""
        return f"{self.width}-{self.scheme}" + ("" if self.language == "ru" else f"-{self.language}")


LOOKS = [Look(width, scheme) for width in WIDTHS for scheme in SCHEMES] + [Look(1440, "light", "en")]


def main() -> int:
    """Photograph everything; optional arguments choose pages by name."""
    chosen = set(sys.argv[1:])
    path = installed_browser()
    assert path, "no Chromium or Chrome"
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        command(environment(Path(folder), 3000), "build")
        with running_cabinet(Path(folder)) as cabinet:
            browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
            findings = [f for look in LOOKS for f in _photograph(browser, cabinet, look, chosen)]
            browser.close()
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / "axe.txt").write_text("".join(f"{line}\n" for line in findings))
    print(f"{FOLDER}: {len(list(FOLDER.glob('*.png')))} pictures, {len(findings)} findings of axe-core")
    print("\n".join(findings))
    return 1 if findings else 0


def _photograph(browser: Browser, cabinet: Cabinet, look: Look, chosen: set[str]) -> Iterator[str]:
    with _context(browser, cabinet, look) as context:
        page = context.new_page()
        yield from _pages(page, cabinet, look, PUBLIC, chosen)
        enters(page, cabinet, ANNA, PASSWORD)
        yield from _pages(page, cabinet, look, SIGNED_IN, chosen)
        if not chosen or "add-contract" in chosen:
            yield from _dialog(page, cabinet, look)
    if not chosen or chosen & STAFF.keys():
        with _context(browser, cabinet, look) as context:
            page = context.new_page()
            enters(page, cabinet, ADMIN, PASSWORD)
            yield from _pages(page, cabinet, look, STAFF, chosen)


def _pages(page: Page, cabinet: Cabinet, look: Look, pages: dict[str, str], chosen: set[str]) -> Iterator[str]:
    for name, address in pages.items():
        if not chosen or name in chosen:
            page.goto(cabinet.url + address)
            yield from _shoot(page, name, look)


def _dialog(page: Page, cabinet: Cabinet, look: Look) -> Iterator[str]:
    page.goto(cabinet.url + "/points")
    settled(page)
    if look.width < 1024:
        page.locator(".phonebar .switch").click()
        page.locator(".phonebar .switchbox button").last.click()
    else:
        page.locator(".sidebar button.add").click()
    page.get_by_role("dialog").locator("visible=true").wait_for()
    yield from _shoot(page, "add-contract", look)


def _shoot(page: Page, name: str, look: Look) -> Iterator[str]:
    settled(page)
    screenshot(page, FOLDER / f"{name}-{look.suffix}.png")
    wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    if wide:
        yield f"{name}-{look.suffix} wider than the screen"
    yield from (f"{name}-{look.suffix} {finding}" for finding in axe_violations(page))


@contextmanager
def _context(browser: Browser, cabinet: Cabinet, look: Look) -> Iterator[BrowserContext]:
    size = {"width": look.width, "height": 844 if look.width < 500 else 900}
    context = browser.new_context(
        viewport=size,  # type: ignore[arg-type]
        color_scheme=look.scheme,
        locale="ru-RU",
        timezone_id="Europe/Moscow",
        reduced_motion="reduce",
    )
    context.add_cookies([{"name": "lang", "value": look.language, "url": cabinet.url}])
    yield context
    context.close()


if __name__ == "__main__":
    sys.exit(main())

"""A page looked at as many see it, wide and narrow, light and dark, from one load of it.

It is loaded as narrow as it is to be looked at, which is where a page breaks first, and drawn wider afterwards; loading
it anew for each look would cost as much as two of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from playwright.sync_api import Page, expect

from tests.e2e.browsing import settled
from tests.e2e.conftest import axe_violations

TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
SEEN = "[innerWidth, matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light']"


class Look(NamedTuple):
    """The width of a window, px, and the colours that its owner prefers."""

    width: int
    scheme: str = "light"

    @property
    def size(self) -> dict[str, int]:
        """Of the window, as the driver takes it."""
        return {"width": self.width, "height": 900}


def looks(page: Page, of: Iterable[Look]) -> Iterator[Look]:
    """Each look, once the page has taken it on and moves no more."""
    for look in of:
        if page.evaluate(SEEN) != list(look):
            page.set_viewport_size(look.size)
            page.emulate_media(color_scheme=look.scheme)
            page.evaluate("window.movedAt = performance.now()")
        settled(page)
        expect(page.locator("html")).to_have_class(re.compile(rf"\b{look.scheme}\b"))
        yield look


def fits(page: Page) -> bool:
    """Nothing is wider than the window."""
    return bool(page.evaluate(TOO_WIDE) <= 0)


def faults(page: Page, of: Iterable[Look]) -> dict[Look, list[str]]:
    """Looks at which something is wider than the window or axe-core finds something; {} is what we want."""
    found = {look: axe_violations(page) + ["too wide"] * (not fits(page)) for look in looks(page, of)}
    return {look: rules for look, rules in found.items() if rules}

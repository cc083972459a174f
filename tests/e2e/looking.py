"""A page looked at as many see it, wide and narrow, light and dark, from one load of it.

What a page must bear at a width or in a mode it must also bear when a window is drawn narrower or the evening comes, so
that nothing is lost by not loading it anew; a load costs as much as two of these looks.
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


def looks(page: Page, of: Iterable[Look]) -> Iterator[Look]:
    """Each look, once the page has taken it on and moves no more."""
    for look in of:
        if page.evaluate(SEEN) != list(look):
            page.set_viewport_size({"width": look.width, "height": 900})
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

"""A handler that failed unexpectedly: the person is told so in general words (ASVS 16.5.1)."""

from __future__ import annotations

import logging
import re

import reflex as rx
from reflex.event import EventSpec

from energo_cabinet.auth.access import access
from energo_cabinet.auth.view import REFUSED
from energo_cabinet.errors import PermissionDenied

log = logging.getLogger(__name__)


@access("public")
class FaultState(rx.State):
    """Whether the general sentence is shown; `is_view`: instead, that this is closed in a view of the staff."""

    is_shown: bool = False
    is_view: bool = False

    @rx.event
    def show(self):
        """Say it."""
        self.is_shown, self.is_view = True, False

    @rx.event
    def show_view(self):
        """Say that it is closed to whoever looks through a customer's eyes."""
        self.is_shown = self.is_view = True

    @rx.event
    def forget(self):
        """Close it."""
        self.is_shown = False


def report_browser_fault(exception: Exception) -> None:
    """`rx.App(frontend_exception_handler=…)`: a script of ours failed in somebody's browser.

    What the browser says is whatever its sender likes, so the log has its kind and length and nothing of it.
    """
    words = str(exception)
    kind = re.match(r"(?:\[SID: [\w-]{1,40}\] )?([A-Z][A-Za-z]{2,40}Error)\b", words)
    log.warning("a script failed in a browser: %s, %d characters", kind[1] if kind else "unknown", len(words))


def report_fault(exception: Exception) -> EventSpec:
    """`rx.App(backend_exception_handler=…)`: log with traceback, tell the person nothing but that it failed."""
    if isinstance(exception, PermissionDenied) and exception.code == REFUSED:
        return FaultState.show_view()  # type: ignore[operator]
    log.error("a handler failed", exc_info=exception)
    return FaultState.show()  # type: ignore[operator]

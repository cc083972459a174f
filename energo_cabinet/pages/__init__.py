"""Pages: one module each, so that each gets its own bundle."""

from __future__ import annotations

import reflex as rx

from energo_cabinet.pages import activate, legal, login, not_found, recover, register, reset, welcome


def add_to(app: rx.App) -> None:
    """Register every page."""
    for module in (welcome, register, activate, login, recover, reset, legal, not_found):
        module.add_to(app)

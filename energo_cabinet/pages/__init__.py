"""Pages: one module each, so that each gets its own bundle."""

from __future__ import annotations

import reflex as rx

from energo_cabinet.pages import welcome


def add_to(app: rx.App) -> None:
    """Register every page."""
    for module in (welcome,):
        module.add_to(app)

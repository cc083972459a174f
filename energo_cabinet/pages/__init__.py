"""Pages: one module each, so that each gets its own bundle; a module with `add_to` is a page."""

from __future__ import annotations

from importlib import import_module
from pkgutil import walk_packages

import reflex as rx


def add_to(app: rx.App) -> None:
    """Register every page there is, in whichever room."""
    for found in walk_packages(__path__, f"{__name__}."):
        module = import_module(found.name)
        if hasattr(module, "add_to"):
            module.add_to(app)

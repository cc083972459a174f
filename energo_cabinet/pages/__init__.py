"""Pages: one module each, so that each gets its own bundle; a module with `add_to` is a page."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

import reflex as rx


def add_to(app: rx.App) -> None:
    """Register every page there is."""
    for found in iter_modules(__path__):
        module = import_module(f"{__name__}.{found.name}")
        if hasattr(module, "add_to"):
            module.add_to(app)

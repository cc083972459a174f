"""Tags of every page's head."""

from __future__ import annotations

import reflex as rx


def head_components() -> list[rx.Component]:
    """Viewport, icon."""
    return [
        rx.el.meta(name="viewport", content="width=device-width,initial-scale=1"),
        rx.el.link(rel="icon", href="/favicon.svg", type="image/svg+xml"),
    ]

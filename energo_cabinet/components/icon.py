"""Lucide icons, decorative: the words beside them (or the button's label) carry the meaning."""

from __future__ import annotations

import reflex as rx


def icon(name: str, size: int = 16, cls: str = "") -> rx.Component:
    """The Lucide icon `name`, `size` px, hidden from screen readers."""
    return rx.icon(name, size=size, stroke_width=1.75, class_name=f"ic {cls}".strip(), aria_hidden="true")


def mark() -> rx.Component:
    """The product's sign: three bars."""
    bars = [(6.5, 14, 7), (12, 10, 11), (17.5, 6.5, 14.5)]
    return rx.el.svg(
        rx.el.rect(width="28", height="28", rx="6", class_name="mark-ground"),
        *(rx.el.rect(x=str(x), y=str(y), width="4", height=str(h), rx="1", fill="#fff") for x, y, h in bars),
        class_name="mark",
        width="28",
        height="28",
        view_box="0 0 28 28",
        aria_hidden="true",
    )

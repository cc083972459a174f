"""Figures: a number with its unit, statistics, changes, shares, legends."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import reflex as rx

from energo_cabinet.components.icon import icon

Text = str | rx.Var[str]
Size = Literal["hero", "mid", "small"]


def fig(value: Text, unit: Text | None = None, size: Size = "small") -> rx.Component:
    """A number in tabular figures, its unit smaller and muted; `value` comes formatted in the user's language."""
    tail = [rx.el.small("\N{NO-BREAK SPACE}", unit)] if unit is not None else []
    return rx.el.span(value, *tail, class_name=f"fig {size}")


def stat(label: Text, value: Text, unit: Text | None = None, note: Text | None = None) -> rx.Component:
    """Label, number, note; put several into `stats`."""
    below = [rx.el.div(note, class_name="note")] if note is not None else []
    return rx.el.div(rx.el.div(label, class_name="label"), fig(value, unit), *below, class_name="stat")


def stats(*items: rx.Component) -> rx.Component:
    """Statistics side by side with hairlines, two in a row on phones."""
    return rx.el.div(*items, class_name="stats")


def delta(text: Text, tone: Text, icon_name: str = "trending-up") -> rx.Component:
    """A change against another period."""
    return rx.el.span(icon(icon_name, 14), rx.el.span(text), class_name=f"delta {tone}")


def legend_item(words: Any, colour: str, shape: str = "", value: Text | None = None) -> rx.Component:
    """One series: shape "" (bar), "line", "dash", "dot", "hatch" or "gap"; colour like `var(--t1)`."""
    tail = [" ", rx.el.b(value)] if value is not None else []
    swatch = rx.el.i(class_name=shape, style={"--c": colour}, aria_hidden="true")
    return rx.el.li(swatch, rx.el.span(words, *tail))


def legend(*items: rx.Component) -> rx.Component:
    """The legend of a chart; it stands in the card's head and may carry values."""
    return rx.el.ul(*items, class_name="legend")


def split(shares: Sequence[tuple[Text, str]]) -> rx.Component:
    """A bar divided by share: (width in % like "75%", colour)."""
    return rx.el.div(
        *(rx.el.i(style={"width": width, "background": colour}) for width, colour in shares),
        class_name="split",
        aria_hidden="true",
    )

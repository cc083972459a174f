"""A card around a chart: title, legend with the second cue; remarks."""

from __future__ import annotations

from typing import Any

import reflex as rx

from energo_cabinet.components.card import card


def chart_card(title: Any, legend: Any, figure: rx.Component, *, cls: str = "c12") -> rx.Component:
    """`legend`: a Var of items with words, colour (a token's name) and shape."""
    return card(
        figure,
        title=title,
        action=rx.el.ul(rx.foreach(legend, _item), class_name="legend"),
        cls=cls,
    )


def notes(lines: Any) -> rx.Component:
    """Remarks under the figures: ratio, estimated values, where the numbers come from."""
    shown = rx.el.div(rx.foreach(lines, lambda line: rx.el.p(line)), class_name="note notes")
    return rx.cond(lines.length() > 0, shown, rx.fragment())


def _item(item: Any) -> rx.Component:
    colour = rx.Var.create("var(--") + item.colour + ")"
    return rx.el.li(rx.el.i(class_name=item.shape, style={"--c": colour}, aria_hidden="true"), rx.el.span(item.words))

"""Cards, page heads, badges and description lists."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import reflex as rx

from energo_cabinet.components.button import page_link
from energo_cabinet.components.icon import icon

Text = str | rx.Var[str]
Tone = Literal["gray", "success", "warning", "danger", "info"]


def card(
    *body: Any,
    title: Text | None = None,
    sub: Text | None = None,
    action: rx.Component | None = None,
    foot: rx.Component | None = None,
    cls: str = "",
    **props: Any,
) -> rx.Component:
    """A surface with an optional heading (h2), an action on the right and a foot; never nested. `cls`: c4, c6, c12…"""
    parts: list[Any] = []
    if title is not None:
        words = [rx.el.h2(title)] + ([rx.el.p(sub, class_name="sub")] if sub is not None else [])
        right = [rx.el.div(action, class_name="card-action")] if action is not None else []
        parts.append(rx.el.header(rx.el.div(*words), *right, class_name="card-head"))
    parts += body
    if foot is not None:
        parts.append(rx.el.footer(foot, class_name="card-foot"))
    return rx.el.section(*parts, class_name=f"card {cls}".strip(), **props)


def page_head(
    title: Text | rx.Component,
    sub: Text | rx.Component | None = None,
    *,
    actions: Sequence[rx.Component] = (),
    back: tuple[Text, Text] | None = None,
) -> rx.Component:
    """The page's h1 with a line below, actions on the right and a way back (label, address) above."""
    above = [page_link(icon("arrow-left", 14), rx.el.span(back[0]), href=back[1], cls="back")] if back else []
    words = [rx.el.h1(title)] + ([rx.el.p(sub)] if sub is not None else [])
    right = [rx.el.div(*actions, class_name="actions")] if actions else []
    return rx.el.header(
        *above, rx.el.div(rx.el.div(*words, class_name="grow"), *right, class_name="row"), class_name="page-head"
    )


def tabs(label: Text, items: Sequence[tuple[Text, Text, bool]]) -> rx.Component:
    """Links to the tabs of a page: (words, address, is this one)."""
    return rx.el.nav(
        *(
            page_link(words, href=href, cls="on" if here else "", **({"aria_current": "page"} if here else {}))
            for words, href, here in items
        ),
        class_name="tabs",
        aria_label=label,
    )


def badge(text: Text, tone: Tone | rx.Var[str] = "gray", *, cls: str = "") -> rx.Component:
    """A small label; the tone says what kind of thing it is, never decoration."""
    return rx.el.span(text, class_name=f"badge {cls} {tone}")

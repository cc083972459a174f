"""What a card shows instead of its content, confirmations and dialogs."""

from __future__ import annotations

from typing import Any, Literal

import reflex as rx

from energo_cabinet.components.button import button, icon_button
from energo_cabinet.components.icon import icon
from energo_cabinet.i18n.ui import t

Text = str | rx.Var[str]


def skeleton(width: str = "100%", height: str = "16px") -> rx.Component:
    """A grey block of the size the content will have."""
    return rx.el.span(class_name="skel", style={"width": width, "height": height}, aria_hidden="true")


def skeleton_rows(rows: int = 5) -> rx.Component:
    """A table to come."""
    line = rx.el.div(skeleton("40%"), skeleton("14%"), skeleton("12%"), class_name="skrow")
    return _busy(*(line for _ in range(rows)))


def skeleton_figures(count: int = 4) -> rx.Component:
    """Statistics to come."""
    one = rx.el.div(skeleton("60%", "14px"), skeleton("80%", "24px"), skeleton("50%", "12px"), class_name="stat skstat")
    return _busy(rx.el.div(*(one for _ in range(count)), class_name="stats"))


def empty(icon_name: str, title: Text, text: Text | None = None, action: rx.Component | None = None) -> rx.Component:
    """Nothing here: why, and one action."""
    return _state("", icon_name, title, text, action)


def failed(title: Text, text: Text | None = None, retry: Any = None) -> rx.Component:
    """It did not work: what, what to do; `retry` is the event that tries again."""
    again = (
        button(t("state.retry"), kind="outline", icon_name="rotate-ccw", on_click=retry) if retry is not None else None
    )
    return rx.el.div(_state("bad", "triangle-alert", title, text, again), role="alert")


def callout(
    *words: Any,
    title: Text | None = None,
    tone: Literal["info", "warning", "danger", "success"] = "info",
    icon_name: str = "info",
    action: rx.Component | None = None,
    **props: Any,
) -> rx.Component:
    """A note on a coloured ground; first line bold, one action on the right."""
    head = [rx.el.b(title)] if title is not None else []
    tail = [action] if action is not None else []
    return rx.el.div(icon(icon_name), rx.el.div(*head, *words), *tail, class_name=f"callout {tone}", **props)


def progress(percent: rx.Var[int] | int, label: Text) -> rx.Component:
    """Real progress of long work, 0–100."""
    width = f"{percent}%"
    return rx.el.div(
        rx.el.i(style={"width": width}),
        class_name="progress",
        role="progressbar",
        aria_label=label,
        aria_valuenow=percent,
        aria_valuemin="0",
        aria_valuemax="100",
    )


def toast(text: rx.Var[str], on_close: Any) -> rx.Component:
    """A confirmation in the corner while `text` is not "", for six seconds; it never reports an error."""
    box = rx.el.div(
        icon("circle-check"),
        rx.el.div(rx.el.b(text)),
        icon_button("x", t("shell.close"), on_click=on_close, data_close="true"),
        class_name="toast",
        data_fade="true",
    )
    return rx.el.div(rx.cond(text != "", box, rx.fragment()), role="status", class_name="toasts")


def dialog(
    title: Text,
    *body: Any,
    is_open: rx.Var[bool],
    on_close: Any,
    id: str,
    note: Text | None = None,
) -> rx.Component:
    """A modal dialog (native: focus stays inside and returns; Escape closes). assets/js/dialog.js calls showModal()."""
    words = [rx.el.h2(title, id=f"{id}-title", class_name="h20")]
    words += [rx.el.p(note, class_name="muted")] if note is not None else []
    shut = icon_button("x", t("shell.close"), on_click=on_close, data_close="true")
    made = rx.el.dialog(
        rx.el.div(rx.el.div(*words, class_name="grow"), shut, class_name="dlghead"),
        *body,
        class_name="dialog",
        id=id,
        aria_labelledby=f"{id}-title",
        data_modal="true",
    )
    return rx.cond(is_open, made, rx.fragment())


def _busy(*parts: rx.Component) -> rx.Component:
    return rx.el.div(rx.el.span(t("state.loading"), class_name="hide"), *parts, aria_busy="true")


def _state(cls: str, icon_name: str, title: Text, text: Text | None, action: rx.Component | None) -> rx.Component:
    more = [rx.el.p(text)] if text is not None else []
    more += [action] if action is not None else []
    return rx.el.div(icon(icon_name, 24), rx.el.h2(title), *more, class_name=f"state {cls}".strip())

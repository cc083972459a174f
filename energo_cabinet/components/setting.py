"""Pieces of a settings page: a row with its value and action, a switch, a side index, the foot of a dialog."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import reflex as rx

from energo_cabinet.components.button import button
from energo_cabinet.i18n.ui import t

Text = str | rx.Var[str]


def setting(label: Text, *value: Any, note: Any = None, action: Any = None) -> rx.Component:
    """A row: what it is, its value with a quiet note below, the action on the right."""
    words = [rx.el.p(note, class_name="sub")] if note is not None else []
    right = [rx.el.div(action, class_name="act")] if action is not None else []
    return rx.el.div(rx.el.h3(label), rx.el.div(*value, *words, class_name="val"), *right, class_name="setting")


def switch(label: Text, on: Any, **props: Any) -> rx.Component:
    """An on/off button; `label` names it."""
    knob = rx.el.button(
        rx.el.i(), type="button", role="switch", aria_checked=rx.cond(on, "true", "false"), aria_label=label, **props
    )
    return rx.el.div(knob, class_name="switcher")


def side_index(label: Text, sections: Sequence[tuple[str, Text]]) -> rx.Component:
    """Links to the sections (id, words) of a long page."""
    links = (rx.el.a(words, href=f"#{key}") for key, words in sections)
    return rx.el.nav(*links, class_name="sideindex", aria_label=label)


def dialog_feet(
    submit: Text, busy: Any, on_close: Any, *, cancel: Text | None = None, kind: str = "solid", **props: Any
) -> rx.Component:
    """«Отмена» and the button that does it."""
    return rx.el.div(
        button(t("form.cancel") if cancel is None else cancel, kind="outline", size=3, on_click=on_close),
        button(submit, kind=kind, size=3, busy=busy, **({"type": "submit"} | props)),  # type: ignore[arg-type]
        class_name="dlgfoot",
    )

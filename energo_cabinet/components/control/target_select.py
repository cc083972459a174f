"""The choice of a point or a group in a toolbar."""

from __future__ import annotations

from typing import Any

import reflex as rx

from energo_cabinet.components.icon import icon
from energo_cabinet.i18n.ui import t


def target_select(options: Any, chosen: Any, on_change: Any) -> rx.Component:
    """`options`: a Var of {"value", "label"}; `on_change` gets the value chosen."""
    return rx.el.label(
        rx.el.span(t("plan.target"), class_name="hide"),
        rx.el.select(
            rx.foreach(options, lambda o: rx.el.option(o["label"], value=o["value"], key=o["value"])),
            value=chosen,
            on_change=on_change,
        ),
        icon("chevron-down", 14),
        class_name="select target",
    )

"""The line below a page's title that says how old a supplier's data are."""

from __future__ import annotations

from typing import Any

import reflex as rx

from energo_cabinet.components.icon import icon


def data_age(view: Any) -> rx.Component:
    """A line of the state's FreshnessView; nothing while it has no words. Told to screen readers when it changes."""
    sign = rx.match(view.tone, ("warning", icon("cloud-off", 14)), ("loading", icon("loader", 14)), icon("cloud", 14))
    line = rx.el.p(sign, rx.el.span(view.words), class_name=rx.Var.create("dataage ") + view.tone)
    return rx.el.div(rx.cond(view.words != "", line, rx.fragment()), role="status")

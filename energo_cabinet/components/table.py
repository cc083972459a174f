"""The row of a table on a phone; the table itself is `data_table`."""

from __future__ import annotations

from typing import Any

import reflex as rx


def mrow(title: Any, value: Any, note: Any = "", value_note: Any = "") -> rx.Component:
    """One row of `mlist`."""
    return rx.el.li(
        rx.el.div(rx.el.b(title), rx.el.span(note)), rx.el.div(rx.el.b(value), rx.el.span(value_note), class_name="r")
    )

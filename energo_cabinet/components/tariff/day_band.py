"""The zones of a tariff as a strip of the day: a picture with its words beside it for those who do not see it."""

from __future__ import annotations

from typing import Any

import reflex as rx

HOURS = ("00", "06", "12", "18", "24")


def day_band(parts: Any, words: Any, is_large: bool = False) -> rx.Component:
    """From midnight to midnight; the large one has hours below."""

    def stretch(part: Any) -> rx.Component:
        return rx.el.i(class_name=rx.Var.create("z-") + part.tone, style={"width": part.width}, key=part.key)

    strip = rx.el.div(rx.foreach(parts, stretch), class_name="dayband", role="img", aria_label=words)
    if not is_large:
        return strip
    scale = rx.el.div(*(rx.el.span(hour) for hour in HOURS), class_name="dayscale", aria_hidden="true")
    return rx.el.div(strip, scale, class_name="daybandbox")


def zone_mark(tone: Any) -> rx.Component:
    """The colour of a zone before its name."""
    return rx.el.i(class_name=rx.Var.create("zmark z-") + tone, aria_hidden="true")

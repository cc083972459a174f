"""Pieces of the public pages: a card with a form, an outcome, the steps of registration, an example month."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import reflex as rx

from energo_cabinet.components.card import badge
from energo_cabinet.components.figure import fig, legend, legend_item
from energo_cabinet.components.icon import icon
from energo_cabinet.i18n.ui import t

Text = str | rx.Var[str]

# A made-up two-zone November, kWh a day: (day zone, night zone).
EXAMPLE = (
    (8.9, 1.8), (4.7, 1.7), (11.8, 2.4), (5.7, 2.0), (5.1, 2.7), (11.1, 6.2), (5.4, 2.6), (13.3, 3.6), (12.1, 6.9),
    (9.2, 2.8), (6.3, 1.8), (6.3, 1.8), (7.0, 2.2), (4.9, 1.7), (4.3, 1.7), (5.0, 1.8), (5.7, 1.6), (9.4, 1.7),
    (6.2, 1.6), (6.1, 1.5), (2.5, 1.8),
)  # fmt: skip
WIDTH, HEIGHT, LEFT, TOP, BOTTOM, SCALE_KWH = 460, 170, 36, 20, 24, 20


def auth_card(title: Text, *body: Any, note: Any = None) -> rx.Component:
    """The single card of a centred page with its h1."""
    words = [rx.el.p(note, class_name="muted")] if note is not None else []
    return rx.el.section(rx.el.h1(title), *words, *body, class_name="card auth")


def outcome(icon_name: str, title: Text, *body: Any) -> rx.Component:
    """What has happened, and the next step."""
    return rx.el.section(
        icon(icon_name, 28), rx.el.h1(title), *body, class_name="card auth done", role="status", tab_index=-1
    )


def steps(label: Text, items: Sequence[tuple[Text, Text, Text]]) -> rx.Component:
    """Steps of a longer process: (title, note, "past" | "on" | "")."""
    return rx.el.ol(
        *(_step(number, *item) for number, item in enumerate(items, 1)), class_name="steps", aria_label=label
    )


def _step(number: int, title: Text, note: Text, kind: Text) -> rx.Component:
    sign = rx.cond(rx.Var.create(kind) == "past", icon("check", 14), rx.el.span(str(number)))
    current = {} if isinstance(kind, rx.Var) or kind != "on" else {"aria_current": "step"}
    return rx.el.li(
        rx.el.i(sign, aria_hidden="true"), rx.el.div(rx.el.b(title), rx.el.span(note)), class_name=kind, **current
    )


def example_card() -> rx.Component:
    """What a month looks like in the cabinet, said to be an example."""
    head = rx.el.div(
        rx.el.span(t("welcome.example"), class_name="label"),
        badge(t("welcome.example_tariff")),
        class_name="rowf between",
    )
    figures = rx.el.div(
        rx.el.div(fig(t("welcome.example_kwh"), t("welcome.example_kwh_unit"), "hero")),
        rx.el.div(fig(t("welcome.example_rub"), "₽", "hero")),
        class_name="heroes",
    )
    zones = legend(legend_item(t("welcome.example_t1"), "var(--t1)"), legend_item(t("welcome.example_t2"), "var(--t2)"))
    return rx.el.section(
        head, figures, _example_chart(), zones, class_name="card preview", aria_label=t("welcome.example_label")
    )


def _y(kwh: float) -> float:
    return HEIGHT - BOTTOM - kwh / SCALE_KWH * (HEIGHT - TOP - BOTTOM)


def _example_chart() -> rx.Component:
    parts: list[rx.Component] = []
    for kwh in range(0, SCALE_KWH + 1, 5):
        line = {"x1": str(LEFT), "x2": str(WIDTH), "y1": f"{_y(kwh):.1f}", "y2": f"{_y(kwh):.1f}"}
        parts.append(rx.el.line(**line, class_name="zero" if kwh == 0 else "grid-line"))
        parts.append(_words(str(kwh), LEFT - 8, _y(kwh) + 4, "end"))
    parts.append(_words(t("welcome.example_kwh_unit"), 0, 10, "start"))
    step = (WIDTH - LEFT) / 30
    for day, (peak, night) in enumerate(EXAMPLE, 1):
        x = LEFT + step * (day - 0.5)
        parts += [_bar(x, step, 0, night, "var(--t2)"), _bar(x, step, night, peak, "var(--t1)")]
    parts += [_words(str(day), LEFT + step * (day - 0.5), HEIGHT - 6, "middle") for day in range(1, 30, 5)]
    return rx.el.svg(
        *parts, class_name="plot", view_box=f"0 0 {WIDTH} {HEIGHT}", role="img", aria_label=t("welcome.example_chart")
    )


def _bar(x: float, step: float, base: float, kwh: float, colour: str) -> rx.Component:
    gap = 1 if base else 0
    return rx.el.rect(
        x=f"{x - step * 0.29:.1f}",
        y=f"{_y(base + kwh):.1f}",
        width=f"{step * 0.58:.1f}",
        height=f"{_y(base) - _y(base + kwh) - gap:.1f}",
        rx="1",
        style={"fill": colour},
    )


def _words(words: Text, x: float, y: float, anchor: str) -> rx.Component:
    return rx.el.text(words, x=f"{x:.1f}", y=f"{y:.1f}", text_anchor=anchor)

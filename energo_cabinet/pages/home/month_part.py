"""The answer of «Главная»: this month so far in kWh and roubles, ± to the same days of the month before, its days."""

from __future__ import annotations

from typing import Any

import reflex as rx

from energo_cabinet import routes
from energo_cabinet.components.button import text_link
from energo_cabinet.components.card import card
from energo_cabinet.components.feedback import empty
from energo_cabinet.components.figure import fig, legend_item
from energo_cabinet.components.icon import icon
from energo_cabinet.components.spark import spark
from energo_cabinet.i18n.ui import t


def month_card(month: Any) -> rx.Component:
    """`month`: a Var of a MonthView."""
    figures = rx.el.div(
        _figure(t("overview.consumed"), month.kwh, t("unit.kwh"), month.kwh_change),
        rx.cond(month.rub != "", _figure(t("overview.cost"), month.rub, "₽", month.rub_change), rx.fragment()),
        class_name="heroes",
        aria_live="polite",
    )
    notes = rx.foreach(month.notes, lambda words: rx.el.p(words, class_name="note"))
    full = card(
        figures,
        rx.cond(month.zones.length() > 0, _zones(month.zones), rx.fragment()),
        spark(month.drawing),
        rx.cond(month.legend != "", _legend(month.legend), rx.fragment()),
        rx.cond(month.notes.length() > 0, rx.el.div(notes, class_name="notes"), rx.fragment()),
        title=month.title,
        action=text_link(t("overview.readings"), routes.POINTS, after="chevron-right"),
        cls="c8 month",
    )
    nothing = card(empty("chart-column", t("overview.no_values"), t("overview.no_values_text")), cls="c8")
    return rx.cond(month.title != "", full, nothing)


def _figure(label: Any, value: Any, unit: Any, change: Any) -> rx.Component:
    signs = [(name, icon(name, 14)) for name in ("trending-up", "trending-down")]
    words = rx.el.span(
        rx.match(change.icon, *signs, rx.fragment()),
        rx.el.span(change.words),
        class_name=rx.Var.create("delta ") + change.tone,
    )
    shown = rx.cond(change.words != "", words, rx.fragment())
    return rx.el.div(rx.el.div(label, class_name="label"), fig(value, unit, "hero"), shown)


def _zones(zones: Any) -> rx.Component:
    def part(zone: Any) -> rx.Component:
        return rx.el.i(style={"width": zone.width, "background": zone.colour}, key=zone.words)

    def words(zone: Any) -> rx.Component:
        swatch = rx.el.i(style={"--c": zone.colour}, aria_hidden="true")
        return rx.el.li(swatch, rx.el.span(zone.words, " ", rx.el.b(zone.value), " · ", zone.share), key=zone.words)

    bar = rx.el.div(rx.foreach(zones, part), class_name="split", aria_hidden="true")
    return rx.el.div(bar, rx.el.ul(rx.foreach(zones, words), class_name="legend"), class_name="zones")


def _legend(before: Any) -> rx.Component:
    return rx.el.ul(legend_item(before, "var(--text)", "line"), class_name="legend")

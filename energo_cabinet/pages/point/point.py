"""«Общая информация» of a metering point (Н-70…Н-97)."""

from __future__ import annotations

from typing import Any

import reflex as rx

from energo_cabinet import routes
from energo_cabinet.components.card import badge, card
from energo_cabinet.components.feedback import callout, skeleton_figures, skeleton_rows
from energo_cabinet.components.figure import fig
from energo_cabinet.i18n.ui import t, words_in
from energo_cabinet.pages.point.frame_part import point_page
from energo_cabinet.state.frame.session import SessionState
from energo_cabinet.state.point.point import PointState


def point() -> rx.Component:
    """The page."""
    view = PointState.view
    warning = callout(t("points.warn_text"), title=t("points.warn_title"), tone="warning", icon_name="triangle-alert")
    content = rx.el.div(
        rx.cond(view.warns, warning, rx.fragment()),
        rx.el.div(
            card(rx.el.div(rx.foreach(view.stats, stat_of), class_name="stats"), cls="c12"),
            rx.foreach(view.cards, _card),
            class_name="grid",
        ),
        class_name="stack",
    )
    waiting = rx.el.div(
        card(skeleton_figures(), cls="c12"), *(card(skeleton_rows(6), cls="c6") for _ in range(4)), class_name="grid"
    )
    return point_page(PointState, "info", waiting=waiting, content=content)


def stat_of(stat: Any) -> rx.Component:
    """A figure whose unit and note may be ""."""
    unit = rx.cond(stat.unit != "", rx.el.small("\N{NO-BREAK SPACE}", stat.unit), rx.fragment())
    return rx.el.div(
        rx.el.div(stat.label, class_name="label"),
        fig(rx.fragment(stat.value, unit)),  # type: ignore[arg-type]
        rx.cond(stat.note != "", rx.el.div(stat.note, class_name="note"), rx.fragment()),
        class_name="stat",
    )


def _card(item: Any) -> rx.Component:
    return card(rx.el.dl(rx.foreach(item.facts, _fact), class_name="dl one"), title=item.title, cls="c6")


def _fact(fact: Any) -> rx.Component:
    def dot(colour: str) -> rx.Component:
        return rx.el.span(rx.el.i(class_name="dotm", style={"--c": colour}, aria_hidden="true"), fact.value)

    value = rx.match(
        fact.tone,
        ("warning", badge(fact.value, "warning")),
        ("muted", rx.el.span(fact.value, class_name="muted")),
        ("on", dot("var(--success-mark)")),
        ("off", dot("var(--danger-mark)")),
        rx.el.span(fact.value),
    )
    return rx.el.div(rx.el.dt(fact.label), rx.el.dd(value))


def add_to(app: rx.App) -> None:
    """Register the route."""
    title = words_in("points.tab_info", "ru")
    app.add_page(point, route=routes.POINT, title=title, on_load=[SessionState.load, PointState.load])

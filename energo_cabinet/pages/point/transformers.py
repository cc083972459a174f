"""«Трансформаторы тока и напряжения» of a metering point (Н-114…Н-127)."""

from __future__ import annotations

from typing import Any

import reflex as rx

from energo_cabinet import routes
from energo_cabinet.components.card import badge, card
from energo_cabinet.components.feedback import skeleton_rows
from energo_cabinet.i18n.ui import words_in
from energo_cabinet.pages.point.frame_part import point_page
from energo_cabinet.state.frame.session import SessionState
from energo_cabinet.state.point.transformers import TransformersState


def transformers() -> rx.Component:
    """The page."""
    content = rx.el.div(rx.foreach(TransformersState.phases, _phase), class_name="phases")
    waiting = rx.el.div(*(card(skeleton_rows(7)) for _ in range(3)), class_name="phases")
    return point_page(TransformersState, "transformers", waiting=waiting, content=content)


def _phase(phase: Any) -> rx.Component:
    return card(
        rx.el.div(rx.foreach(phase.transformers, _transformer), class_name="transformers"),
        title=phase.title,
        key=phase.title,
    )


def _transformer(one: Any) -> rx.Component:
    lines = rx.el.dl(rx.foreach(one.facts, _fact), class_name="dl one")
    return rx.el.div(rx.el.h3(one.title), lines, key=one.title)


def _fact(fact: Any) -> rx.Component:
    value = rx.match(
        fact.tone,
        ("", rx.el.span(fact.value)),
        ("muted", rx.el.span(fact.value, class_name="muted")),
        badge(fact.value, fact.tone),
    )
    return rx.el.div(rx.el.dt(fact.label), rx.el.dd(value), key=fact.label)


def add_to(app: rx.App) -> None:
    """Register the route."""
    app.add_page(
        transformers,
        route=routes.POINT_TRANSFORMERS,
        title=words_in("transformers.tab", "ru"),
        on_load=[SessionState.load, TransformersState.load],
    )

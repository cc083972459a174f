"""The page of the letter about a second factor that goes: opening it does nothing, the button stops it."""

from __future__ import annotations

import reflex as rx

from energo_cabinet import routes
from energo_cabinet.components.button import button
from energo_cabinet.components.card import card
from energo_cabinet.components.feedback import failed, skeleton_rows
from energo_cabinet.components.frame.layout import public_page
from energo_cabinet.components.public.public import auth_card, outcome
from energo_cabinet.i18n.ui import t
from energo_cabinet.state.staff.stop_reset import StopResetState


def stop_reset() -> rx.Component:
    """The page."""
    body = rx.match(
        StopResetState.status,
        ("ready", _ready()),
        ("done", outcome("circle-check", t("stop_reset.done"), rx.el.p(t("stop_reset.done_text")))),
        ("closed", outcome("info", t("stop_reset.title"), rx.el.p(t("stop_reset.closed")))),
        ("failed", card(failed(t("stop_reset.failed"), t("stop_reset.failed_text"), StopResetState.load))),
        auth_card(t("stop_reset.title"), skeleton_rows(3)),
    )
    return public_page(body, cls="center")


def _ready() -> rx.Component:
    press = button(
        t("stop_reset.button"), kind="danger", size=3, cls="wide", busy=StopResetState.is_busy,
        on_click=StopResetState.stop,
    )  # fmt: skip
    since = rx.el.p(StopResetState.since, class_name="sub")
    kept = rx.el.p(t("stop_reset.kept"), class_name="muted small")
    return auth_card(
        t("stop_reset.title"), rx.el.div(since, press, kept, class_name="stack"), note=StopResetState.about
    )


def add_to(app: rx.App) -> None:
    """Register the route."""
    app.add_page(
        stop_reset,
        route=routes.STOP_RESET,
        title=t("stop_reset.title"),
        description=t("site.description"),
        image="/favicon.svg",
        on_load=StopResetState.load,
    )

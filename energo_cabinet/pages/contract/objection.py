"""The page of the letter about a new reader of a contract: opening it does nothing, the button objects."""

from __future__ import annotations

import reflex as rx

from energo_cabinet import routes
from energo_cabinet.components.button import button
from energo_cabinet.components.card import card
from energo_cabinet.components.feedback import failed, skeleton_rows
from energo_cabinet.components.frame.layout import public_page
from energo_cabinet.components.public.public import auth_card, outcome
from energo_cabinet.i18n.ui import t
from energo_cabinet.state.contract.objection import ObjectionState


def objection() -> rx.Component:
    """The page."""
    done = rx.cond(ObjectionState.view.is_of_staff, t("reader.letter_done_text_staff"), t("reader.letter_done_text"))
    body = rx.match(
        ObjectionState.status,
        ("ready", _ready()),
        ("done", outcome("circle-check", t("reader.letter_done"), rx.el.p(done))),
        ("closed", outcome("info", t("reader.letter_title"), rx.el.p(t("reader.letter_closed")))),
        ("failed", card(failed(t("registered.failed"), t("registered.failed_text"), ObjectionState.load))),
        auth_card(t("reader.letter_title"), skeleton_rows(3)),
    )
    return public_page(body, cls="center")


def _ready() -> rx.Component:
    press = button(
        t("reader.letter_button"), kind="danger", size=3, cls="wide", busy=ObjectionState.is_busy,
        on_click=ObjectionState.object,
    )  # fmt: skip
    since = rx.el.p(ObjectionState.view.since, class_name="sub")
    kept = rx.el.p(t("reader.letter_kept"), class_name="muted small")
    return auth_card(
        t("reader.letter_title"), rx.el.div(since, press, kept, class_name="stack"), note=ObjectionState.view.about
    )


def add_to(app: rx.App) -> None:
    """Register the route."""
    app.add_page(
        objection,
        route=routes.OBJECT,
        title=t("reader.letter_title"),
        description=t("site.description"),
        image="/favicon.svg",
        on_load=ObjectionState.load,
    )

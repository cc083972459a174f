"""Welcome page: region and service, the class of object (Э-1…Э-19)."""

from __future__ import annotations

from typing import Any

import reflex as rx

from energo_cabinet import routes
from energo_cabinet.components.button import link_button, text_link
from energo_cabinet.components.frame.layout import public_page
from energo_cabinet.components.public.public import example_card
from energo_cabinet.components.supplier.entry import class_choice
from energo_cabinet.i18n.ui import t
from energo_cabinet.settings import get_settings
from energo_cabinet.state.frame.visitor import VisitorState
from energo_cabinet.state.supplier.entry import EntryState


def welcome() -> rx.Component:
    """The page."""
    greeting = rx.el.div(
        rx.el.h1(t("welcome.title")),
        rx.el.p(t("welcome.lead", name=get_settings().system_name), class_name="lead"),
        entry_actions(EntryState.region),
    )
    return public_page(
        rx.el.section(greeting, example_card(), class_name="welcome"),
        class_choice(EntryState.regions, EntryState.region, EntryState.choose_region),
    )


def entry_actions(region: Any) -> rx.Component:
    """Sign in or register; into the cabinet for whoever is signed in."""
    return rx.cond(VisitorState.is_signed_in, _to_cabinet(), _to_sign_in(region))


def _to_cabinet() -> rx.Component:
    return rx.el.div(
        link_button(t("shell.to_cabinet"), routes.START, size=3, after="arrow-right"),
        rx.el.p(t("welcome.signed_in"), class_name="muted"),
        class_name="rowf",
    )


def _to_sign_in(region: Any) -> rx.Component:
    register = rx.Var.create(f"{routes.REGISTER}?region=") + region
    buttons = rx.el.div(
        link_button(t("welcome.sign_in"), routes.LOGIN, size=3),
        link_button(t("welcome.register"), register, kind="outline", size=3),
        class_name="rowf",
    )
    words = rx.el.p(
        t("welcome.not_registered"),
        " ",
        text_link(t("welcome.register_link"), register),
        ". ",
        t("welcome.registered"),
        " ",
        text_link(t("welcome.sign_in_link"), routes.LOGIN),
        ".",
        class_name="muted small-text",
    )
    return rx.fragment(buttons, words)


def add_to(app: rx.App) -> None:
    """Register the route."""
    app.add_page(
        welcome,
        route=routes.HOME,
        title=t("welcome.page_title"),
        description=t("site.description"),
        image="/favicon.svg",
        on_load=[VisitorState.load, EntryState.load],
    )

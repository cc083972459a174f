"""Welcome page and the choice of the object class (Э-6…Э-19)."""

from __future__ import annotations

import reflex as rx

from energo_cabinet import routes
from energo_cabinet.components.button import link_button, page_link, text_link
from energo_cabinet.components.icon import icon
from energo_cabinet.components.layout import public_page
from energo_cabinet.components.public import example_card
from energo_cabinet.i18n.ui import t
from energo_cabinet.settings import get_settings
from energo_cabinet.state.visitor import VisitorState

CLASSES = (("flat", "building-2"), ("premises", "store"), ("company", "landmark"), ("house", "house"))


def welcome() -> rx.Component:
    """The page."""
    greeting = rx.el.div(
        rx.el.h1(t("welcome.title")),
        rx.el.p(t("welcome.lead", name=get_settings().system_name), class_name="lead"),
        rx.cond(VisitorState.is_signed_in, _to_cabinet(), _to_sign_in()),
    )
    heading = rx.el.div(
        rx.el.h2(t("welcome.classes"), class_name="h20"), rx.el.p(t("welcome.classes_note"), class_name="muted")
    )
    return public_page(
        rx.el.section(greeting, example_card(), class_name="welcome"),
        rx.el.section(heading, rx.el.div(*(_klass(*kind) for kind in CLASSES), class_name="klasses")),
    )


def _to_cabinet() -> rx.Component:
    return rx.el.div(
        link_button(t("shell.to_cabinet"), routes.START, size=3, after="arrow-right"),
        rx.el.p(t("welcome.signed_in"), class_name="muted"),
        class_name="rowf",
    )


def _to_sign_in() -> rx.Component:
    buttons = rx.el.div(
        link_button(t("welcome.sign_in"), routes.LOGIN, size=3),
        link_button(t("welcome.register"), routes.REGISTER, kind="outline", size=3),
        class_name="rowf",
    )
    words = rx.el.p(
        t("welcome.not_registered"),
        " ",
        text_link(t("welcome.register_link"), routes.REGISTER),
        ". ",
        t("welcome.registered"),
        " ",
        text_link(t("welcome.sign_in_link"), routes.LOGIN),
        ".",
        class_name="muted small-text",
    )
    return rx.fragment(buttons, words)


def _klass(kind: str, icon_name: str) -> rx.Component:
    return page_link(
        rx.el.span(icon(icon_name, 20), class_name="kic"),
        rx.el.h3(t(f"class.{kind}")),
        rx.el.p(t(f"class.{kind}_place"), class_name="sub"),
        rx.el.p(t(f"class.{kind}_text"), class_name="cap"),
        rx.el.span(rx.el.span(t("welcome.choose")), icon("arrow-right", 14), class_name="link"),
        href=f"{routes.REGISTER}?class={kind}",
        cls="card klass",
    )


def add_to(app: rx.App) -> None:
    """Register the route."""
    app.add_page(
        welcome,
        route=routes.HOME,
        title=t("welcome.page_title"),
        description=t("site.description"),
        image="/favicon.svg",
        on_load=VisitorState.load,
    )

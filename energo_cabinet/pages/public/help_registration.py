"""Instruction for registration with pictures of our own screens (Э-14)."""

from __future__ import annotations

import reflex as rx

from energo_cabinet import routes
from energo_cabinet.components.button import link_button, page_link
from energo_cabinet.components.frame.layout import public_page
from energo_cabinet.components.icon import icon
from energo_cabinet.i18n.ui import t

PICTURES = ("welcome", "register", "activate", "login", "points")
WIDTH, HEIGHT = 960, 600


def help_registration() -> rx.Component:
    """The page."""
    back = page_link(icon("arrow-left", 14), rx.el.span(t("help.title")), href=routes.HELP, cls="back")
    return public_page(
        rx.el.article(
            back,
            rx.el.h1(t("help_registration.title")),
            rx.el.p(t("help_registration.lead"), class_name="muted"),
            rx.el.ol(*(_step(number, name) for number, name in enumerate(PICTURES, 1)), class_name="guide"),
            link_button(t("help_registration.to_start"), routes.HOME, size=3, after="arrow-right"),
            class_name="legal help",
        ),
        cls="top",
    )


def _step(number: int, name: str) -> rx.Component:
    key = f"help_registration.step{number}"
    picture = rx.el.img(
        src=f"/help/{name}.webp",
        alt=t(f"{key}.picture"),
        width=str(WIDTH),
        height=str(HEIGHT),
        loading="lazy",
        class_name="screen",
    )
    return rx.el.li(rx.el.h2(t(f"{key}.title")), rx.el.p(t(f"{key}.text")), picture)


def add_to(app: rx.App) -> None:
    """Register the route."""
    app.add_page(
        help_registration,
        route=routes.HELP_REGISTRATION,
        title=t("help_registration.title"),
        description=t("site.description"),
        image="/favicon.svg",
    )

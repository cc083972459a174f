"""The page for an address that leads nowhere."""

from __future__ import annotations

import reflex as rx

from energo_cabinet import routes
from energo_cabinet.components.button import link_button
from energo_cabinet.components.frame.layout import public_page
from energo_cabinet.components.public.public import outcome
from energo_cabinet.i18n.ui import t


def not_found() -> rx.Component:
    """The page."""
    return public_page(
        outcome(
            "map-pin-off",
            t("not_found.title"),
            rx.el.p(t("not_found.text"), class_name="muted"),
            link_button(t("not_found.home"), routes.HOME, size=3),
        ),
        cls="center",
    )


def add_to(app: rx.App) -> None:
    """Register the route."""
    app.add_page(
        not_found,
        route="/404",
        title=t("not_found.title"),
        description=t("site.description"),
        image="/favicon.svg",
    )

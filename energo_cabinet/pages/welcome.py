"""Welcome page for anonymous visitors (Э-16…Э-19)."""

from __future__ import annotations

import reflex as rx

from energo_cabinet import routes
from energo_cabinet.components.layout import public_page
from energo_cabinet.i18n.ui import t


def welcome() -> rx.Component:
    """The page."""
    return public_page(rx.el.h1(t("app.tagline")))


def add_to(app: rx.App) -> None:
    """Register the route."""
    app.add_page(welcome, route=routes.HOME, title="Энерго Кабинет")

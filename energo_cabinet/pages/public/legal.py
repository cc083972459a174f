"""The two texts a consent refers to, with their version (Э-29, Э-30, R-37)."""

from __future__ import annotations

import reflex as rx

from energo_cabinet import routes
from energo_cabinet.components.button import page_link
from energo_cabinet.components.frame.layout import public_page
from energo_cabinet.components.icon import icon
from energo_cabinet.i18n import text
from energo_cabinet.i18n.ui import language, t

PAGES = {"terms": routes.TERMS, "personal_data": routes.PERSONAL_DATA}


def _legal(purpose: str) -> rx.Component:
    back = page_link(icon("arrow-left", 14), rx.el.span(t("legal.back")), href=routes.REGISTER, cls="back")
    version = t("legal.version_of", version=text(f"legal.{purpose}.version", "ru"))
    body = rx.cond(language == "en", _sections(purpose, "en"), _sections(purpose, "ru"))
    return public_page(
        rx.el.article(
            back,
            rx.el.h1(t(f"legal.{purpose}.title")),
            rx.el.p(version, class_name="muted"),
            body,
            class_name="legal",
        ),
        cls="top",
    )


def _sections(purpose: str, code: str) -> rx.Component:
    blocks = text(f"legal.{purpose}.body", code).strip().split("\n\n")
    return rx.fragment(*(_section(block) for block in blocks))


def _section(block: str) -> rx.Component:
    heading, _, words = block.removeprefix("## ").partition("\n")
    return rx.el.section(rx.el.h2(heading), rx.el.p(words))


def terms() -> rx.Component:
    """Licence agreement."""
    return _legal("terms")


def personal_data() -> rx.Component:
    """Consent to the processing of personal data."""
    return _legal("personal_data")


def add_to(app: rx.App) -> None:
    """Register both routes."""
    for purpose, page in (("terms", terms), ("personal_data", personal_data)):
        app.add_page(
            page,
            route=PAGES[purpose],
            title=t(f"legal.{purpose}.title"),
            description=t("site.description"),
            image="/favicon.svg",
        )

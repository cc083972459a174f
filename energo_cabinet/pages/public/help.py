"""Help for consumers: how to, and every term explained (Э-51, Э-73, Н-168, F-4)."""

from __future__ import annotations

import reflex as rx

from energo_cabinet import routes
from energo_cabinet.components.button import text_link
from energo_cabinet.components.feedback import empty
from energo_cabinet.components.frame.layout import public_page
from energo_cabinet.components.public.help import keys_under, search_box, term, topic
from energo_cabinet.i18n.ui import t
from energo_cabinet.settings import get_settings


def help_page() -> rx.Component:
    """The page."""
    topics = rx.el.section(
        rx.el.h2(t("help.topics"), class_name="h20"),
        *(topic(name) for name in keys_under("help.topic")),
        data_group="true",
    )
    terms = rx.el.section(
        rx.el.h2(t("help.terms"), class_name="h20"),
        rx.el.dl(*(term(name) for name in keys_under("help.term")), class_name="terms"),
        data_group="true",
    )
    return public_page(
        rx.el.article(
            rx.el.h1(t("help.title")),
            rx.el.p(t("help.lead"), class_name="muted"),
            search_box(empty("search-x", t("help.none"), t("help.none_text"))),
            rx.el.p(text_link(t("help.guide"), routes.HELP_REGISTRATION, icon_name="book-open"), class_name="doclink"),
            topics,
            terms,
            _contact(),
            class_name="legal help",
        ),
        cls="top",
    )


def _contact() -> rx.Component:
    email = get_settings().support_email
    if not email:
        return rx.fragment()
    return rx.el.p(t("help.contact"), " ", rx.el.a(email, href=f"mailto:{email}", class_name="link"))


def add_to(app: rx.App) -> None:
    """Register the route."""
    app.add_page(
        help_page,
        route=routes.HELP,
        title=t("help.title"),
        description=t("site.description"),
        image="/favicon.svg",
    )

"""«О программе»: version, licence, components (Э-50, Э-81)."""

from __future__ import annotations

import reflex as rx

from energo_cabinet import routes
from energo_cabinet.components.frame.layout import public_page
from energo_cabinet.components.public.software import libraries, version
from energo_cabinet.i18n.ui import t
from energo_cabinet.settings import get_settings


def about() -> rx.Component:
    """The page."""
    settings = get_settings()
    email = settings.support_email
    mail = rx.el.a(email, href=f"mailto:{email}", class_name="link")
    facts = (
        (t("about.version"), version()),
        (t("about.licence"), t("about.licence_name")),
        (t("about.support"), mail if email else t("about.no_support")),
    )
    return public_page(
        rx.el.article(
            rx.el.h1(t("about.title")),
            rx.el.p(t("about.lead", name=settings.system_name), class_name="muted"),
            rx.el.dl(*(rx.el.div(rx.el.dt(word), rx.el.dd(fact)) for word, fact in facts), class_name="dl one"),
            rx.el.p(t("about.source")),
            rx.el.section(
                rx.el.h2(t("about.components")),
                rx.el.p(t("about.components_note"), " ", t("about.fonts"), class_name="muted"),
                _libraries(),
            ),
            class_name="legal help",
        ),
        cls="top",
    )


def _libraries() -> rx.Component:
    columns = (t("about.component"), t("about.version"), t("about.licence"))
    head = rx.el.tr(*(rx.el.th(words, scope="col") for words in columns))
    rows = (
        rx.el.tr(
            rx.el.th(name, scope="row"),
            rx.el.td(number),
            rx.el.td(licence),
        )
        for name, number, licence in libraries()
    )
    table = rx.el.table(rx.el.thead(head), rx.el.tbody(*rows), class_name="t dense")
    return rx.el.div(table, class_name="tw", tab_index=0, role="region", aria_label=t("about.components"))


def add_to(app: rx.App) -> None:
    """Register the route."""
    app.add_page(
        about,
        route=routes.ABOUT,
        title=t("about.title"),
        description=t("site.description"),
        image="/favicon.svg",
    )

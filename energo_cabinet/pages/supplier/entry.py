"""A supplier's own entry page `/s/<code>`: its sign, colour, welcome, contacts and regions (Э-1…Э-3, Э-17, Э-73)."""

from __future__ import annotations

import reflex as rx

from energo_cabinet import routes
from energo_cabinet.components.button import link_button, text_link
from energo_cabinet.components.feedback import failed, skeleton_rows
from energo_cabinet.components.frame.layout import public_page
from energo_cabinet.components.public.public import outcome
from energo_cabinet.components.supplier.entry import class_choice, contacts
from energo_cabinet.i18n.ui import t
from energo_cabinet.pages.public.welcome import entry_actions
from energo_cabinet.settings import get_settings
from energo_cabinet.state.frame.visitor import VisitorState
from energo_cabinet.state.supplier.entry import EntryState


def entry() -> rx.Component:
    """The page."""
    home = link_button(t("entry.other_suppliers"), routes.HOME, kind="outline")
    return public_page(
        rx.match(
            EntryState.status,
            ("ready", _page()),
            (
                "missing",
                outcome(
                    "search-x", t("entry.unknown_title"), rx.el.p(t("entry.unknown_text"), class_name="muted"), home
                ),
            ),
            ("failed", failed(t("error.fault"), retry=EntryState.load_supplier)),
            skeleton_rows(6),
        )
    )


def _page() -> rx.Component:
    supplier = EntryState.supplier
    logo = rx.el.img(src=supplier["logo"], alt=t("entry.logo"), class_name="suppliersign")
    system = get_settings().system_name
    lead = rx.cond(supplier["welcome"] != "", supplier["welcome"], t("welcome.lead", name=system))
    greeting = rx.el.div(
        rx.cond(supplier["logo"] != "", logo, rx.fragment()),
        rx.el.p(supplier["name"], class_name="over flat"),
        rx.el.h1(t("welcome.title")),
        rx.el.p(lead, class_name="lead"),
        entry_actions(EntryState.region),
    )
    others = rx.el.p(text_link(t("entry.other_suppliers"), routes.HOME, icon_name="arrow-left"), class_name="doclink")
    return rx.el.div(
        rx.el.section(greeting, contacts(supplier), class_name="welcome own"),
        class_choice(EntryState.regions, EntryState.region, EntryState.choose_region),
        others,
        class_name=rx.cond(supplier["colour"] != "", "branded", ""),
        style={"--brand": supplier["colour"]},
    )


def add_to(app: rx.App) -> None:
    """Register the route."""
    app.add_page(
        entry,
        route=routes.ENTRY,
        title=t("welcome.page_title"),
        description=t("site.description"),
        image="/favicon.svg",
        on_load=[VisitorState.load, EntryState.load_supplier],
    )

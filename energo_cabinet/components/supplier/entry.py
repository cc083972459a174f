"""Pieces of the front door: region and service, the four classes of object, a supplier's contacts (Э-2…Э-13, Э-73)."""

from __future__ import annotations

from typing import Any

import reflex as rx

from energo_cabinet import routes
from energo_cabinet.components.button import page_link, text_link
from energo_cabinet.components.card import card
from energo_cabinet.components.form import select_field
from energo_cabinet.components.icon import icon
from energo_cabinet.i18n.ui import t

CLASSES = (("flat", "building-2"), ("premises", "store"), ("company", "landmark"), ("house", "house"))


def class_choice(regions: Any, region: Any, on_region: Any) -> rx.Component:
    """Region and service, then the class of object; the class leads to its form with the region chosen."""
    words = rx.el.div(
        rx.el.h2(t("welcome.classes"), class_name="h20"), rx.el.p(t("welcome.classes_note"), class_name="muted")
    )
    chooser = rx.el.div(
        select_field(
            t("entry.region"),
            "region",
            regions,
            placeholder=t("entry.region_choose"),
            value=region,
            on_change=on_region,
            id="entry-region",
        ),
        class_name="region",
    )
    head = rx.el.div(words, rx.cond(regions.length() > 1, chooser, rx.fragment()), class_name="rowf between askregion")
    return rx.el.section(
        head,
        rx.el.div(*(_class(*kind, region) for kind in CLASSES), class_name="klasses"),
        rx.el.p(
            text_link(t("entry.instruction"), routes.HELP_REGISTRATION, icon_name="book-open"), class_name="doclink"
        ),
    )


def _class(kind: str, icon_name: str, region: Any) -> rx.Component:
    return page_link(
        rx.el.span(icon(icon_name, 20), class_name="kic"),
        rx.el.h3(t(f"class.{kind}")),
        rx.el.p(t(f"class.{kind}_place"), class_name="sub"),
        rx.el.p(t(f"class.{kind}_text"), class_name="cap"),
        rx.el.span(rx.el.span(t("welcome.choose")), icon("arrow-right", 14), class_name="link"),
        href=rx.Var.create(f"{routes.REGISTER}?class={kind}&region=") + region,
        cls="card klass",
    )


def contacts(supplier: Any) -> rx.Component:
    """The supplier's contacts; lines it did not give are left out."""
    lines = (
        ("phone", rx.el.a(supplier["phone"], href=rx.Var.create("tel:") + supplier["phone"], class_name="link")),
        ("email", rx.el.a(supplier["email"], href=rx.Var.create("mailto:") + supplier["email"], class_name="link")),
        ("website", rx.el.a(supplier["website"], href=supplier["website"], rel="noopener nofollow", class_name="link")),
        ("address", rx.el.span(supplier["address"])),
    )
    pairs = rx.el.dl(*(_line(name, shown, supplier) for name, shown in lines), class_name="dl one")
    return card(pairs, title=t("entry.contacts"))


def _line(name: str, shown: rx.Component, supplier: Any) -> rx.Component:
    pair = rx.el.div(rx.el.dt(t(f"entry.{name}")), rx.el.dd(shown))
    return rx.cond(supplier[name] != "", pair, rx.fragment())

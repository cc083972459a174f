"""What the pages of the registry share: its tabs, the points of a list, facts and forms."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import reflex as rx

from energo_cabinet import routes
from energo_cabinet.components.button import page_link
from energo_cabinet.components.card import badge, tabs
from energo_cabinet.components.form import field
from energo_cabinet.i18n.ui import t

DAYS = frozenset({"commissioned_on", "last_verification_on", "next_verification_on"})
NUMBERS = frozenset(
    {"current_ratio", "voltage_ratio", "power_limit_kw", "primary_current_a", "secondary_current_a", "zone_count"}
)


def registry_tabs(here: str) -> rx.Component:
    """Points, locations, tariffs, normatives and files, one beside the other."""
    addresses = (
        ("points", routes.STAFF_REGISTRY),
        ("locations", f"{routes.STAFF_REGISTRY}?by=locations"),
        ("tariffs", routes.STAFF_TARIFFS),
        ("normatives", routes.STAFF_NORMATIVES),
        ("files", routes.STAFF_REGISTRY_IMPORT),
    )
    items = [(t(f"registry.{name}"), href, name == here) for name, href in addresses]
    return tabs(t("registry.title"), items)


def for_admin(permissions: Any, content: rx.Component) -> rx.Component:
    """What only the administrator of a supplier is offered; the services refuse everybody else."""
    return rx.cond(permissions.contains("admin"), content, rx.fragment())


def facts(rows: Any) -> rx.Component:
    """A description list of ready texts."""

    def line(fact: Any) -> rx.Component:
        return rx.el.div(rx.el.dt(fact.label), rx.el.dd(fact.value), key=fact.label)

    return rx.el.dl(rx.foreach(rows, line), class_name="dl one")


def typed_field(name: str, typed: Any, errors: Any, prefix: str, **props: Any) -> rx.Component:
    """A field of a form by its name in the registry, with what is known of it and its error."""
    kind = "date" if name in DAYS else "text"
    more: dict[str, Any] = {"input_mode": "decimal"} if name in NUMBERS else {}
    return field(
        t(f"registry.field.{name}"),
        name,
        kind=kind,
        error=errors[name],
        id=f"{prefix}-{name}",
        default_value=typed[name],
        auto_complete="off",
        **(more if kind == "text" else {}),
        **props,
    )


def pairs(fields: Sequence[rx.Component]) -> list[rx.Component]:
    """Fields two in a row."""
    return [rx.el.div(*fields[at : at + 2], class_name="two") for at in range(0, len(fields), 2)]


def opener(words: Any, note: Any, href: Any) -> rx.Component:
    """A name that opens its page, with a line below."""
    return rx.el.div(page_link(words, href=href, cls="opener"), rx.el.p(note, class_name="muted small"))


def toned(value: Any, tone: Any) -> rx.Component:
    """A value, as a badge where it has a tone."""
    return rx.cond(tone != "", badge(value, tone, cls="status"), rx.el.span(value))

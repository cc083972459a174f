"""The six sections of the start page as tiles in two columns (Э-55…Э-61)."""

from __future__ import annotations

import reflex as rx

from energo_cabinet import routes
from energo_cabinet.components.button import page_link
from energo_cabinet.components.icon import icon
from energo_cabinet.i18n.ui import t

SECTIONS = (
    ("account", "id-card", routes.ACCOUNT),
    ("deviations", "triangle-alert", routes.DEVIATIONS),
    ("data", "chart-column", routes.DATA),
    ("plan", "git-compare", routes.PLAN_FACT),
    ("events", "list", routes.EVENTS),
    ("network", "activity", routes.NETWORK),
)
"""Row by row: the seed's left column and its right one."""


def section_tiles() -> rx.Component:
    """Links with a sentence on what is there."""
    tiles = (_tile(*section) for section in SECTIONS)
    return rx.el.nav(*tiles, class_name="tiles c12", aria_label=t("tiles.label"))


def _tile(name: str, icon_name: str, href: str) -> rx.Component:
    words = rx.el.div(rx.el.b(t(f"tiles.{name}")), rx.el.span(t(f"tiles.{name}_text")))
    return page_link(icon(icon_name, 20), words, icon("chevron-right", 16), href=href, cls="card tile")

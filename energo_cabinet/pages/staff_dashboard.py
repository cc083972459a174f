"""`/staff`: where the day begins."""

from __future__ import annotations

import reflex as rx

from energo_cabinet import routes
from energo_cabinet.components.card import card, page_head
from energo_cabinet.components.staff_navigation import staff_sections
from energo_cabinet.i18n.ui import t
from energo_cabinet.pages.staff_frame import staff_page
from energo_cabinet.state.staff_frame import StaffFrameState


def staff_dashboard() -> rx.Component:
    """The page."""
    links = rx.el.nav(*staff_sections("dashboard", StaffFrameState.permissions), class_name="navs")
    return staff_page("dashboard", page_head(t("staff.dashboard")), card(links))


def add_to(app: rx.App) -> None:
    """Register the route."""
    app.add_page(staff_dashboard, route=routes.STAFF, title=t("staff.title"), on_load=[StaffFrameState.load])

"""`/staff`: «Сводка», where the day begins."""

from __future__ import annotations

from typing import Any

import reflex as rx

from energo_cabinet import routes
from energo_cabinet.components.button import page_link
from energo_cabinet.components.card import card, page_head
from energo_cabinet.components.feedback import failed, skeleton_figures, skeleton_rows
from energo_cabinet.components.icon import icon
from energo_cabinet.components.spark import spark
from energo_cabinet.i18n.ui import t
from energo_cabinet.pages.staff.frame_part import staff_page
from energo_cabinet.state.staff.dashboard import StaffDashboardState
from energo_cabinet.state.staff.frame import StaffFrameState


def staff_dashboard() -> rx.Component:
    """The page."""
    state = StaffDashboardState
    ages, weeks = _chart("ages", state.ages, state.age_rows), _chart("weeks", state.weeks, state.week_rows)
    charts = rx.el.div(ages, weeks, class_name="dashcharts")
    full = rx.fragment(rx.el.div(rx.foreach(state.numbers, _number), class_name="dashnumbers"), charts)
    body = rx.match(
        state.status,
        ("loading", rx.fragment(card(skeleton_figures(6)), card(skeleton_rows(6)))),
        ("ready", full),
        card(failed(t("dashboard.failed"), t("desk.failed_text"), state.load)),
    )
    inside = rx.el.div(body, on_unmount=state.leave)
    return staff_page("dashboard", page_head(t("staff.dashboard")), inside)


def _number(one: Any) -> rx.Component:
    inside = (
        rx.el.span(one.words, class_name="label"),
        rx.el.b(one.value, class_name=rx.Var.create("fig mid ") + one.tone),
        rx.cond(one.note != "", rx.el.span(one.note, class_name="note"), rx.fragment()),
    )
    leads = (one.href != "") & StaffFrameState.permissions.contains(one.permission)
    link = page_link(*inside, icon("chevron-right", 16), href=one.href, cls="card dashnumber leads")
    return rx.cond(leads, link, rx.el.div(*inside, class_name="card dashnumber"))


def _chart(name: str, drawing: Any, rows: Any) -> rx.Component:
    def line(row: Any) -> rx.Component:
        return rx.el.tr(rx.el.th(row.words, scope="row"), rx.el.td(row.value), key=row.words)

    head = rx.el.tr(*(rx.el.th(t(f"dashboard.{name}_{which}"), scope="col") for which in ("first", "second")))
    table = rx.el.table(
        rx.el.caption(t(f"dashboard.{name}"), class_name="hide"),
        rx.el.thead(head),
        rx.el.tbody(rx.foreach(rows, line)),
        class_name="t",
    )
    twin = rx.el.details(rx.el.summary(t("dashboard.as_table"), class_name="link"), table, class_name="dashtable")
    return card(spark(drawing), twin, title=t(f"dashboard.{name}"))


def add_to(app: rx.App) -> None:
    """Register the route."""
    app.add_page(
        staff_dashboard,
        route=routes.STAFF,
        title=t("staff.title"),
        on_load=[StaffFrameState.load, StaffDashboardState.load],
    )

"""`/staff/failures`: «Не доставлено», where the number of the dashboard leads."""

from __future__ import annotations

from typing import Any

import reflex as rx

from energo_cabinet import routes
from energo_cabinet.components.button import button, link_button, page_link, text_link
from energo_cabinet.components.card import badge, card, page_head
from energo_cabinet.components.feedback import empty, failed, skeleton_rows
from energo_cabinet.i18n.ui import t
from energo_cabinet.pages.imports.staff_imports import sign
from energo_cabinet.pages.staff.frame_part import staff_page
from energo_cabinet.state.staff.failures import StaffFailuresState
from energo_cabinet.state.staff.frame import StaffFrameState


def staff_failures() -> rx.Component:
    """The page."""
    body = rx.match(
        StaffFailuresState.status,
        ("loading", card(skeleton_rows(5))),
        ("ready", rx.fragment(card(_list(), cls="flush"), _more())),
        ("empty", card(_empty())),
        card(failed(t("failures.failed"), t("failures.failed_text"), StaffFailuresState.load)),
    )
    head = page_head(t("failures.title"), t("failures.note"), back=(t("staff.dashboard"), routes.STAFF))
    return staff_page("dashboard", rx.el.div(head, _kinds(), body, on_unmount=StaffFailuresState.leave))


def _kinds() -> rx.Component:
    def choice(one: Any) -> rx.Component:
        words = (rx.el.span(one.words, "\u00a0"), rx.el.b(one.count))
        here = {"cls": rx.cond(one.is_on, "on", ""), "aria_current": rx.cond(one.is_on, "true", "false")}
        return page_link(*words, href=one.href, replace=True, key=one.href, **here)

    links = rx.el.div(
        rx.foreach(StaffFailuresState.choices, choice),
        class_name="seg wrap",
        role="group",
        aria_label=t("failures.kinds"),
    )
    return rx.cond(StaffFailuresState.choices.length() > 0, rx.el.div(links, class_name="toolbar"), rx.fragment())


def _list() -> rx.Component:
    rows = rx.foreach(StaffFailuresState.rows, _line)
    return rx.el.ul(rows, class_name="imps", aria_label=t("failures.title"))


def _line(row: Any) -> rx.Component:
    there = text_link(t("failures.customer"), row.href, after="chevron-right")
    leads = (row.href != "") & StaffFrameState.permissions.contains("customers")
    head = rx.el.div(rx.el.b(row.what), badge(row.kind), class_name="imphead")
    words = rx.el.div(
        head,
        rx.el.p(row.whom, class_name="note"),
        rx.el.p(row.error, class_name="err"),
        rx.el.p(row.meta, class_name="sub"),
        rx.cond(leads, there, rx.fragment()),
        class_name="grow",
    )
    return rx.el.li(sign("bad"), words, class_name="imp", key=row.key)


def _empty() -> rx.Component:
    everything = link_button(t("failures.show_all"), routes.STAFF_FAILURES, kind="outline")
    nothing = empty("circle-check", t("failures.empty"), t("failures.empty_text"))
    return rx.cond(
        StaffFailuresState.kind != "", empty("circle-check", t("failures.empty_here"), None, everything), nothing
    )


def _more() -> rx.Component:
    next_page = button(t("failures.more"), kind="outline", on_click=StaffFailuresState.more)
    return rx.cond(StaffFailuresState.has_more, rx.el.div(next_page, class_name="more"), rx.fragment())


def add_to(app: rx.App) -> None:
    """Register the route."""
    loads = [StaffFrameState.load, StaffFailuresState.load]
    app.add_page(staff_failures, route=routes.STAFF_FAILURES, title=t("failures.title"), on_load=loads)

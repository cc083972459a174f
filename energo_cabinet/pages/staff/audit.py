"""«Журнал действий»: a list that reads as sentences at every width."""

from __future__ import annotations

from typing import Any

import reflex as rx

from energo_cabinet import routes
from energo_cabinet.components.button import button, icon_button
from energo_cabinet.components.card import card, page_head
from energo_cabinet.components.feedback import empty, failed, skeleton_rows
from energo_cabinet.i18n.ui import t
from energo_cabinet.pages.staff.frame_part import role_words, staff_page
from energo_cabinet.state.staff.audit import StaffAuditState
from energo_cabinet.state.staff.frame import StaffFrameState


def staff_audit() -> rx.Component:
    """The page."""
    body = rx.match(
        StaffAuditState.status,
        ("loading", card(skeleton_rows(6))),
        ("ready", rx.fragment(card(_list(), cls="flush"), _more())),
        ("empty", card(empty("shield-check", t("staff.audit_empty"), t("staff.audit_empty_text")))),
        card(failed(t("staff.failed"), t("staff.failed_text"), StaffAuditState.load)),
    )
    return staff_page("audit", page_head(t("staff.audit"), t("staff.audit_note")), _search(), body)


def _search() -> rx.Component:
    words = rx.el.input(
        name="text",
        type="search",
        default_value=StaffAuditState.text,
        placeholder=t("staff.audit_search"),
        aria_label=t("staff.audit_search"),
        max_length=100,
        key=StaffAuditState.text,
    )
    send = icon_button("search", t("staff.search"), kind="plain", type="submit")
    form = rx.el.form(words, send, on_submit=StaffAuditState.search, class_name="search wide", role="search")
    return rx.el.div(form, class_name="toolbar")


def _list() -> rx.Component:
    return rx.el.ul(rx.foreach(StaffAuditState.rows, _line), class_name="auditlist")


def _line(row: Any) -> rx.Component:
    what = rx.el.div(
        rx.el.b(row.action),
        rx.cond(row.whose != "", rx.el.span(row.whose), rx.fragment()),
        rx.cond(row.details != "", rx.el.span(row.details, class_name="sub"), rx.fragment()),
        class_name="grow",
    )
    who = rx.el.div(rx.el.span(row.actor), rx.el.span(role_words(row.role), class_name="sub"), class_name="who")
    when = rx.el.div(rx.el.span(row.at), rx.el.span(row.ip, class_name="sub"))
    return rx.el.li(when, who, what, key=row.id)


def _more() -> rx.Component:
    next_page = button(t("staff.more"), kind="outline", on_click=StaffAuditState.more)
    return rx.cond(StaffAuditState.has_more, rx.el.div(next_page, class_name="more"), rx.fragment())


def add_to(app: rx.App) -> None:
    """Register the route."""
    loads = [StaffFrameState.load, StaffAuditState.load]
    app.add_page(staff_audit, route=routes.STAFF_AUDIT, title=t("staff.audit"), on_load=loads)

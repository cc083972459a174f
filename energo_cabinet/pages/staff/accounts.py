"""«Учётные записи»: search and its results; without words what needs attention."""

from __future__ import annotations

from typing import Any

import reflex as rx

from energo_cabinet import routes
from energo_cabinet.components.button import icon_button, page_link
from energo_cabinet.components.card import badge, card, page_head
from energo_cabinet.components.feedback import empty, failed, skeleton_rows
from energo_cabinet.i18n.ui import t
from energo_cabinet.pages.staff.frame_part import role_words, staff_page
from energo_cabinet.state.staff.accounts import StaffAccountsState
from energo_cabinet.state.staff.frame import StaffFrameState

STATUSES = {"pending": "gray", "active": "success", "disabled": "danger"}


def staff_accounts() -> rx.Component:
    """The page."""
    body = rx.match(
        StaffAccountsState.status,
        ("loading", card(skeleton_rows(4))),
        ("ready", _list()),
        ("calm", card(empty("shield-check", t("accounts.calm"), t("accounts.calm_text")))),
        ("none", card(empty("search", t("accounts.none"), t("accounts.none_text")))),
        card(failed(t("accounts.failed"), t("accounts.failed_text"), StaffAccountsState.load)),
    )
    return staff_page("accounts", page_head(t("accounts.title"), t("accounts.note")), _search(), body)


def status_badge(status: Any) -> rx.Component:
    """What an account is, in words and colour."""
    one = ((name, badge(t(f"accounts.status.{name}"), tone)) for name, tone in STATUSES.items())  # type: ignore[arg-type]
    return rx.match(status, *one, rx.fragment())


def _search() -> rx.Component:
    words = rx.el.input(
        name="find",
        type="search",
        default_value=StaffAccountsState.text,
        placeholder=t("accounts.search"),
        aria_label=t("accounts.search"),
        max_length=200,
        key=StaffAccountsState.text,
    )
    send = icon_button("search", t("accounts.find"), kind="plain", type="submit")
    form = rx.el.form(words, send, on_submit=StaffAccountsState.search, class_name="search wide", role="search")
    return rx.el.div(form, class_name="toolbar")


def _list() -> rx.Component:
    rows = rx.el.ul(rx.foreach(StaffAccountsState.rows, _row), class_name="accountlist")
    found = card(rows, cls="flush")
    attention = card(rows, title=t("accounts.attention"), sub=t("accounts.attention_note"), cls="flush")
    more = rx.el.p(t("accounts.first_fifty"), class_name="muted")
    return rx.el.div(
        rx.cond(StaffAccountsState.is_found, found, attention),
        rx.cond(StaffAccountsState.has_more, more, rx.fragment()),
        class_name="stack",
    )


def _row(row: Any) -> rx.Component:
    works_for = rx.cond((StaffFrameState.supplier == "") & (row.works_for != ""), " · " + row.works_for.to(str), "")
    work = rx.cond(row.role != "", rx.el.span(role_words(row.role), works_for, class_name="sub"), rx.fragment())
    who = rx.el.div(page_link(row.name, href=row.href, cls="link"), rx.el.span(row.email, class_name="sub"), work)
    marks = rx.el.div(
        status_badge(row.status),
        rx.cond(row.is_guessed, badge(t("accounts.guessed"), "warning"), rx.fragment()),
        rx.cond(row.has_reset, badge(t("accounts.resetting"), "warning"), rx.fragment()),
        class_name="rowf",
    )
    return rx.el.li(who, marks, key=row.id)


def add_to(app: rx.App) -> None:
    """Register the route."""
    loads = [StaffFrameState.load, StaffAccountsState.load]
    app.add_page(staff_accounts, route=routes.STAFF_ACCOUNTS, title=t("accounts.title"), on_load=loads)

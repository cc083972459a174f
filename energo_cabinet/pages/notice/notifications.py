"""«Уведомления»: a table, on phones a list; opening one marks it read and opens what it is about (Н-131…Н-137)."""

from __future__ import annotations

from typing import Any

import reflex as rx

from energo_cabinet import routes
from energo_cabinet.components.button import button, link_button, page_link
from energo_cabinet.components.card import badge, card, page_head
from energo_cabinet.components.feedback import empty, failed, skeleton_rows
from energo_cabinet.components.menu import segments
from energo_cabinet.components.notice.notice import works_line
from energo_cabinet.i18n.ui import t
from energo_cabinet.pages.frame.frame_part import cabinet_page
from energo_cabinet.state.frame.session import SessionState
from energo_cabinet.state.notice.notifications import NotificationsState
from energo_cabinet.state.notice.unread import UnreadState

COLUMNS = ("date", "title", "sender", "status")


def notifications() -> rx.Component:
    """The page."""
    body = rx.match(
        NotificationsState.status,
        ("loading", card(skeleton_rows(6))),
        ("ready", rx.fragment(card(_table(), _list(), cls="flush"), _more())),
        ("empty", card(_empty())),
        card(failed(t("notifications.failed"), t("notifications.failed_text"), NotificationsState.load)),
    )
    head = page_head(t("notifications.title"), rx.el.span(_how_many(), role="status"))
    return cabinet_page("notifications", rx.el.div(head, _toolbar(), body, on_unmount=NotificationsState.leave))


def _how_many() -> Any:
    count = rx.fragment(t("notifications.unread"), ": ", UnreadState.total)
    return rx.cond(UnreadState.total > 0, count, t("notifications.all_read"))


def _toolbar() -> rx.Component:
    choices = [
        (
            t(f"notifications.show_{show}"),
            routes.NOTIFICATIONS + (f"?show={show}" if show != "all" else ""),
            NotificationsState.show == show,
        )
        for show in ("all", "unread", "supplier", "meters")
    ]
    everything = button(
        t("notifications.read_all"),
        kind="outline",
        icon_name="check",
        on_click=NotificationsState.read_all,
        disabled=UnreadState.total == 0,
    )
    tune = link_button(t("notifications.tune"), f"{routes.PROFILE}#notifications", kind="outline", icon_name="settings")
    return rx.el.div(
        segments(t("notifications.show"), choices, cls="wrap"),
        rx.el.div(class_name="grow only-wide"),
        tune,
        everything,
        class_name="toolbar",
    )


def _empty() -> rx.Component:
    everything = link_button(t("notifications.show_all_of_them"), routes.NOTIFICATIONS, kind="outline")
    return rx.cond(
        NotificationsState.show == "all",
        empty("bell", t("notifications.empty"), t("notifications.empty_text")),
        empty("bell", t("notifications.empty_here"), None, everything),
    )


def _more() -> rx.Component:
    next_page = button(t("notifications.more"), kind="outline", on_click=NotificationsState.more)
    return rx.cond(NotificationsState.has_more, rx.el.div(next_page, class_name="more"), rx.fragment())


def _table() -> rx.Component:
    heads = [rx.el.th(t(f"notifications.column_{name}"), scope="col", class_name=name) for name in COLUMNS]
    made = rx.el.table(
        rx.el.caption(t("notifications.title"), class_name="hide"),
        rx.el.thead(rx.el.tr(*heads)),
        rx.el.tbody(rx.foreach(NotificationsState.rows, _row)),
        class_name="t notices",
    )
    return rx.el.div(made, class_name="tablewrap hide-phone")


def _row(row: Any) -> rx.Component:
    return rx.el.tr(
        rx.el.td(row.date, class_name="date"),
        rx.el.td(_opener(row), _words(row)),
        rx.el.td(row.sender, class_name="sender"),
        rx.el.td(_status(row), class_name="status"),
        class_name=rx.cond(row.is_unread, "notice new", "notice"),
        key=row.id,
    )


def _list() -> rx.Component:
    def line(row: Any) -> rx.Component:
        first = rx.el.div(rx.el.span(row.date, class_name="date"), _status(row), class_name="rowf between")
        cls = rx.cond(row.is_unread, "notice new", "notice")
        return rx.el.li(first, _opener(row), _words(row), class_name=cls, key=row.id)

    return rx.el.ul(rx.foreach(NotificationsState.rows, line), class_name="notices only-phone")


def _opener(row: Any) -> rx.Component:
    """The title, stretched over the whole row: a link to the thing, or what unfolds the text."""
    event = NotificationsState.open(row.id)  # type: ignore[operator]
    unfold = rx.el.button(
        row.title,
        type="button",
        on_click=event,
        aria_expanded=rx.cond(NotificationsState.opened == row.id, "true", "false"),
        class_name="opener",
    )
    return rx.cond(row.address != "", page_link(row.title, href=row.address, cls="opener", on_click=event), unfold)


def _words(row: Any) -> rx.Component:
    unfolded = NotificationsState.opened == row.id
    words = rx.el.p(row.text, class_name=rx.cond(unfolded, "words", "words short"))
    contract = rx.el.p(row.contract, class_name="sub")
    return rx.fragment(
        rx.cond(row.text != "", words, rx.fragment()),
        works_line(row.period, row.works_address, row.is_over),
        rx.cond(row.contract != "", contract, rx.fragment()),
    )


def _status(row: Any) -> rx.Component:
    return rx.cond(row.is_unread, badge(t("notifications.not_read"), "info", cls="status"), rx.fragment())


def add_to(app: rx.App) -> None:
    """Register the route."""
    app.add_page(
        notifications,
        route=routes.NOTIFICATIONS,
        title=t("notifications.title"),
        on_load=[SessionState.load, NotificationsState.load],
    )

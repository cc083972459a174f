"""«Уведомления абонентам»: the history of a supplier's broadcasts (Н-3, Н-135)."""

from __future__ import annotations

from typing import Any

import reflex as rx

from energo_cabinet import routes
from energo_cabinet.components.button import button, link_button, page_link
from energo_cabinet.components.card import badge, card, page_head
from energo_cabinet.components.feedback import empty, failed, skeleton_rows
from energo_cabinet.components.menu import segments
from energo_cabinet.i18n.ui import t
from energo_cabinet.pages.staff.frame_part import staff_page
from energo_cabinet.state.broadcast.staff_broadcasts import BroadcastsState
from energo_cabinet.state.staff.frame import StaffFrameState

COLUMNS = ("when", "title", "to", "told", "status")
SHOWS = ("", "draft", "scheduled", "sending", "done", "cancelled")


def staff_notices() -> rx.Component:
    """The page."""
    body = rx.match(
        BroadcastsState.status,
        ("loading", card(skeleton_rows(6))),
        ("ready", rx.fragment(card(_table(), _list(), cls="flush"), _more())),
        ("empty", card(_empty())),
        card(failed(t("broadcast.failed"), t("broadcast.failed_text"), BroadcastsState.load)),
    )
    head = page_head(t("broadcast.title"), t("broadcast.sub"), actions=[_create()])
    return staff_page("notices", rx.el.div(head, _toolbar(), body, on_unmount=BroadcastsState.leave))


def _create() -> rx.Component:
    return link_button(t("broadcast.create"), routes.STAFF_NOTICE_NEW, icon_name="plus")


def _toolbar() -> rx.Component:
    choices = [
        (
            t(f"broadcast.show_{show or 'all'}"),
            routes.STAFF_NOTICES + (f"?show={show}" if show else ""),
            BroadcastsState.show == show,
        )
        for show in SHOWS
    ]
    return rx.el.div(segments(t("broadcast.show"), choices, cls="wrap"), class_name="toolbar")


def _empty() -> rx.Component:
    everything = link_button(t("broadcast.show_everything"), routes.STAFF_NOTICES, kind="outline")
    return rx.cond(
        BroadcastsState.show == "",
        empty("bell", t("broadcast.empty"), t("broadcast.empty_text"), _create()),
        empty("bell", t("broadcast.empty_here"), None, everything),
    )


def _more() -> rx.Component:
    following = button(t("broadcast.more"), kind="outline", on_click=BroadcastsState.more)
    return rx.cond(BroadcastsState.has_more, rx.el.div(following, class_name="more"), rx.fragment())


def _table() -> rx.Component:
    heads = [rx.el.th(t(f"broadcast.column_{name}"), scope="col", class_name=name) for name in COLUMNS]
    made = rx.el.table(
        rx.el.caption(t("broadcast.title"), class_name="hide"),
        rx.el.thead(rx.el.tr(*heads)),
        rx.el.tbody(rx.foreach(BroadcastsState.rows, _row)),
        class_name="t notices broadcasts",
    )
    return rx.el.div(made, class_name="tablewrap hide-phone")


def _row(row: Any) -> rx.Component:
    return rx.el.tr(
        rx.el.td(row.when, class_name="date"),
        rx.el.td(_opener(row), rx.el.span(row.kind, class_name="sub")),
        rx.el.td(row.whom, rx.el.span(row.author, class_name="sub"), class_name="to"),
        rx.el.td(row.told, class_name="told"),
        rx.el.td(badge(row.status, row.tone, cls="status"), class_name="status"),
        class_name="notice",
        key=row.id,
    )


def _list() -> rx.Component:
    def line(row: Any) -> rx.Component:
        status = badge(row.status, row.tone, cls="status")
        first = rx.el.div(rx.el.span(row.when, class_name="date"), status, class_name="rowf between")
        told = rx.el.p(row.whom, " · ", row.told, class_name="sub")
        return rx.el.li(first, _opener(row), told, class_name="notice", key=row.id)

    return rx.el.ul(rx.foreach(BroadcastsState.rows, line), class_name="notices broadcasts only-phone")


def _opener(row: Any) -> rx.Component:
    """The title, a link stretched over the whole row."""
    return page_link(row.title, href=row.address, cls="opener")


def add_to(app: rx.App) -> None:
    """Register the route."""
    app.add_page(
        staff_notices,
        route=routes.STAFF_NOTICES,
        title=t("broadcast.title"),
        on_load=[StaffFrameState.load, BroadcastsState.load],
    )

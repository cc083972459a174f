"""«Параметры сети»: the points to choose from, with their newest voltages (Э-60)."""

from __future__ import annotations

from typing import Any

import reflex as rx

from energo_cabinet import routes
from energo_cabinet.components.button import button, page_link
from energo_cabinet.components.card import badge, card, page_head
from energo_cabinet.components.feedback import empty, failed, skeleton_rows
from energo_cabinet.i18n.ui import t, words_in
from energo_cabinet.pages.frame.frame_part import cabinet_page
from energo_cabinet.state.contract.contract import ContractState
from energo_cabinet.state.frame.session import SessionState
from energo_cabinet.state.network.networks import NetworksState

COLUMNS = ("point", "voltage", "current", "power", "state", "at")


def networks() -> rx.Component:
    """The page."""
    add = button(t("contract.add"), icon_name="plus", on_click=ContractState.open_add)
    body = rx.match(
        NetworksState.status,
        ("loading", card(skeleton_rows(5))),
        ("ready", card(_table(), _list())),
        ("empty", card(empty("activity", t("network.empty"), t("network.empty_text"), add))),
        card(failed(t("network.failed"), t("points.failed_text"), NetworksState.load)),
    )
    head = page_head(t("network.title"), t("network.sub"))
    return cabinet_page("network", rx.el.div(head, body, on_unmount=NetworksState.leave))


def _table() -> rx.Component:
    heads = [
        rx.el.th(t(f"network.column_{n}"), scope="col", class_name="n" if 0 < i < 4 else "")
        for i, n in enumerate(COLUMNS)
    ]
    made = rx.el.table(
        rx.el.caption(t("network.list"), class_name="hide"),
        rx.el.thead(rx.el.tr(*heads)),
        rx.el.tbody(rx.foreach(NetworksState.rows, _row)),
        class_name="t",
    )
    return rx.el.div(made, class_name="tablewrap hide-phone")


def _row(row: Any) -> rx.Component:
    return rx.el.tr(
        rx.el.td(
            page_link(rx.el.b(row.name), href=row.address),
            rx.el.span(row.contract, class_name="sub"),
            rx.el.span(row.place, class_name="sub"),
            class_name="wide",
        ),
        rx.el.td(row.volts, class_name="n"),
        rx.el.td(row.amperes, class_name="n"),
        rx.el.td(row.power, class_name="n"),
        rx.el.td(_state(row)),
        rx.el.td(row.at, class_name="nowrap"),
        key=row.address,
    )


def _state(row: Any) -> rx.Component:
    return rx.cond(row.tone != "", badge(row.state, row.tone), rx.el.span(row.state, class_name="muted"))


def _list() -> rx.Component:
    def line(row: Any) -> rx.Component:
        left = rx.el.div(rx.el.b(row.name), rx.el.span(row.contract), _state(row))
        right = rx.el.div(rx.el.b(row.volts), rx.el.span(row.at), class_name="r")
        return rx.el.li(page_link(left, right, href=row.address, cls="mlink"), key=row.address, class_name="linked")

    return rx.el.ul(rx.foreach(NetworksState.rows, line), class_name="mlist only-phone")


def add_to(app: rx.App) -> None:
    """Register the route."""
    title = words_in("network.title", "ru")
    app.add_page(networks, route=routes.NETWORK, title=title, on_load=[SessionState.load, NetworksState.load])

"""«Точки учета»: the list (Н-63, Н-64)."""

from __future__ import annotations

from typing import Any

import reflex as rx

from energo_cabinet import routes
from energo_cabinet.components.button import button, link_button, page_link
from energo_cabinet.components.card import badge, card, page_head
from energo_cabinet.components.feedback import empty, failed, skeleton_rows
from energo_cabinet.components.icon import icon
from energo_cabinet.components.menu import segments
from energo_cabinet.components.supplier.freshness import data_age
from energo_cabinet.i18n.ui import t, words_in
from energo_cabinet.pages.frame.frame_part import cabinet_page
from energo_cabinet.state.contract.contract import ContractState
from energo_cabinet.state.frame.session import SessionState
from energo_cabinet.state.point.points import PointsState

COLUMNS = ("number", "name", "resource", "meter", "readings", "read_at", "more")


def points() -> rx.Component:
    """The page."""
    body = rx.match(
        PointsState.status,
        ("loading", card(skeleton_rows(4))),
        ("ready", card(_table(), _list())),
        ("empty", card(empty("gauge", t("points.empty"), t("points.empty_text")))),
        ("no_contracts", card(empty("file-text", t("points.no_contracts"), t("points.no_contracts_text"), _add()))),
        card(failed(t("points.failed"), t("points.failed_text"), PointsState.load)),
    )
    return cabinet_page(
        "points",
        rx.el.div(
            page_head(t("points.title"), t("points.sub")),
            data_age(SessionState.fresh),
            _scope(),
            body,
            on_unmount=PointsState.leave,
        ),
    )


def _add() -> rx.Component:
    return button(t("contract.add"), icon_name="plus", on_click=ContractState.open_add)


def _scope() -> rx.Component:
    """One contract or all: only where there is more than one."""
    choices = [
        (SessionState.title, routes.POINTS, ~PointsState.shows_all),
        (t("points.all"), f"{routes.POINTS}?all=1", PointsState.shows_all),
    ]
    bar = rx.el.div(segments(t("points.scope"), choices), class_name="toolbar")
    return rx.cond(SessionState.contracts.length() > 1, bar, rx.fragment())


def _table() -> rx.Component:
    names = [t(f"points.column_{name}") for name in COLUMNS[:-1]]
    head = [rx.el.th(n, scope="col", class_name="n" if i > 3 else "") for i, n in enumerate(names)]
    last = rx.el.th(rx.el.span(t("points.column_more"), class_name="hide"), scope="col", class_name="n")
    made = rx.el.table(
        rx.el.caption(t("points.caption"), class_name="hide"),
        rx.el.thead(rx.el.tr(*head, last)),
        rx.el.tbody(rx.foreach(PointsState.rows, _row)),
        class_name="t tight pointtable",
    )
    return rx.el.div(made, class_name="tablewrap from-desk")


def _row(row: Any) -> rx.Component:
    name = page_link(rx.el.b(row.name), href=row.address)
    contract = rx.cond(PointsState.shows_all, rx.el.span(row.contract, class_name="sub"), rx.fragment())
    place = rx.cond(row.place != "", rx.el.span(row.place, class_name="sub"), rx.fragment())
    smart = rx.cond(row.badge != "", badge(row.badge), rx.fragment())
    readings = rx.foreach(row.readings, lambda r: rx.el.div(r))
    more = page_link(
        rx.el.span(t("points.more")),
        rx.el.span(" ", row.name, class_name="hide"),
        icon("chevron-right", 14),
        href=row.address,
        cls="link",
    )
    return rx.el.tr(
        rx.el.td(row.number, class_name="nowrap"),
        rx.el.td(name, contract, place, class_name="wide"),
        rx.el.td(row.resource),
        rx.el.td(row.meter, rx.el.span(row.serial, class_name="sub"), smart),
        rx.el.td(rx.cond(row.readings.length() > 0, readings, rx.el.span("—", class_name="muted")), class_name="n"),
        rx.el.td(row.read_at, class_name="n"),
        rx.el.td(_submit(row), more, class_name="n acts"),
        key=row.address,
    )


def _list() -> rx.Component:
    return rx.el.ul(rx.foreach(PointsState.rows, _line), class_name="mlist until-desk")


def _line(row: Any) -> rx.Component:
    left = rx.el.div(rx.el.b(row.name), rx.el.span(row.number), rx.el.span(row.meter))
    right = rx.el.div(rx.foreach(row.readings, lambda r: rx.el.b(r)), rx.el.span(row.read_at), class_name="r")
    to_point = page_link(left, right, href=row.address, cls="mlink")
    return rx.el.li(to_point, _submit(row), key=row.address, class_name="linked")


def _submit(row: Any) -> rx.Component:
    """«Передать показания» of a meter that does not transmit them itself (Н-68)."""
    words = (t("submission.title"), row.submit)
    return rx.cond(row.submit != "", link_button(*words, kind="outline", icon_name="pencil", cls="send"), rx.fragment())


def add_to(app: rx.App) -> None:
    """Register the route."""
    app.add_page(
        points, route=routes.POINTS, title=words_in("points.title", "ru"), on_load=[SessionState.load, PointsState.load]
    )

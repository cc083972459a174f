"""«Счета»: the balance first, then charges and payments by month as chart and table (Н-43)."""

from __future__ import annotations

from typing import Any

import reflex as rx

from energo_cabinet import routes
from energo_cabinet.components.bill.balance import balance_figure, balance_lines
from energo_cabinet.components.bill.bills_figure import BARS
from energo_cabinet.components.button import button, file_link, link_button, page_link
from energo_cabinet.components.card import badge, card, page_head
from energo_cabinet.components.chart import chart, chart_skeleton
from energo_cabinet.components.chart_card import chart_card
from energo_cabinet.components.data_table import pager
from energo_cabinet.components.feedback import empty, failed, skeleton_figures, skeleton_rows
from energo_cabinet.components.supplier.freshness import data_age
from energo_cabinet.i18n.ui import t, words_in
from energo_cabinet.pages.frame.frame_part import cabinet_page
from energo_cabinet.state.bill.bills import BillsState
from energo_cabinet.state.contract.contract import ContractState
from energo_cabinet.state.frame.session import SessionState

COLUMNS = (("month", ""), ("charged", "n"), ("paid", "n"), ("balance", "n"), ("bill", ""), ("status", "n"))


def bills() -> rx.Component:
    """The page."""
    body = rx.match(
        BillsState.status,
        ("loading", _waiting()),
        ("ready", _content()),
        ("empty", card(_empty())),
        ("no_contracts", card(_no_contracts())),
        card(failed(t("bills.failed"), t("bills.failed_text"), BillsState.load)),
    )
    head = page_head(t("bills.title"), rx.cond(SessionState.title != "", _place(), rx.fragment()))
    return cabinet_page(
        "bills", rx.el.div(head, data_age(SessionState.fresh), _contracts(), body, on_unmount=BillsState.leave)
    )


def _place() -> rx.Component:
    return rx.el.span(SessionState.title, " · ", SessionState.supplier, " · ", SessionState.number)


def _contracts() -> rx.Component:
    """The other contracts, one click away."""

    def one(contract: Any) -> rx.Component:
        here = contract["link_id"] == SessionState.selected
        return page_link(
            contract["title"],
            href=rx.Var.create(f"{routes.BILLS}?contract=") + contract["link_id"],
            cls=rx.cond(here, "on", ""),
            aria_current=rx.cond(here, "true", "false"),
            key=contract["link_id"],
        )

    made = rx.el.nav(rx.foreach(SessionState.contracts, one), class_name="tabs", aria_label=t("shell.contracts"))
    many = SessionState.contracts.length() > 1  # type: ignore[attr-defined]
    return rx.cond(many, made, rx.fragment())


def _content() -> rx.Component:
    view = BillsState.view
    links = (t("points.newer"), t("points.older"))
    csv = rx.cond(view.csv != "", file_link(t("points.download"), view.csv), rx.fragment())
    return rx.el.div(
        card(_balance(), title=t("bills.balance_title"), cls="c4"),
        chart_card(t("bills.by_months"), view.legend, chart(BillsState.figure, view.summary, bars=BARS), cls="c8"),
        card(
            _table(),
            _list(),
            pager(view, view.newer, view.older, links, t("points.pages")),
            title=t("points.as_table"),
            action=csv,
            cls="c12",
        ),
        class_name="grid bills",
    )


def _balance() -> rx.Component:
    shown = BillsState.balance
    made_of = rx.el.div(rx.el.h3(t("bills.made_of"), class_name="over"), balance_lines(shown.parts))
    stated = rx.el.p(shown.stated, " ", t("bills.stated_hint"), class_name="note")
    return rx.el.div(
        balance_figure(shown),
        balance_lines(shown.lines),
        rx.cond(shown.parts.length() > 0, made_of, rx.fragment()),
        rx.cond(shown.stated != "", stated, rx.fragment()),
        rx.cond(shown.penalty != "", rx.el.p(shown.penalty, class_name="note"), rx.fragment()),
        class_name="balance-card",
    )


def _table() -> rx.Component:
    heads = [rx.el.th(t(f"bills.{name}"), scope="col", class_name=cls) for name, cls in COLUMNS]
    made = rx.el.table(
        rx.el.caption(BillsState.view.summary, class_name="hide"),
        rx.el.thead(rx.el.tr(*heads)),
        rx.el.tbody(rx.foreach(BillsState.view.rows, _row)),
        class_name="t dense",
    )
    return rx.el.div(
        made,
        class_name="tablewrap hide-phone",
        role="region",
        aria_label=t("bills.by_months"),
        custom_attrs={"tabIndex": 0},
    )


def _row(row: Any) -> rx.Component:
    opened = page_link(row.bill, href=row.address, cls="link", aria_label=_open(row))
    return rx.el.tr(
        rx.el.td(row.month),
        rx.el.td(row.charged, class_name="n"),
        rx.el.td(row.paid, class_name="n"),
        rx.el.td(row.closing, class_name=rx.cond(row.is_late, "n late", "n")),
        rx.el.td(rx.cond(row.address != "", opened, "—")),
        rx.el.td(_status(row), class_name="n"),
        key=row.month,
    )


def _open(row: Any) -> Any:
    return t("bills.open").to(str) + " " + row.month + ", " + row.bill  # type: ignore[attr-defined]


def _status(row: Any) -> rx.Component:
    until = rx.el.span(row.due, class_name="sub")
    return rx.cond(row.status != "", rx.fragment(badge(row.status, row.tone), until), rx.fragment())


def _list() -> rx.Component:
    def line(row: Any) -> rx.Component:
        words = [
            rx.el.div(rx.el.b(row.month), rx.el.span(t("bills.paid"), ": ", row.paid)),
            rx.el.div(rx.el.b(row.charged, " ₽"), badge(row.status, row.tone), class_name="r"),
        ]
        linked = page_link(*words, href=row.address, cls="mlink")
        plain = rx.el.div(
            rx.el.div(rx.el.b(row.month), rx.el.span(t("bills.no_bill"))),
            rx.el.div(rx.el.b(row.paid, " ₽"), rx.el.span(t("bills.paid")), class_name="r"),
            class_name="mlink",
        )
        return rx.el.li(rx.cond(row.address != "", linked, plain), class_name="linked", key=row.month)

    return rx.el.ul(rx.foreach(BillsState.view.rows, line), class_name="mlist only-phone")


def _waiting() -> rx.Component:
    return rx.el.div(
        card(skeleton_figures(1), skeleton_rows(3), title=t("bills.balance_title"), cls="c4"),
        card(chart_skeleton(), cls="c8"),
        card(skeleton_rows(8), cls="c12"),
        class_name="grid",
    )


def _empty() -> rx.Component:
    points = link_button(t("bills.to_points"), routes.POINTS, kind="outline")
    return empty("receipt", t("bills.empty"), t("bills.empty_text"), points)


def _no_contracts() -> rx.Component:
    add = button(t("contract.add"), icon_name="plus", on_click=ContractState.open_add)
    return empty("receipt", t("bills.no_contracts"), t("bills.no_contracts_text"), add)


def add_to(app: rx.App) -> None:
    """Register the route."""
    title = words_in("bills.title", "ru")
    app.add_page(bills, route=routes.BILLS, title=title, on_load=[SessionState.load, BillsState.load])

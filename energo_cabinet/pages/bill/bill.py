"""One bill: its sums, its lines and whether they add up (Н-43, F-1)."""

from __future__ import annotations

from typing import Any

import reflex as rx

from energo_cabinet import routes
from energo_cabinet.components.button import file_link, link_button, text_link
from energo_cabinet.components.card import badge, card, page_head
from energo_cabinet.components.feedback import callout, empty, failed, skeleton_figures, skeleton_rows
from energo_cabinet.i18n.ui import t, words_in
from energo_cabinet.pages.frame.frame_part import cabinet_page
from energo_cabinet.pages.point.point import stat_of
from energo_cabinet.state.bill.bill import BillState
from energo_cabinet.state.frame.session import SessionState


def bill() -> rx.Component:
    """The page."""
    return bill_page(_content())


def bill_page(content: rx.Component) -> rx.Component:
    """The frame of a bill's pages: while loading, without the bill, after a failure."""
    everything = link_button(t("bills.all"), routes.BILLS, kind="outline")
    head = page_head(t("bills.bill"), back=(t("bills.all"), routes.BILLS))
    body = rx.match(
        BillState.status,
        ("loading", _waiting()),
        ("ready", content),
        ("missing", rx.fragment(head, card(empty("receipt", t("bills.missing"), t("bills.missing_text"), everything)))),
        rx.fragment(head, card(failed(t("bills.failed"), t("bills.failed_text"), BillState.load))),
    )
    return cabinet_page("bills", rx.el.div(body, on_unmount=BillState.leave))


def _waiting() -> rx.Component:
    cards = (card(skeleton_figures(), cls="c12"), card(skeleton_rows(4), cls="c12"))
    return rx.fragment(page_head(t("bills.bill")), rx.el.div(*cards, class_name="grid"))


def _content() -> rx.Component:
    view = BillState.view
    pay = link_button(t("bills.pay"), view.pay, icon_name="qr-code")
    head = page_head(
        view.title,
        rx.el.span(view.sub),
        actions=[
            badge(view.status, view.tone),
            file_link(t("points.download"), view.csv),
            rx.cond(view.pay != "", pay, rx.fragment()),
        ],
        back=(t("bills.all"), routes.BILLS),
    )
    doubt = callout(rx.el.span(t("bills.off_text")), title=t("bills.off_title"), tone="warning")
    return rx.el.div(
        head,
        rx.el.div(
            card(rx.el.div(rx.foreach(view.stats, stat_of), class_name="stats"), cls="c12"),
            card(rx.cond(view.is_off, doubt, rx.fragment()), lines_table(view), title=t("bills.lines"), cls="c12"),
            class_name="grid bills",
        ),
        _neighbours(),
    )


def lines_table(view: Any) -> rx.Component:
    """The lines with their sums, the total below."""
    heads = [
        rx.el.th(t("bills.line"), scope="col"),
        rx.el.th(t("bills.sum_of"), scope="col", class_name="n hide-phone"),
        rx.el.th(t("bills.check"), scope="col", class_name="n no-print"),
        rx.el.th(t("bills.amount"), scope="col", class_name="n"),
    ]
    total = rx.el.tr(
        rx.el.td(t("bills.total")),
        rx.el.td("", class_name="hide-phone"),
        rx.el.td("", class_name="no-print"),
        rx.el.td(view.total, class_name="n"),
    )
    made = rx.el.table(
        rx.el.caption(t("bills.lines"), class_name="hide"),
        rx.el.thead(rx.el.tr(*heads)),
        rx.el.tbody(rx.foreach(view.lines, _line)),
        rx.el.tfoot(total),
        class_name="t",
    )
    return rx.el.div(made, class_name="tablewrap")


def _line(line: Any, index: Any) -> rx.Component:
    mark = rx.cond(line.check != "", badge(line.check, line.tone), rx.el.span("—", class_name="muted"))
    return rx.el.tr(
        rx.el.td(line.title, rx.el.span(line.sum, class_name="sub only-phone")),
        rx.el.td(line.sum, class_name="n hide-phone"),
        rx.el.td(mark, class_name="n no-print"),
        rx.el.td(line.amount, class_name="n strong"),
        key=index,
    )


def _neighbours() -> rx.Component:
    view = BillState.view
    older = text_link(t("bills.older"), view.older, icon_name="chevron-left")
    newer = text_link(t("bills.newer"), view.newer, after="chevron-right")
    return rx.el.nav(
        rx.cond(view.older != "", older, rx.el.span()),
        rx.cond(view.newer != "", newer, rx.el.span()),
        class_name="rowf between bill-neighbours",
        aria_label=t("bills.neighbours"),
    )


def add_to(app: rx.App) -> None:
    """Register the route."""
    title = words_in("bills.bill", "ru")
    app.add_page(bill, route=routes.BILL, title=title, on_load=[SessionState.load, BillState.load])

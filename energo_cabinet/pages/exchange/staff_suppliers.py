"""`/staff/suppliers`: a card for every supplier's system, what waits to be sent, rows that were turned down."""

from __future__ import annotations

from typing import Any

import reflex as rx

from energo_cabinet import routes
from energo_cabinet.components.button import button
from energo_cabinet.components.card import badge, card, page_head
from energo_cabinet.components.feedback import callout, empty, failed, skeleton_rows, toast
from energo_cabinet.i18n.ui import t
from energo_cabinet.pages.staff.frame_part import staff_page
from energo_cabinet.state.exchange.staff_suppliers import SuppliersState
from energo_cabinet.state.staff.frame import StaffFrameState

COLUMNS = ("when", "contract", "resource", "row", "reason", "times")


def staff_suppliers() -> rx.Component:
    """The page."""
    body = rx.match(
        SuppliersState.status,
        ("loading", card(skeleton_rows(6))),
        ("ready", rx.el.div(rx.foreach(SuppliersState.suppliers, _supplier), class_name="suppliers")),
        ("empty", card(empty("cloud", t("sync.empty"), t("sync.empty_text")))),
        card(failed(t("sync.failed"), t("sync.failed_text"), SuppliersState.load)),
    )
    return staff_page(
        "suppliers",
        rx.el.div(page_head(t("sync.title"), t("sync.sub")), body, on_unmount=SuppliersState.leave),
        toast(SuppliersState.notice, SuppliersState.dismiss),
    )


def _supplier(view: Any) -> rx.Component:
    state = badge(view.badge, view.tone, cls="status")
    now = button(t("sync.now"), kind="outline", icon_name="refresh-cw", on_click=SuppliersState.sync(view.id))  # type: ignore[operator]
    trouble = callout(view.failing, tone="danger", icon_name="cloud-off", role="status")
    return rx.el.section(
        rx.el.header(
            rx.el.div(rx.el.h2(view.name), state, class_name="supplier-name"),
            rx.el.div(now, class_name="card-action"),
            class_name="card-head",
        ),
        rx.cond(view.failing != "", trouble, rx.fragment()),
        rx.el.div(_facts(view), _queue(view), class_name="supplier-body"),
        rx.cond(view.refused != "", _refused(view), rx.el.p(t("sync.refused_none"), class_name="note")),
        class_name="card supplier",
        key=view.id,
        aria_label=view.name,
    )


def _facts(view: Any) -> rx.Component:
    def fact(line: Any) -> rx.Component:
        return rx.el.div(rx.el.dt(line.label), rx.el.dd(line.value))

    return rx.el.dl(rx.foreach(view.facts, fact), class_name="dl stacked")


def _queue(view: Any) -> rx.Component:
    def line(one: Any) -> rx.Component:
        return rx.el.li(rx.el.span(one.label), rx.el.b(one.value))

    waits = rx.fragment(
        rx.el.ul(rx.foreach(view.queue, line), class_name="queue"), rx.el.p(view.oldest, class_name="note")
    )
    return rx.el.div(
        rx.el.h3(t("sync.queue"), class_name="over"),
        rx.cond(view.queue.length() > 0, waits, rx.el.p(t("sync.queue_empty"), class_name="note")),
        class_name="supplier-queue",
    )


def _refused(view: Any) -> rx.Component:
    here = SuppliersState.opened == view.id
    toggle = rx.el.button(
        t("sync.refused_rows"),
        ": ",
        view.refused,
        type="button",
        class_name="link",
        on_click=SuppliersState.open(view.id),  # type: ignore[operator]
        aria_expanded=rx.cond(here, "true", "false"),
    )
    shown = rx.el.div(rx.el.p(t("sync.refused_text"), class_name="note"), _table(), _more())
    return rx.el.div(toggle, rx.cond(here, shown, rx.fragment()), class_name="supplier-refused")


def _table() -> rx.Component:
    heads = [rx.el.th(t(f"sync.column_{name}"), scope="col") for name in COLUMNS]
    made = rx.el.table(
        rx.el.caption(t("sync.refused_rows"), class_name="hide"),
        rx.el.thead(rx.el.tr(*heads)),
        rx.el.tbody(rx.foreach(SuppliersState.rows, _row)),
        class_name="t dense",
    )
    label = t("sync.refused_rows")
    return rx.el.div(made, class_name="tablewrap", role="region", aria_label=label, custom_attrs={"tabIndex": 0})


def _row(row: Any) -> rx.Component:
    return rx.el.tr(
        rx.el.td(row.when, class_name="nowrap"),
        rx.el.td(row.contract, class_name="nowrap"),
        rx.el.td(row.resource),
        rx.el.td(row.row),
        rx.el.td(row.reason),
        rx.el.td(row.times, class_name="n"),
        key=row.id,
    )


def _more() -> rx.Component:
    next_page = button(t("sync.more"), kind="outline", on_click=SuppliersState.more)
    return rx.cond(SuppliersState.has_more, rx.el.div(next_page, class_name="more"), rx.fragment())


def add_to(app: rx.App) -> None:
    """Register the route."""
    app.add_page(
        staff_suppliers,
        route=routes.STAFF_SUPPLIERS,
        title=t("sync.title"),
        on_load=[StaffFrameState.load, SuppliersState.load],
    )

"""The versions of a day side by side: time, what each file said, what the last one changed."""

from __future__ import annotations

from typing import Any

import reflex as rx

from energo_cabinet import routes
from energo_cabinet.components.button import button, page_link
from energo_cabinet.components.card import card, page_head
from energo_cabinet.components.feedback import empty, failed, skeleton_rows
from energo_cabinet.i18n.ui import t
from energo_cabinet.pages.staff.frame_part import staff_page
from energo_cabinet.state.imports.staff_day import StaffImportDayState
from energo_cabinet.state.staff.frame import StaffFrameState


def staff_import_day() -> rx.Component:
    """The page."""
    body = rx.match(
        StaffImportDayState.status,
        ("loading", card(skeleton_rows(8))),
        ("ready", _ready()),
        ("missing", card(empty("file-x", t("imports.missing_day"), t("imports.missing_text")))),
        card(failed(t("imports.failed"), t("imports.failed_text"), StaffImportDayState.load)),
    )
    title = rx.cond(StaffImportDayState.title != "", StaffImportDayState.title, t("imports.versions"))
    head = page_head(title, StaffImportDayState.point, back=(t("imports.title"), routes.STAFF_IMPORTS))
    return staff_page("imports", rx.el.div(head, body, class_name="importpage"))


def _ready() -> rx.Component:
    words = rx.cond(StaffImportDayState.is_all, t("imports.show_changed"), t("imports.show_whole_day"))
    both = button(words, kind="outline", on_click=StaffImportDayState.show_all)
    region = rx.el.div(
        _table(), class_name="tablewrap scrolls", tab_index=0, role="region", aria_label=t("imports.versions")
    )
    return card(region, title=t("imports.versions"), sub=StaffImportDayState.summary, action=both)


def _table() -> rx.Component:
    def head(one: Any) -> rx.Component:
        title = rx.cond(one.address != "", page_link(one.title, href=one.address, cls="link"), rx.el.span(one.title))
        return rx.el.th(title, rx.el.span(one.note, class_name="sub"), scope="col", class_name="n")

    def line(row: Any) -> rx.Component:
        cells = rx.foreach(row.cells, lambda cell: rx.el.td(cell, class_name="n"))
        return rx.el.tr(
            rx.el.th(row.time, scope="row"),
            cells,
            rx.el.td(row.difference, class_name="n strong"),
            class_name=rx.cond(row.is_changed, "changed", ""),
            key=row.key,
        )

    totals = rx.foreach(StaffImportDayState.heads, lambda one: rx.el.td(one.total, class_name="n"))
    return rx.el.table(
        rx.el.caption(StaffImportDayState.summary, class_name="hide"),
        rx.el.thead(
            rx.el.tr(
                rx.el.th(t("imports.column_time"), scope="col"),
                rx.foreach(StaffImportDayState.heads, head),
                rx.el.th(t("imports.column_difference"), scope="col", class_name="n"),
            )
        ),
        rx.el.tbody(rx.foreach(StaffImportDayState.rows, line)),
        rx.el.tfoot(rx.el.tr(rx.el.th(t("imports.total"), scope="row"), totals, rx.el.td())),
        class_name="t dense versions",
    )


def add_to(app: rx.App) -> None:
    """Register the route."""
    loads = [StaffFrameState.load, StaffImportDayState.load]
    app.add_page(staff_import_day, route=routes.STAFF_IMPORT_DAY, title=t("imports.versions"), on_load=loads)

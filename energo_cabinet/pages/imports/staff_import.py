"""One import: the outcome in numbers, refused rows with their lines, days whose values it replaced."""

from __future__ import annotations

from typing import Any

import reflex as rx

from energo_cabinet import routes
from energo_cabinet.components.button import button, file_link, page_link
from energo_cabinet.components.card import badge, card, page_head
from energo_cabinet.components.feedback import callout, empty, failed, skeleton_rows, toast
from energo_cabinet.i18n.ui import t
from energo_cabinet.pages.imports.staff_imports import running, sign
from energo_cabinet.pages.staff.frame_part import staff_page
from energo_cabinet.state.imports.staff_import import StaffImportState
from energo_cabinet.state.staff.frame import StaffFrameState

ROW = StaffImportState.row


def staff_import() -> rx.Component:
    """The page."""
    body = rx.match(
        StaffImportState.status,
        ("loading", card(skeleton_rows(6))),
        ("ready", _ready()),
        ("missing", card(empty("file-x", t("imports.missing"), t("imports.missing_text")))),
        card(failed(t("imports.failed"), t("imports.failed_text"), StaffImportState.load)),
    )
    title = rx.cond(ROW.name != "", ROW.name, t("imports.one"))
    head = page_head(title, actions=[_actions()], back=(t("imports.title"), routes.STAFF_IMPORTS))
    notice = toast(StaffImportState.notice, StaffImportState.load)
    return staff_page("imports", rx.el.div(head, body, notice, class_name="importpage"))


def _actions() -> rx.Component:
    stop = button(t("imports.stop"), kind="outline", on_click=StaffImportState.stop)
    again = button(t("imports.again"), kind="outline", icon_name="rotate-ccw", on_click=StaffImportState.again)
    return rx.fragment(
        rx.cond(ROW.is_open, stop, rx.fragment()), rx.cond(StaffImportState.can_repeat, again, rx.fragment())
    )


def _ready() -> rx.Component:
    return rx.fragment(
        _outcome(),
        rx.cond(StaffImportState.refusals.length() > 0, _refusals(), rx.fragment()),
        rx.cond(StaffImportState.replaced.length() > 0, _replaced(), rx.fragment()),
        _more(),
    )


def _outcome() -> rx.Component:
    words = rx.cond(StaffImportState.counted != "", StaffImportState.counted, ROW.note)
    head = rx.el.div(
        sign(ROW.look),
        rx.el.div(rx.el.div(badge(ROW.status, ROW.tone)), rx.el.p(words, class_name="counted"), class_name="grow"),
        class_name="rowf outcome",
        role="status",
    )
    fact = lambda fact: rx.el.div(rx.el.dt(fact.label), rx.el.dd(fact.value))  # noqa: E731
    facts = rx.el.dl(rx.foreach(StaffImportState.facts, fact), class_name="dl importfacts")
    warnings = callout(
        rx.el.ul(rx.foreach(StaffImportState.warnings, rx.el.li), class_name="warnlist"),
        title=t("imports.warnings"),
        tone="warning",
        icon_name="triangle-alert",
    )
    shown = rx.cond(StaffImportState.warnings.length() > 0, warnings, rx.fragment())
    return card(head, running(ROW), facts, shown)


def _refusals() -> rx.Component:
    def line(row: Any) -> rx.Component:
        return rx.el.tr(rx.el.td(row.place, class_name="place"), rx.el.td(row.words), key=row.key)

    heads = [rx.el.th(t(f"imports.{name}"), scope="col") for name in ("column_place", "csv_reason")]
    table = rx.el.table(
        rx.el.caption(t("imports.refusals"), class_name="hide"),
        rx.el.thead(rx.el.tr(*heads)),
        rx.el.tbody(rx.foreach(StaffImportState.refusals, line)),
        class_name="t refusals",
    )
    address = rx.Var.create("/api/staff/imports/") + ROW.id.to(str) + "/refusals.csv"
    link = file_link(t("imports.refusals_csv"), address)
    return card(rx.el.div(table, class_name="tablewrap"), title=t("imports.refusals"), action=link)


def _replaced() -> rx.Component:
    def line(row: Any) -> rx.Component:
        return rx.el.tr(
            rx.el.td(page_link(row.day, href=row.address, cls="link")),
            rx.el.td(row.point),
            rx.el.td(row.channel),
            rx.el.td(row.before, class_name="n"),
            rx.el.td(row.after, class_name="n"),
            rx.el.td(row.difference, class_name="n"),
            key=row.key,
        )

    names = ("day", "point", "channel", "before", "after", "difference")
    heads = [rx.el.th(t(f"imports.column_{n}"), scope="col", class_name="n" if n in names[3:] else "") for n in names]
    table = rx.el.table(
        rx.el.caption(t("imports.replaced"), class_name="hide"),
        rx.el.thead(rx.el.tr(*heads)),
        rx.el.tbody(rx.foreach(StaffImportState.replaced, line)),
        class_name="t",
    )
    wrapped = rx.el.div(
        table, class_name="tablewrap scrolls", tab_index=0, role="region", aria_label=t("imports.replaced")
    )
    return card(wrapped, title=t("imports.replaced"), sub=t("imports.replaced_note"))


def _more() -> rx.Component:
    next_page = button(t("imports.more"), kind="outline", on_click=StaffImportState.more)
    return rx.cond(StaffImportState.has_more, rx.el.div(next_page, class_name="more"), rx.fragment())


def add_to(app: rx.App) -> None:
    """Register the route."""
    loads = [StaffFrameState.load, StaffImportState.load]
    app.add_page(staff_import, route=routes.STAFF_IMPORT, title=t("imports.one"), on_load=loads)

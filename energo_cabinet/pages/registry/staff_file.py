"""«Загрузка реестра из файла»: a file, the fate of each of its rows, the decision."""

from __future__ import annotations

from typing import Any

import reflex as rx

from energo_cabinet import routes
from energo_cabinet.components.button import button, file_link, link_button, page_link
from energo_cabinet.components.card import badge, card, page_head
from energo_cabinet.components.feedback import callout, empty, failed, skeleton_rows
from energo_cabinet.components.form import error_summary
from energo_cabinet.components.registry.staff_registry import registry_tabs
from energo_cabinet.components.sent_file import sent_file
from energo_cabinet.i18n.ui import t
from energo_cabinet.pages.staff.frame_part import staff_page
from energo_cabinet.state.registry.staff_file import RegistryImportState
from energo_cabinet.state.staff.frame import StaffFrameState

STATUS_TONES = (("preview", "info"), ("stale", "warning"), ("applied", "success"))


def staff_registry_import() -> rx.Component:
    """The page."""
    away = link_button(t("registry.files"), routes.STAFF_REGISTRY_IMPORT, kind="outline")
    body = rx.match(
        RegistryImportState.status,
        ("loading", card(skeleton_rows(6))),
        ("choose", rx.el.div(_choose(), _earlier(), class_name="stack")),
        ("ready", rx.el.div(_decision(), _rows(), class_name="stack")),
        ("missing", card(empty("file-x", t("registry.file_missing"), None, away))),
        card(failed(t("registry.failed"), t("registry.failed_text"), RegistryImportState.load)),
    )
    head = page_head(t("registry.file_title"), back=(t("registry.title"), routes.STAFF_REGISTRY))
    inside = rx.el.div(head, registry_tabs("files"), body, on_unmount=RegistryImportState.leave, class_name="registry")
    return staff_page("registry", inside)


def _choose() -> rx.Component:
    """The file goes to the preview, which shows what becomes of each row."""
    kinds = ("points", "prices", "normatives")
    address = "/api/staff/registry-template.xlsx?kind="
    files = [file_link(t(f"registry.template_{kind}"), address + kind) for kind in kinds]
    template = rx.el.div(rx.el.span(t("registry.file_template"), class_name="muted"), *files, class_name="rowf wrap")
    return card(
        rx.el.p(t("registry.file_note"), id="registry-upload-note", class_name="muted"),
        sent_file(
            t("registry.file_choose"),
            "/api/staff/registry-file",
            template,
            id="registry-upload",
            accept=".csv,.xlsx,.txt",
            described_by="registry-upload-note",
            kind="solid",
        ),
    )


def _earlier() -> rx.Component:
    def line(file: Any) -> rx.Component:
        words = rx.el.div(
            page_link(file.name, href=file.href, cls="opener"), rx.el.p(file.at, class_name="muted small")
        )
        side = rx.el.div(_status(file), rx.el.span(file.counts, class_name="muted small"), class_name="r")
        return rx.el.li(words, side, class_name="ticketrow", key=file.id)

    rows = rx.el.ul(rx.foreach(RegistryImportState.earlier, line), class_name="mlist")
    none = rx.el.p(t("registry.earlier_none"), class_name="muted")
    return card(rx.cond(RegistryImportState.earlier.length() > 0, rows, none), title=t("registry.earlier"))


def _status(file: Any) -> rx.Component:
    return badge(file.status, rx.match(file.state, *STATUS_TONES, "gray"), cls="status")


def _decision() -> rx.Component:
    file = RegistryImportState.file
    is_stale = file.state == "stale"
    stale = callout(file.stale, title=t("registry.file_stale"), tone="warning", icon_name="history", role="status")
    words = rx.cond(is_stale, t("registry.file_again"), file.apply)
    decide = rx.el.div(
        button(words, size=3, icon_name="check", busy=RegistryImportState.is_busy, on_click=RegistryImportState.apply),
        button(t("registry.file_drop"), kind="outline", size=3, on_click=RegistryImportState.drop),
        class_name="rowf wrap",
    )
    nothing = rx.el.p(t("registry.file_nothing"), class_name="muted")
    is_open = (file.state == "preview") | is_stale
    feet = rx.cond(is_open, rx.cond(file.apply != "", decide, nothing), rx.fragment())
    head = rx.el.div(_status(file), rx.el.span(file.at, class_name="muted"), class_name="rowf")
    return card(
        head,
        error_summary(RegistryImportState.error),
        rx.cond(is_stale, stale, rx.fragment()),
        feet,
        title=file.name,
        cls="regfile",
    )


def _rows() -> rx.Component:
    heads = [rx.el.th(t(f"registry.column_{name}"), scope="col") for name in ("line", "fate", "name", "why")]
    made = rx.el.table(
        rx.el.caption(t("registry.file_rows"), class_name="hide"),
        rx.el.thead(rx.el.tr(*heads)),
        rx.el.tbody(rx.foreach(RegistryImportState.rows, _row)),
        class_name="t dense",
    )
    wide = rx.el.div(
        made,
        class_name="tablewrap",
        role="region",
        aria_label=t("registry.file_rows"),
        custom_attrs={"tabIndex": 0},
    )
    more = rx.el.div(button(t("registry.more"), kind="outline", on_click=RegistryImportState.more), class_name="more")
    none = rx.el.p(t("registry.rows_none"), class_name="muted")
    return card(
        rx.el.div(rx.foreach(RegistryImportState.file.choices, _choice), class_name="seg wrap regfates"),
        rx.cond(RegistryImportState.rows.length() > 0, wide, none),
        rx.cond(RegistryImportState.has_more, more, rx.fragment()),
        title=t("registry.file_rows"),
    )


def _choice(choice: Any) -> rx.Component:
    here = choice.key == RegistryImportState.fate
    words = [choice.words, " ", rx.el.b(choice.count)]
    current = rx.cond(here, "true", "false")
    return page_link(*words, href=choice.href, cls=rx.cond(here, "on", ""), aria_current=current, key=choice.key)


def _row(row: Any) -> rx.Component:
    mark = rx.el.span(row.fate, class_name=rx.Var.create("badge status ") + row.tone)
    other = rx.cond(row.is_other, badge(t("registry.other"), "warning", cls="status"), rx.fragment())
    return rx.el.tr(
        rx.el.td(row.line, class_name="nowrap"),
        rx.el.td(mark, " ", other),
        rx.el.td(row.what, class_name="nowrap"),
        rx.el.td(rx.el.ul(rx.foreach(row.words, rx.el.li), class_name="changes")),
        key=row.line,
    )


def add_to(app: rx.App) -> None:
    """Register the route."""
    on_load = [StaffFrameState.load, RegistryImportState.load]
    title = t("registry.file_title")
    app.add_page(staff_registry_import, route=routes.STAFF_REGISTRY_IMPORT, title=title, on_load=on_load)

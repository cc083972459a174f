"""«Импорт»: a big area for files, below it what is under way and what has come."""

from __future__ import annotations

from typing import Any

import reflex as rx

from energo_cabinet import routes
from energo_cabinet.components.button import button, icon_button, link_button, page_link
from energo_cabinet.components.card import badge, card, page_head
from energo_cabinet.components.feedback import empty, failed, progress, skeleton_rows, toast
from energo_cabinet.components.icon import icon
from energo_cabinet.components.imports.drop_zone import drop_zone
from energo_cabinet.i18n.ui import t
from energo_cabinet.pages.staff.frame_part import staff_page
from energo_cabinet.state.imports.staff_imports import WAYS, StaffImportsState
from energo_cabinet.state.imports.staff_imports_view import LOOKS
from energo_cabinet.state.staff.frame import StaffFrameState

SIGNS = {"ok": "file-check", "part": "file-warning", "bad": "file-x", "run": "file-up", "wait": "clock"}


def staff_imports() -> rx.Component:
    """The page."""
    body = rx.match(
        StaffImportsState.status,
        ("loading", card(skeleton_rows(5))),
        ("ready", rx.fragment(card(_list(), cls="flush"), _more())),
        ("empty", _empty()),
        card(failed(t("imports.failed"), t("imports.failed_text"), StaffImportsState.load)),
    )
    machines = link_button(t("imports.machines"), routes.STAFF_IMPORT_MACHINES, kind="outline", icon_name="key-round")
    head = page_head(t("imports.title"), t("imports.note"), actions=[machines])
    notice = toast(StaffImportsState.notice, StaffImportsState.close)
    journal = rx.el.h2(t("imports.journal"), class_name="h20 importshead")
    page = rx.el.div(
        head,
        card(drop_zone()),
        journal,
        _toolbar(),
        body,
        notice,
        on_unmount=StaffImportsState.leave,
    )
    return staff_page("imports", page)


def sign(look: Any) -> rx.Component:
    """The picture of an outcome; the words beside it say the same."""
    looks = [(name, rx.el.span(icon(sign), class_name=f"fi {name}")) for name, sign in SIGNS.items()]
    return rx.match(look, *looks, rx.fragment())


def running(row: Any) -> rx.Component:
    """How far a file is: a bar, or that it is being worked on."""
    known = progress(row.percent, t("imports.progress"))
    unknown = rx.el.div(rx.el.i(), class_name="progress going", aria_hidden="true")
    return rx.cond(row.is_running, rx.cond(row.percent >= 0, known, unknown), rx.fragment())


def _list() -> rx.Component:
    def line(row: Any) -> rx.Component:
        stop = button(
            t("imports.stop"),
            kind="ghost",
            on_click=StaffImportsState.stop(row.id),  # type: ignore[operator]
            aria_label=t("imports.stop_one").to(str).replace("{name}", row.name),
        )
        head = rx.el.div(
            page_link(row.name, href=row.address, cls="opener"), badge(row.status, row.tone), class_name="imphead"
        )
        note = rx.el.p(row.note, class_name=rx.cond(row.is_bad, "err", "note"))
        words = rx.el.div(head, running(row), note, rx.el.p(row.meta, class_name="sub"), class_name="grow")
        return rx.el.li(sign(row.look), words, rx.cond(row.is_open, stop, rx.fragment()), class_name="imp", key=row.id)

    rows = rx.foreach(StaffImportsState.rows, line)
    return rx.el.ul(rows, class_name="imps", aria_label=t("imports.journal"))


def _empty() -> rx.Component:
    is_filtered = (StaffImportsState.chosen != "") | (StaffImportsState.text != "") | (StaffImportsState.way != "")
    everything = link_button(t("imports.show_all"), routes.STAFF_IMPORTS, kind="outline")
    nothing = card(empty("upload", t("imports.empty"), t("imports.empty_text")))
    return rx.cond(is_filtered, card(empty("search", t("imports.empty_here"), None, everything)), nothing)


def _toolbar() -> rx.Component:
    words = rx.el.input(
        name="text",
        type="search",
        default_value=StaffImportsState.text,
        placeholder=t("imports.search"),
        aria_label=t("imports.search"),
        max_length=100,
        key=StaffImportsState.text,
    )
    send = icon_button("search", t("imports.search_submit"), kind="plain", type="submit")
    search = rx.el.form(words, send, on_submit=StaffImportsState.search, class_name="search wide", role="search")
    ways = [(name, t(f"imports.way.{name}")) for name in WAYS]
    states = [(name, t(f"imports.status.{name}")) for name in LOOKS]
    return rx.el.div(
        _choice("way", t("imports.way_label"), StaffImportsState.way, ways),
        _choice("status", t("imports.status_label"), StaffImportsState.chosen, states),
        search,
        class_name="toolbar",
    )


def _choice(name: str, label: Any, value: Any, options: list[tuple[str, Any]]) -> rx.Component:
    return rx.el.label(
        rx.el.em(label, ":"),
        rx.el.select(
            rx.el.option(t("imports.all"), value=""),
            *(rx.el.option(words, value=key) for key, words in options),
            value=value,
            on_change=lambda chosen: StaffImportsState.choose(name, chosen),  # type: ignore[operator]
        ),
        icon("chevron-down", 14),
        class_name="select",
    )


def _more() -> rx.Component:
    next_page = button(t("imports.more"), kind="outline", on_click=StaffImportsState.more)
    return rx.cond(StaffImportsState.has_more, rx.el.div(next_page, class_name="more"), rx.fragment())


def add_to(app: rx.App) -> None:
    """Register the route."""
    loads = [StaffFrameState.load, StaffImportsState.load]
    app.add_page(staff_imports, route=routes.STAFF_IMPORTS, title=t("imports.title"), on_load=loads)

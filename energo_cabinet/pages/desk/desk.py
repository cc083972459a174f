"""«Обращения» of the supplier's staff (F-16): the queue on the left, the ticket on the right; one column on phones."""

from __future__ import annotations

from typing import Any

import reflex as rx

from energo_cabinet import routes
from energo_cabinet.components.button import button, icon_button, link_button, page_link
from energo_cabinet.components.card import badge, page_head
from energo_cabinet.components.feedback import empty, failed, skeleton_rows, toast
from energo_cabinet.components.icon import icon
from energo_cabinet.components.menu import segments
from energo_cabinet.i18n.ui import t
from energo_cabinet.pages.desk.dialogs_part import desk_dialogs
from energo_cabinet.pages.desk.thread_part import desk_thread
from energo_cabinet.pages.staff.frame_part import staff_page
from energo_cabinet.state.desk.desk import DeskState
from energo_cabinet.state.desk.thread import DeskTicketState
from energo_cabinet.state.staff.frame import StaffFrameState

QUEUE = DeskState.queue
CATEGORIES = ("meter", "readings", "verification", "quality", "charges", "tariff", "other")


def staff_desk() -> rx.Component:
    """The page."""
    keys = button(
        t("desk.keys"),
        kind="ghost",
        icon_name="keyboard",
        on_click=DeskTicketState.open("keys"),  # type: ignore[operator]
        cls="deskkeys",
        data_hotkey="?",
    )
    rules = link_button(t("desk.to_rules"), routes.STAFF_TICKET_RULES, kind="outline", icon_name="settings-2")
    grid = rx.el.div(
        rx.el.section(_list(), class_name="card flush tlist", aria_label=t("desk.list")),
        desk_thread(),
        class_name=rx.cond(DeskState.current > 0, "deskgrid opened", "deskgrid"),
    )
    return staff_page(
        "desk",
        page_head(t("desk.title"), actions=[keys, rules]),
        rx.el.div(_toolbar(), grid, class_name="desk", on_unmount=[DeskState.leave, DeskTicketState.leave]),
        desk_dialogs(),
        toast(DeskTicketState.notice, DeskTicketState.dismiss),
    )


def _toolbar() -> rx.Component:
    selects = (_select(name) for name in ("status", "category", "assignee"))
    return rx.el.div(_quick(), *selects, _search(), _summary(), class_name="toolbar")


def _quick() -> rx.Component:
    asked = DeskState.asked

    def words(key: str, count: Any) -> Any:
        return rx.fragment(t(f"desk.{key}"), rx.el.b(count, class_name="count"))

    plain = (asked["assignee"] == "") & (asked["overdue"] == "")
    return segments(
        t("desk.list"),
        [
            (words("all_open", QUEUE.open), QUEUE.open_address, plain),
            (words("mine", QUEUE.mine), QUEUE.mine_address, asked["assignee"] == "mine"),
            (words("nobody", QUEUE.nobody), QUEUE.nobody_address, asked["assignee"] == "nobody"),
            (words("overdue", QUEUE.overdue), QUEUE.overdue_address, asked["overdue"] == "1"),
        ],
        "wrap",
    )


def _options(name: str) -> list[Any]:
    if name == "status":
        known = [("open", t("desk.any_status")), ("all", t("desk.every_status"))]
        known += [(status, t(f"tickets.status.{status}")) for status in ("new", "in_work", "awaiting", "closed")]
        return [rx.el.option(words, value=value) for value, words in known]
    if name == "category":
        known = [("", t("desk.any_category")), *((one, t(f"tickets.category.{one}")) for one in CATEGORIES)]
        return [rx.el.option(words, value=value) for value, words in known]
    people = rx.foreach(DeskState.colleagues, lambda one: rx.el.option(one["label"], value=one["value"]))
    first = (("", "desk.any_assignee"), ("mine", "desk.mine"), ("nobody", "desk.nobody"))
    return [*(rx.el.option(t(key), value=value) for value, key in first), people]


def _select(name: str) -> rx.Component:
    return rx.el.label(
        rx.el.em(t(f"desk.{name}_label"), ":"),
        rx.el.select(
            *_options(name),
            value=DeskState.asked[name],
            on_change=lambda value: DeskState.choose(name, value),  # type: ignore[operator]
        ),
        icon("chevron-down", 14),
        class_name="select",
    )


def _search() -> rx.Component:
    words = rx.el.input(
        name="text",
        id="desk-search",
        type="search",
        default_value=DeskState.asked["text"],
        placeholder=t("desk.search"),
        aria_label=t("desk.search"),
        max_length=100,
        key=DeskState.asked["text"],
    )
    send = icon_button("search", t("desk.search_submit"), kind="plain", type="submit")
    there = rx.el.button(type="button", hidden=True, data_hotkey="/", data_focus="desk-search", tab_index=-1)
    return rx.el.form(words, send, there, on_submit=DeskState.search, class_name="search", role="search")


def _summary() -> rx.Component:
    return rx.el.span(QUEUE.summary, class_name=rx.cond(QUEUE.is_late, "note late summary", "note summary"))


def _list() -> rx.Component:
    more = rx.el.div(button(t("desk.more"), kind="outline", on_click=DeskState.more), class_name="more")
    full = rx.fragment(
        rx.el.ul(rx.foreach(DeskState.rows, _row), class_name="tks"), rx.cond(DeskState.has_more, more, rx.fragment())
    )
    return rx.match(
        DeskState.status,
        ("loading", skeleton_rows(6)),
        ("ready", full),
        ("empty", _empty()),
        failed(t("desk.failed"), t("desk.failed_text"), DeskState.load),
    )


def _empty() -> rx.Component:
    everything = link_button(t("desk.show_open"), routes.STAFF_TICKETS, kind="outline")
    asked = DeskState.asked
    filtered = (asked["text"] != "") | (asked["assignee"] != "") | (asked["category"] != "") | (asked["overdue"] != "")
    nothing = empty("inbox", t("desk.empty"), t("desk.empty_text"))
    return rx.cond(
        filtered | (asked["status"] != "open"), empty("search", t("desk.empty_here"), None, everything), nothing
    )


def _row(row: Any) -> rx.Component:
    clock = rx.el.span(icon("clock", 12), row.left, class_name=rx.Var.create("sla ") + row.clock)
    here = row.id == DeskState.current
    whose = rx.cond(row.assignee != "", rx.el.span(row.assignee, class_name=rx.cond(row.is_mine, "mine", "")), "")
    link = page_link(
        rx.el.div(
            rx.el.span(row.number, class_name="note"),
            rx.cond(row.left != "", clock, rx.fragment()),
            class_name="rowf between",
        ),
        rx.el.b(row.theme),
        rx.el.span(row.who, class_name="who"),
        rx.el.div(badge(row.status, row.tone, cls="status"), whose, class_name="rowf between"),
        href=row.address,
        cls=rx.cond(here, "tk on", "tk"),
        aria_current=rx.cond(here, "true", "false"),
        data_desk_row="true",
    )
    return rx.el.li(link, key=row.id)


def add_to(app: rx.App) -> None:
    """Register the route."""
    app.add_page(
        staff_desk,
        route=routes.STAFF_TICKETS,
        title=t("desk.title"),
        on_load=[StaffFrameState.load, DeskState.load, DeskTicketState.load],
    )

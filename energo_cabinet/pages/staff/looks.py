"""«Кто что смотрел»: the question, and the report as a table on a wide screen, as cards on a phone."""

from __future__ import annotations

from typing import Any

import reflex as rx

from energo_cabinet import routes
from energo_cabinet.components.button import button, file_link
from energo_cabinet.components.card import card, page_head
from energo_cabinet.components.feedback import callout, empty, failed
from energo_cabinet.components.form import error_summary, field, select_field
from energo_cabinet.i18n.ui import t
from energo_cabinet.pages.staff.frame_part import staff_page
from energo_cabinet.settings import get_settings
from energo_cabinet.state.staff.frame import StaffFrameState
from energo_cabinet.state.staff.looks import StaffLooksState

WAYS = ("account", "address", "session", "phone")


def staff_looks() -> rx.Component:
    """The page."""
    body = rx.match(
        StaffLooksState.status,
        ("ready", _report()),
        ("none", rx.fragment(_old(), card(empty("eye-off", t("looks.none"), t("looks.none_text"))))),
        ("failed", card(failed(t("looks.failed"), t("incident.failed_text")))),
        card(empty("eye", t("looks.begin"), t("looks.begin_text"))),
    )
    note = t("looks.note", days=get_settings().looks_keep_days)
    head = page_head(t("looks.title"), note, back=(t("incident.title"), routes.STAFF_INCIDENT))
    page = rx.el.div(_form(), body, class_name="stack", on_unmount=StaffLooksState.leave)
    return staff_page("incident", head, page)


def _form() -> rx.Component:
    state, errors = StaffLooksState, StaffLooksState.errors
    ways = [(name, t(f"looks.way.{name}")) for name in WAYS]
    by = select_field(
        t("looks.by"), "by", ways, error=errors["by"], id="look-by", default_value=state.by, key=f"by-{state.by}"
    )
    value = field(
        t("looks.value"),
        "value",
        error=errors["value"],
        hint=t("looks.value_hint"),
        required=True,
        id="look-value",
        default_value=state.value,
        key=f"value-{state.value}",
        auto_complete="off",
        max_length=254,
    )
    moments = (
        field(t(f"looks.{name}"), name, kind="datetime-local", error=errors[name], required=True, id=f"look-{name}")
        for name in ("first", "last")
    )
    zone = rx.el.p(t("looks.zone", zone=get_settings().default_zone), class_name="sub")
    send = button(t("looks.show"), size=3, type="submit", busy=state.is_busy)
    form = rx.el.form(
        by, value, *moments, send, error_summary(errors["form"]),
        on_submit=state.show, class_name="lookform", no_validate=True,
    )  # fmt: skip
    return card(form, zone)


def _old() -> rx.Component:
    old = callout(rx.el.p(StaffLooksState.too_old), tone="warning", icon_name="triangle-alert")
    return rx.cond(StaffLooksState.too_old != "", old, rx.fragment())


def _report() -> rx.Component:
    cut = callout(rx.el.p(t("looks.is_cut")), tone="warning", icon_name="triangle-alert")
    return rx.fragment(
        _old(),
        rx.cond(StaffLooksState.is_cut, cut, rx.fragment()),
        card(_table(), title=StaffLooksState.found, action=file_link(t("looks.csv"), StaffLooksState.csv), cls="flush"),
    )


def _table() -> rx.Component:
    heads = ("column_what", "column_by", "column_from", "column_when")
    made = rx.el.table(
        rx.el.caption(t("looks.title"), class_name="hide"),
        rx.el.thead(rx.el.tr(*(rx.el.th(t(f"looks.{head}"), scope="col") for head in heads))),
        rx.el.tbody(rx.foreach(StaffLooksState.rows, _row)),
        class_name="t",
    )
    wide = rx.el.div(made, class_name="tablewrap hide-phone", role="region", aria_label=t("looks.title"), tab_index=0)
    narrow = rx.el.ul(rx.foreach(StaffLooksState.rows, _line), class_name="accountlist only-phone")
    return rx.fragment(wide, narrow)


def _what(row: Any) -> list[rx.Component]:
    lists = rx.el.b(t("looks.lists"))
    number = rx.el.b(rx.cond(row.kind == "contract", row.number, t("looks.person")))
    whose = rx.cond(row.whose != "", rx.el.span(row.whose, class_name="sub"), rx.fragment())
    of = rx.cond(StaffFrameState.supplier == "", rx.el.span(row.supplier, class_name="sub"), rx.fragment())
    return [rx.cond(row.kind == "list", lists, number), whose, of]


def _row(row: Any) -> rx.Component:
    what = rx.el.td(rx.el.div(*_what(row), class_name="lookwhat"))
    return rx.el.tr(what, rx.el.td(row.by), rx.el.td(row.ips), rx.el.td(row.when), key=row.id)


def _line(row: Any) -> rx.Component:
    more = (rx.el.span(words, class_name="sub") for words in (row.by, row.ips, row.when))
    return rx.el.li(rx.el.div(*_what(row), *more), key=row.id)


def add_to(app: rx.App) -> None:
    """Register the route."""
    loads = [StaffFrameState.load, StaffLooksState.load]
    app.add_page(staff_looks, route=routes.STAFF_LOOKS, title=t("looks.title"), on_load=loads)

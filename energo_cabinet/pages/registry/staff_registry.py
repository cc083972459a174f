"""«Реестр»: points of the supplier, or its addresses (issue 5; Н-150…Н-154)."""

from __future__ import annotations

from typing import Any

import reflex as rx

from energo_cabinet import routes
from energo_cabinet.components.button import button, icon_button, link_button
from energo_cabinet.components.card import card, page_head
from energo_cabinet.components.feedback import empty, failed, skeleton_rows
from energo_cabinet.components.icon import icon
from energo_cabinet.components.registry.staff_registry import opener, registry_tabs, toned
from energo_cabinet.i18n.ui import t
from energo_cabinet.pages.registry.staff_new_part import add_point_button, add_point_dialog
from energo_cabinet.pages.staff.frame_part import staff_page
from energo_cabinet.state.registry.staff_registry import RegistryState
from energo_cabinet.state.staff.frame import StaffFrameState

COLUMNS = ("number", "name", "meter", "due", "contract")
STATES = ("no_meter", "overdue", "soon", "no_contract")


def staff_registry() -> rx.Component:
    """The page."""
    by_place = RegistryState.by == "locations"
    body = rx.match(
        RegistryState.status,
        ("loading", card(skeleton_rows(8))),
        ("ready", rx.fragment(rx.cond(by_place, _locations(), _points()), _more())),
        ("empty", _empty()),
        card(failed(t("registry.failed"), t("registry.failed_text"), RegistryState.load)),
    )
    upload = link_button(t("registry.files"), routes.STAFF_REGISTRY_IMPORT, icon_name="upload")
    head = page_head(t("registry.title"), actions=[add_point_button(), upload])
    here = rx.cond(by_place, registry_tabs("locations"), registry_tabs("points"))
    inside = rx.el.div(
        head, here, _toolbar(), body, add_point_dialog(), on_unmount=RegistryState.leave, class_name="registry"
    )
    return staff_page("registry", inside)


def _toolbar() -> rx.Component:
    state = rx.el.label(
        rx.el.em(t("registry.show"), ":"),
        rx.el.select(
            rx.el.option(t("registry.all"), value=""),
            *(rx.el.option(t(f"registry.state.{name}"), value=name) for name in STATES),
            value=RegistryState.chosen,
            on_change=RegistryState.choose,
        ),
        icon("chevron-down", 14),
        class_name="select",
    )
    words = rx.el.input(
        name="text",
        type="search",
        default_value=RegistryState.text,
        placeholder=t("registry.search"),
        aria_label=t("registry.search"),
        max_length=100,
        key=RegistryState.text,
    )
    send = icon_button("search", t("registry.search_submit"), kind="plain", type="submit")
    search = rx.el.form(words, send, on_submit=RegistryState.search, class_name="search wide", role="search")
    chosen = rx.cond(RegistryState.address != "", rx.el.p(RegistryState.address, class_name="muted"), rx.fragment())
    filters = rx.cond(RegistryState.by == "points", state, rx.fragment())
    return rx.el.div(filters, search, chosen, class_name="toolbar")


def _empty() -> rx.Component:
    everything = link_button(t("registry.show_all"), routes.STAFF_REGISTRY, kind="outline")
    upload = link_button(t("registry.files"), routes.STAFF_REGISTRY_IMPORT, icon_name="upload")
    nothing = card(empty("gauge", t("registry.empty"), t("registry.empty_text"), upload))
    is_filtered = (RegistryState.chosen != "") | (RegistryState.text != "") | (RegistryState.address != "")
    return rx.cond(is_filtered, card(empty("search", t("registry.empty_here"), None, everything)), nothing)


def _more() -> rx.Component:
    next_page = button(t("registry.more"), kind="outline", on_click=RegistryState.more)
    return rx.cond(RegistryState.has_more, rx.el.div(next_page, class_name="more"), rx.fragment())


def _points() -> rx.Component:
    heads = [rx.el.th(t(f"registry.column_{name}"), scope="col") for name in COLUMNS]
    made = rx.el.table(
        rx.el.caption(t("registry.points"), class_name="hide"),
        rx.el.thead(rx.el.tr(*heads)),
        rx.el.tbody(rx.foreach(RegistryState.points, _point)),
        class_name="t",
    )
    return card(
        rx.el.div(made, class_name="tablewrap hide-phone"),
        rx.el.ul(rx.foreach(RegistryState.points, _point_line), class_name="mlist only-phone"),
    )


def _point(row: Any) -> rx.Component:
    return rx.el.tr(
        rx.el.td(row.number, class_name="nowrap"),
        rx.el.td(opener(row.name, row.address, row.href)),
        rx.el.td(row.meter),
        rx.el.td(toned(row.due, row.tone), class_name="nowrap"),
        rx.el.td(row.contract, class_name="nowrap"),
        class_name="ticketrow",
        key=row.id,
    )


def _point_line(row: Any) -> rx.Component:
    first = rx.el.div(rx.el.span(row.number, class_name="muted"), toned(row.due, row.tone), class_name="rowf between")
    return rx.el.li(
        first, opener(row.name, row.address, row.href), rx.el.p(row.meter), class_name="ticketrow", key=row.id
    )


def _locations() -> rx.Component:
    heads = [
        rx.el.th(t("registry.column_address"), scope="col"),
        rx.el.th(t("registry.column_points"), scope="col", class_name="n"),
        rx.el.th(t("registry.column_meters"), scope="col", class_name="n"),
    ]

    def line(row: Any) -> rx.Component:
        return rx.el.tr(
            rx.el.td(opener(row.address, "", row.href)),
            rx.el.td(row.points, class_name="n"),
            rx.el.td(row.meters, class_name="n"),
            class_name="ticketrow",
            key=row.address,
        )

    made = rx.el.table(
        rx.el.caption(t("registry.locations"), class_name="hide"),
        rx.el.thead(rx.el.tr(*heads)),
        rx.el.tbody(rx.foreach(RegistryState.locations, line)),
        class_name="t",
    )
    return card(rx.el.div(made, class_name="tablewrap"))


def add_to(app: rx.App) -> None:
    """Register the route."""
    on_load = [StaffFrameState.load, RegistryState.load]
    app.add_page(staff_registry, route=routes.STAFF_REGISTRY, title=t("registry.title"), on_load=on_load)

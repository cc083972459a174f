"""«Потребители»: one box for everything, answers below it while one types; arrows and Enter."""

from __future__ import annotations

from typing import Any

import reflex as rx

from energo_cabinet import routes
from energo_cabinet.components.button import button, link_button, page_link
from energo_cabinet.components.card import card, page_head
from energo_cabinet.components.feedback import empty, failed
from energo_cabinet.components.icon import icon
from energo_cabinet.i18n.ui import t
from energo_cabinet.pages.staff.frame_part import staff_page
from energo_cabinet.state.customers.staff_customers import StaffCustomersState
from energo_cabinet.state.staff.frame import StaffFrameState

PAUSE_MS = 250
"""So long the typing rests before the question goes to the server."""


def staff_customers() -> rx.Component:
    """The page."""
    add = link_button(t("customers.new"), routes.STAFF_CUSTOMER_NEW, kind="outline", icon_name="plus")
    head = page_head(t("customers.title"), t("customers.sub"), actions=[_requests(), add])
    found = rx.el.div(_box(), rx.el.div(_answer(), aria_live="polite"), custom_attrs={"data-finder": "true"})
    return staff_page("customers", rx.el.div(head, found, on_unmount=StaffCustomersState.leave))


def _requests() -> rx.Component:
    words = t("customers.requests_waiting").to(str).replace("{count}", StaffCustomersState.waiting.to_string())
    return link_button(words, routes.STAFF_CUSTOMER_REQUESTS, kind="outline", icon_name="inbox")


def _box() -> rx.Component:
    field = rx.el.input(
        id="customer-search",
        type="search",
        name="q",
        default_value=StaffCustomersState.query,
        on_change=StaffCustomersState.search.debounce(PAUSE_MS),  # type: ignore[attr-defined]
        placeholder=t("customers.placeholder"),
        aria_label=t("customers.search"),
        auto_focus=True,
        auto_complete="off",
        spell_check=False,
        max_length=200,
    )
    return rx.el.div(icon("search", 20), field, class_name="input bigsearch", role="search")


def _answer() -> rx.Component:
    more = rx.cond(
        StaffCustomersState.has_more,
        button(t("customers.more"), kind="outline", on_click=StaffCustomersState.more),
        rx.fragment(),
    )
    rows = rx.el.ul(rx.foreach(StaffCustomersState.rows, _row), class_name="foundlist")
    return rx.match(
        StaffCustomersState.status,
        ("ready", card(rows, more, cls="flush")),
        ("nothing", card(empty("search", t("customers.nothing"), t("customers.nothing_text")))),
        ("failed", card(failed(t("customers.failed"), StaffCustomersState.problem))),
        card(empty("search", t("customers.idle"), t("customers.idle_text"))),
    )


def _row(row: Any) -> rx.Component:
    heading = rx.cond(row.heading != "", rx.el.h2(row.heading, class_name="over"), rx.fragment())
    why = rx.foreach(row.why, lambda words: rx.el.span(words, class_name="badge gray", key=words))
    link = page_link(
        rx.el.span(rx.el.b(row.name), rx.el.span(row.number, class_name="num"), class_name="rowf between"),
        rx.el.span(row.place, class_name="sub"),
        rx.el.span(why, class_name="whys"),
        href=row.href,
        cls="found",
    )
    return rx.el.li(heading, link, key=row.id)


def add_to(app: rx.App) -> None:
    """Register the route."""
    app.add_page(
        staff_customers,
        route=routes.STAFF_CUSTOMERS,
        title=t("customers.title"),
        on_load=[StaffFrameState.load, StaffCustomersState.load],
    )

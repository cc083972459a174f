"""«Обращения» (Н-138, Н-144…Н-147): rows on a wide screen, cards on a phone."""

from __future__ import annotations

from typing import Any

import reflex as rx

from energo_cabinet import routes
from energo_cabinet.components.button import button, icon_button, link_button, page_link
from energo_cabinet.components.card import badge, card, page_head
from energo_cabinet.components.feedback import empty, failed, skeleton_rows
from energo_cabinet.components.icon import icon
from energo_cabinet.i18n.ui import t
from energo_cabinet.pages.frame.frame_part import cabinet_page
from energo_cabinet.state.contract.contract import ContractState
from energo_cabinet.state.frame.session import SessionState
from energo_cabinet.state.ticket.tickets import TicketsState

COLUMNS = ("date", "number", "theme", "answer", "status")
STATUSES = ("new", "in_work", "awaiting", "closed")


def tickets() -> rx.Component:
    """The page."""
    body = rx.match(
        TicketsState.status,
        ("loading", card(skeleton_rows(4))),
        ("ready", rx.fragment(_toolbar(), card(_table(), _list(), cls="flush"), _more(), write_instead(_email()))),
        ("empty", _empty()),
        ("no_contracts", no_contracts()),
        card(failed(t("tickets.failed"), t("tickets.failed_text"), TicketsState.load)),
    )
    head = page_head(t("tickets.title"), actions=[_create()])
    return cabinet_page("tickets", rx.el.div(head, body, class_name="ticketlist", on_unmount=TicketsState.leave))


def no_contracts() -> rx.Component:
    """A cabinet without contracts has nobody to write to."""
    add = button(t("contract.add"), icon_name="plus", on_click=ContractState.open_add)
    return card(empty("message-square", t("tickets.no_contracts"), t("tickets.no_contracts_text"), add))


def write_instead(email: Any) -> rx.Component:
    """«Можно и письмом» (Э-73)."""
    link = rx.el.a(email, href=rx.Var.create("mailto:") + email, class_name="link")
    return rx.cond(email != "", rx.el.p(t("tickets.by_mail"), " ", link, class_name="muted bymail"), rx.fragment())


def _email() -> Any:
    return TicketsState.supplier_email


def _create() -> rx.Component:
    return link_button(t("tickets.create"), routes.TICKET_NEW, icon_name="plus")


def _empty() -> rx.Component:
    everything = link_button(t("tickets.show_all"), routes.TICKETS, kind="outline")
    nothing = card(empty("message-square", t("tickets.empty"), t("tickets.empty_text"), _create()))
    here = rx.fragment(_toolbar(), card(empty("search", t("tickets.empty_here"), None, everything)))
    is_filtered = (TicketsState.chosen != "") | (TicketsState.text != "")
    return rx.fragment(rx.cond(is_filtered, here, nothing), write_instead(_email()))


def _toolbar() -> rx.Component:
    status = rx.el.label(
        rx.el.em(t("tickets.column_status"), ":"),
        rx.el.select(
            rx.el.option(t("tickets.all"), value=""),
            *(rx.el.option(t(f"tickets.status.{name}"), value=name) for name in STATUSES),
            value=TicketsState.chosen,
            on_change=TicketsState.choose,
        ),
        icon("chevron-down", 14),
        class_name="select",
    )
    words = rx.el.input(
        name="text",
        type="search",
        default_value=TicketsState.text,
        placeholder=t("tickets.search"),
        aria_label=t("tickets.search"),
        max_length=100,
        key=TicketsState.text,
    )
    send = icon_button("search", t("tickets.search_submit"), kind="plain", type="submit")
    search = rx.el.form(words, send, on_submit=TicketsState.search, class_name="search", role="search")
    return rx.el.div(status, search, class_name="toolbar")


def _more() -> rx.Component:
    next_page = button(t("tickets.more"), kind="outline", on_click=TicketsState.more)
    return rx.cond(TicketsState.has_more, rx.el.div(next_page, class_name="more"), rx.fragment())


def _table() -> rx.Component:
    heads = [rx.el.th(t(f"tickets.column_{name}"), scope="col", class_name=name) for name in COLUMNS]
    made = rx.el.table(
        rx.el.caption(t("tickets.title"), class_name="hide"),
        rx.el.thead(rx.el.tr(*heads)),
        rx.el.tbody(rx.foreach(TicketsState.rows, _row)),
        class_name="t tickets",
    )
    return rx.el.div(made, class_name="tablewrap hide-phone")


def _row(row: Any) -> rx.Component:
    return rx.el.tr(
        rx.el.td(row.date, class_name="date"),
        rx.el.td(row.number, class_name="date"),
        rx.el.td(_theme(row)),
        rx.el.td(_answer(row)),
        rx.el.td(_status(row), class_name="status"),
        class_name=rx.cond(row.is_unread, "ticketrow new", "ticketrow"),
        key=row.id,
    )


def _list() -> rx.Component:
    def line(row: Any) -> rx.Component:
        when = rx.el.span(row.number, " · ", row.date, class_name="date")
        first = rx.el.div(when, _status(row), class_name="rowf between")
        cls = rx.cond(row.is_unread, "ticketrow new", "ticketrow")
        return rx.el.li(first, _theme(row), _answer(row), class_name=cls, key=row.id)

    return rx.el.ul(rx.foreach(TicketsState.rows, line), class_name="tickets only-phone")


def _theme(row: Any) -> rx.Component:
    """The theme, a link stretched over the whole row."""
    fresh = rx.cond(row.is_unread, badge(t("tickets.fresh"), "info", cls="status"), rx.fragment())
    waiting = rx.cond(row.is_waiting, badge(t("tickets.delivery_waiting"), "warning", cls="status"), rx.fragment())
    return rx.el.div(page_link(row.theme, href=row.address, cls="opener"), " ", fresh, waiting)


def _answer(row: Any) -> rx.Component:
    return rx.el.p(row.answer, class_name=rx.cond(row.is_late, "words late", "words"))


def _status(row: Any) -> rx.Component:
    return rx.el.span(row.status, class_name=rx.Var.create("badge status ") + row.tone)


def add_to(app: rx.App) -> None:
    """Register the route."""
    app.add_page(
        tickets, route=routes.TICKETS, title=t("tickets.title"), on_load=[SessionState.load, TicketsState.load]
    )

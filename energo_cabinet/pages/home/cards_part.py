"""Balance, notifications and tickets of «Главная» (Н-43, Н-47, Н-48)."""

from __future__ import annotations

from typing import Any

import reflex as rx

from energo_cabinet import routes
from energo_cabinet.components.button import link_button, page_link, text_link
from energo_cabinet.components.card import badge, card
from energo_cabinet.components.figure import fig
from energo_cabinet.i18n.ui import t
from energo_cabinet.state.home.overview import OverviewState


def balance_card() -> rx.Component:
    """The sum, in words and colour, and what it is made of; nothing while nothing has been charged."""
    view = OverviewState.balance
    pay = link_button(t("overview.pay"), routes.BILLS, size=3, cls="wide")
    full = card(
        rx.el.div(view.label, class_name="label"),
        rx.el.div(fig(view.amount, size="mid"), badge(view.badge, view.tone), class_name="rowf between"),
        rx.cond(view.is_payable, pay, rx.fragment()),
        rx.el.dl(rx.foreach(view.lines, _line), class_name="dl one"),
        title=t("overview.balance"),
        action=text_link(t("overview.all_bills"), routes.BILLS, after="chevron-right"),
        cls="balance",
    )
    return rx.cond(view.label != "", full, rx.fragment())


def _line(line: Any) -> rx.Component:
    return rx.el.div(rx.el.dt(line.label), rx.el.dd(line.value, class_name=line.tone), key=line.label)


def notices_card() -> rx.Component:
    """The latest notifications with their status (Н-47, Н-130)."""

    def line(row: Any) -> rx.Component:
        status = rx.cond(
            row.is_unread,
            badge(t("notifications.not_read"), "info", cls="status"),
            rx.el.span(t("overview.read"), class_name="muted"),
        )
        href = rx.cond(row.address != "", row.address, routes.NOTIFICATIONS)
        return _latest(row.id, row.date, row.title, href, row.text, row.is_unread, status)

    return _card(
        rx.foreach(OverviewState.notices, line),
        OverviewState.notices.length() > 0,
        t("overview.no_notices"),
        t("notifications.title"),
        text_link(t("overview.all"), routes.NOTIFICATIONS, after="chevron-right"),
    )


def tickets_card() -> rx.Component:
    """The latest tickets with their status (Н-48, Н-143)."""

    def line(row: Any) -> rx.Component:
        status = badge(row.status, row.tone, cls="status")
        return _latest(row.number, row.number, row.theme, row.address, row.note, row.is_unread, status)

    new = link_button(t("overview.new_ticket"), routes.TICKET_NEW, kind="outline", icon_name="plus")
    return _card(
        rx.foreach(OverviewState.tickets, line),
        OverviewState.tickets.length() > 0,
        t("overview.no_tickets"),
        t("overview.tickets"),
        new,
    )


def _card(rows: Any, is_full: Any, nothing: Any, title: Any, action: rx.Component) -> rx.Component:
    body = rx.cond(is_full, rx.el.ul(rows, class_name="latest"), rx.el.p(nothing, class_name="muted"))
    return card(body, title=title, action=action, cls="c6")


def _latest(key: Any, first: Any, title: Any, href: Any, note: Any, is_new: Any, status: Any) -> rx.Component:
    looks = rx.cond(is_new, "words new", "words")
    words = page_link(title, href=href, cls=looks)
    about = rx.cond(note != "", rx.el.span(note, class_name="sub"), rx.fragment())
    return rx.el.li(
        rx.el.span(first, class_name="date"),
        rx.el.div(words, about),
        rx.el.span(status, class_name="end"),
        key=key,
    )

"""The balance of a contract: figure, words, what it is made of (Н-43)."""

from __future__ import annotations

from typing import Any

import reflex as rx

from energo_cabinet.components.button import link_button, page_link
from energo_cabinet.components.card import badge
from energo_cabinet.components.figure import fig
from energo_cabinet.i18n.ui import t


def balance_figure(view: Any) -> rx.Component:
    """Label, sum, the state as coloured words, a sentence, «Оплатить»; `view`: a Var of state.bill.balance_view."""
    head = rx.el.div(
        rx.el.span(view.label, class_name="label"), badge(view.state, view.tone), class_name="rowf between"
    )
    pay = link_button(t("bills.pay"), view.pay, size=3, icon_name="qr-code", cls="wide")
    return rx.el.div(
        head,
        fig(view.amount, "₽", "mid"),
        rx.el.p(view.sentence, class_name="balance-words"),
        rx.cond(view.pay != "", pay, rx.fragment()),
        class_name="balance-sum",
    )


def balance_lines(lines: Any) -> rx.Component:
    """«Начислено за октябрь … 913,47 ₽» and the like; a line with an address is a link."""

    def line(item: Any) -> rx.Component:
        linked = page_link(item.label, href=item.address, cls="link")
        tone = rx.cond(item.tone != "", "late", "")
        return rx.el.div(
            rx.el.dt(rx.cond(item.address != "", linked, rx.el.span(item.label))),
            rx.el.dd(item.value, class_name=tone),
            key=item.label,
        )

    return rx.el.dl(rx.foreach(lines, line), class_name="dl one")

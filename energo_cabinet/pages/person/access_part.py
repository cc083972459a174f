"""«Кто смотрел мои данные» on the profile's page."""

from __future__ import annotations

from typing import Any

import reflex as rx

from energo_cabinet.components.button import button
from energo_cabinet.components.card import card
from energo_cabinet.components.feedback import skeleton_rows
from energo_cabinet.i18n.ui import t
from energo_cabinet.state.person.access import AccessJournalState


def access_card() -> rx.Component:
    """Who by role and supplier, when, what; older lines on demand."""
    rows = rx.el.ul(rx.foreach(AccessJournalState.rows, _row), class_name="mlist looked")
    more = rx.cond(
        AccessJournalState.has_more,
        button(t("customers.more"), kind="outline", on_click=AccessJournalState.more),
        rx.fragment(),
    )
    body = rx.match(
        AccessJournalState.status,
        ("ready", rx.fragment(rows, more)),
        ("loading", skeleton_rows(2)),
        rx.el.p(t("customers.nobody_looked"), class_name="sub"),
    )
    return card(body, title=t("customers.access"), sub=t("customers.access_sub"), id="access")


def _row(row: Any) -> rx.Component:
    return rx.el.li(
        rx.el.div(rx.el.b(row.what), rx.el.span(row.who)), rx.el.div(rx.el.span(row.at), class_name="r"), key=row.id
    )

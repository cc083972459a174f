"""What was sent for a meter and what became of it: a table, on phones a list."""

from __future__ import annotations

from typing import Any

import reflex as rx

from energo_cabinet.components.attachment_field import file_links
from energo_cabinet.components.button import button
from energo_cabinet.components.card import badge, card
from energo_cabinet.components.feedback import empty
from energo_cabinet.i18n.ui import t
from energo_cabinet.state.reading.submission import SubmissionState

COLUMNS = (("date", ""), ("number", ""), ("values", "n"), ("used", "n"), ("status", ""))


def history_card() -> rx.Component:
    """The card; empty until something was sent."""
    nothing = empty("history", t("submission.history_empty"), t("submission.history_empty_text"))
    full = rx.fragment(_table(), _list(), _more())
    return card(
        rx.cond(SubmissionState.rows.length() > 0, full, nothing),
        title=t("submission.history"),
        cls="c12 flush sentlist",
    )


def _table() -> rx.Component:
    heads = [rx.el.th(t(f"submission.column_{name}"), scope="col", class_name=cls) for name, cls in COLUMNS]
    made = rx.el.table(
        rx.el.caption(t("submission.history_caption"), class_name="hide"),
        rx.el.thead(rx.el.tr(*heads)),
        rx.el.tbody(rx.foreach(SubmissionState.rows, _row)),
        class_name="t",
    )
    return rx.el.div(made, class_name="tablewrap hide-phone")


def _row(row: Any) -> rx.Component:
    return rx.el.tr(
        rx.el.td(row.date, class_name="nowrap"),
        rx.el.td(row.number, class_name="nowrap"),
        rx.el.td(rx.foreach(row.registers, lambda value: rx.el.div(value)), class_name="n"),
        rx.el.td(rx.cond(row.used != "", row.used, "—"), class_name="n"),
        rx.el.td(_status(row), _notes(row)),
        key=row.id,
    )


def _list() -> rx.Component:
    def line(row: Any) -> rx.Component:
        return rx.el.li(
            rx.el.div(rx.el.b(row.date), _status(row), class_name="rowf between"),
            rx.el.div(
                rx.el.span(
                    rx.foreach(row.registers, lambda value: rx.el.span(value, class_name="part")), class_name="parts"
                ),
                rx.el.span(row.used, class_name="muted"),
                class_name="rowf between",
            ),
            rx.el.span(t("submission.receipt"), " ", row.number, class_name="sub"),
            _notes(row),
            class_name="sent",
            key=row.id,
        )

    return rx.el.ul(rx.foreach(SubmissionState.rows, line), class_name="mlist only-phone")


def _status(row: Any) -> rx.Component:
    return badge(row.badge, row.tone)


def _notes(row: Any) -> rx.Component:
    return rx.fragment(
        rx.cond(row.note != "", rx.el.span(row.note, class_name="sub"), rx.fragment()),
        rx.cond(row.files.length() > 0, file_links(row.files), rx.fragment()),
    )


def _more() -> rx.Component:
    next_page = button(t("submission.more"), kind="outline", on_click=SubmissionState.more)
    return rx.cond(SubmissionState.has_more, rx.el.div(next_page, class_name="more"), rx.fragment())

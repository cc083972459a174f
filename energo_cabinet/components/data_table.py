"""The table twin of a chart, whose columns the server chooses, and its two-line rows for phones."""

from __future__ import annotations

from typing import Any

import reflex as rx

from energo_cabinet.components.button import page_link
from energo_cabinet.components.icon import icon
from energo_cabinet.components.table import mrow

Text = str | rx.Var[str]


def data_table(table: Any, has_quality: bool = True) -> rx.Component:
    """`table`: a Var with columns, rows (cells, quality, tone), foot, caption and the number of the strong column.

    The last column shows the quality, unless `has_quality` is False.
    """
    head = rx.el.tr(rx.foreach(table.columns, lambda c: rx.el.th(c.label, scope="col", class_name=c.kind)))
    foot = rx.el.tfoot(rx.el.tr(rx.foreach(table.foot, _cell)))
    made = rx.el.table(
        rx.el.caption(table.caption, class_name="hide"),
        rx.el.thead(head),
        rx.el.tbody(rx.foreach(table.rows, lambda row: _row(row, table.strong, has_quality))),
        rx.cond(table.foot.length() > 0, foot, rx.fragment()),
        class_name="t dense",
    )
    wide = rx.el.div(
        made, class_name="tablewrap hide-phone", role="region", aria_label=table.caption, custom_attrs={"tabIndex": 0}
    )
    return rx.fragment(wide, rx.el.ul(rx.foreach(table.rows, _line), class_name="mlist only-phone"))


def pager(table: Any, newer: Any, older: Any, words: tuple[Text, Text], label: Text) -> rx.Component:
    """«‹ Новее · Страница 1 из 3 · Раньше ›» as links; nothing for a table of one page."""
    links = rx.el.nav(
        rx.cond(newer != "", page_link(icon("chevron-left", 14), words[0], href=newer, cls="link"), rx.el.span()),
        rx.el.span(table.page, class_name="muted"),
        rx.cond(older != "", page_link(words[1], icon("chevron-right", 14), href=older, cls="link"), rx.el.span()),
        class_name="rowf between pager",
        aria_label=label,
    )
    return rx.cond(table.page != "", links, rx.fragment())


def _cell(value: Any, index: Any) -> rx.Component:
    return rx.el.td(value, class_name=rx.cond(index == 0, "", "n"))


def _row(row: Any, strong: Any, has_quality: bool) -> rx.Component:
    def cell(value: Any, index: Any) -> rx.Component:
        return rx.el.td(value, class_name=rx.match(index, (0, ""), (strong, "n strong"), "n"))

    mark = rx.cond(
        row.tone != "",
        rx.el.span(row.quality, class_name=rx.Var.create("badge ") + row.tone),
        rx.el.span(row.quality, class_name="muted"),
    )
    last = [rx.el.td(mark, class_name="n")] if has_quality else []
    return rx.el.tr(rx.foreach(row.cells, cell), *last, key=row.title)


def _line(row: Any) -> rx.Component:
    return mrow(row.title, row.value, row.note, row.value_note)

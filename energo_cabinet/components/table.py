"""Tables and their twin for phones."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import reflex as rx

Text = str | rx.Var[str]


class Column(NamedTuple):
    """A column: its heading, and whether it holds numbers (right-aligned, tabular)."""

    label: Text
    number: bool = False


def table(
    columns: Sequence[Column],
    rows: rx.Var[list[Any]] | Sequence[Sequence[Any]],
    *,
    caption: Text,
    cells: Callable[[Any], Sequence[Any]] | None = None,
    foot: Sequence[Any] | None = None,
    cls: str = "",
) -> rx.Component:
    """A table. `rows`: a Var of rows (each a list of texts, or anything `cells(row)` turns into one cell per column),
    or ready cells. `cls`: "dense", "hide-phone" (when `mlist` stands in for it on phones), "tight"."""
    head = rx.el.tr(*(rx.el.th(c.label, scope="col", class_name=_kind(c)) for c in columns))
    if isinstance(rows, rx.Var):
        body: Any = rx.foreach(rows, lambda row: _row(columns, cells(row) if cells else _each(row, len(columns))))
    else:
        body = [_row(columns, row) for row in rows]
    parts = [rx.el.caption(caption, class_name="hide"), rx.el.thead(head)]
    parts.append(rx.el.tbody(*body) if isinstance(body, list) else rx.el.tbody(body))
    if foot is not None:
        parts.append(rx.el.tfoot(_row(columns, foot)))
    made = rx.el.table(*parts, class_name=f"t {cls}".strip())
    return rx.el.div(made, class_name="tablewrap hide-phone" if "hide-phone" in cls else "tablewrap")


def mlist(
    rows: rx.Var[list[Any]], parts: Callable[[Any], tuple[Any, Any, Any, Any]] | None = None, cls: str = "only-phone"
) -> rx.Component:
    """The table on a phone: two lines a row, (title, value, note, note of the value)."""
    return rx.el.ul(
        rx.foreach(rows, lambda row: mrow(*(parts(row) if parts else (row[0], row[1], row[2], row[3])))),
        class_name=f"mlist {cls}".strip(),
    )


def mrow(title: Any, value: Any, note: Any = "", value_note: Any = "") -> rx.Component:
    """One row of `mlist`."""
    return rx.el.li(
        rx.el.div(rx.el.b(title), rx.el.span(note)), rx.el.div(rx.el.b(value), rx.el.span(value_note), class_name="r")
    )


def _kind(column: Column) -> str:
    return "n" if column.number else ""


def _each(row: Any, count: int) -> list[Any]:
    return [row[i] for i in range(count)]


def _row(columns: Sequence[Column], cells: Sequence[Any]) -> rx.Component:
    return rx.el.tr(*(rx.el.td(cell, class_name=_kind(c)) for c, cell in zip(columns, cells, strict=True)))

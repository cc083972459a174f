"""«Качество данных»: figures, a table of points by days that is its own heat map, silence, Σ against registers."""

from __future__ import annotations

from typing import Any

import reflex as rx

from energo_cabinet import routes
from energo_cabinet.components.button import button, page_link
from energo_cabinet.components.card import card, page_head
from energo_cabinet.components.feedback import empty, failed, skeleton_figures, skeleton_rows
from energo_cabinet.components.figure import stat, stats
from energo_cabinet.components.icon import icon
from energo_cabinet.components.registry.staff_registry import opener
from energo_cabinet.i18n.ui import t
from energo_cabinet.pages.staff.frame_part import staff_page
from energo_cabinet.state.quality.staff_quality import QualityState
from energo_cabinet.state.staff.frame import StaffFrameState

LEGEND = ("whole", "most", "some", "few", "none", "estimated")


def staff_quality() -> rx.Component:
    """The page."""
    waiting = rx.el.div(card(skeleton_figures(4)), card(skeleton_rows(10)), class_name="stack")
    body = rx.match(
        QualityState.status,
        ("loading", waiting),
        ("ready", rx.el.div(_stats(), _heat(), _silent(), _balance(), class_name="stack")),
        card(failed(t("quality.failed"), t("quality.failed_text"), QualityState.load)),
    )
    inside = rx.el.div(page_head(t("quality.title")), body, on_unmount=QualityState.leave, class_name="quality")
    return staff_page("quality", inside)


def _stats() -> rx.Component:
    def one(shown: Any) -> rx.Component:
        return stat(shown.label, shown.value, shown.unit, shown.note)

    return card(stats(rx.foreach(QualityState.stats, one)))


def _more(part: str) -> rx.Component:
    next_page = button(t("quality.more"), kind="outline", on_click=QualityState.show_more(part))  # type: ignore[operator]
    return rx.cond(QualityState.more[part], rx.el.div(next_page, class_name="more"), rx.fragment())


def _region(table: rx.Component, label: Any) -> rx.Component:
    return rx.el.div(table, class_name="tablewrap", role="region", aria_label=label, custom_attrs={"tabIndex": 0})


def _heat() -> rx.Component:
    marks = [rx.el.li(rx.el.i(class_name=_legend(name)), t(f"quality.heat_{name}")) for name in LEGEND]
    head = rx.el.tr(
        rx.el.th(t("quality.point"), scope="col"),
        rx.foreach(QualityState.heat.days, _day),
        rx.el.th(t("quality.heat_total"), scope="col", class_name="n"),
    )
    table = rx.el.table(
        rx.el.caption(t("quality.heat"), class_name="hide"),
        rx.el.thead(head),
        rx.el.tbody(rx.foreach(QualityState.lines, _line)),
        class_name="heatmap",
    )
    shown = rx.fragment(rx.el.ul(*marks, class_name="heatlegend"), _region(table, t("quality.heat")), _more("heat"))
    nothing = empty("grid-3x3", t("quality.heat_empty"), t("quality.heat_empty_text"))
    body = rx.cond(QualityState.lines.length() > 0, shown, nothing)
    return card(body, title=t("quality.heat"), sub=t("quality.heat_sub"))


def _legend(name: str) -> str:
    return "heat whole flagged" if name == "estimated" else f"heat {name}"


def _day(day: Any) -> rx.Component:
    words = rx.el.span(day.words, class_name="hide")
    shown = rx.el.span(day.shown, aria_hidden="true")
    return rx.el.th(shown, words, scope="col")


def _line(line: Any) -> rx.Component:
    name = page_link(rx.el.b(line.name), rx.el.span(line.number), href=line.href)
    return rx.el.tr(
        rx.el.th(name, scope="row"),
        rx.foreach(line.cells, _cell),
        rx.el.td(line.total, class_name=rx.cond(line.is_low, "n low", "n")),
        key=line.key,
    )


def _cell(cell: Any) -> rx.Component:
    inside = rx.el.i(cell.shown, class_name=cell.cls, aria_hidden="true")
    return rx.el.td(inside, rx.el.span(cell.title, class_name="hide"), title=cell.title)


def _silent() -> rx.Component:
    columns = (("point", ""), ("silent_since", ""), ("silent_days", "n"), ("silent_how", ""))
    heads = [rx.el.th(t(f"quality.{name}"), scope="col", class_name=cls) for name, cls in columns]

    def line(row: Any) -> rx.Component:
        return rx.el.tr(
            rx.el.td(opener(row.name, row.number, row.href)),
            rx.el.td(row.since, class_name="nowrap"),
            rx.el.td(row.days, class_name="n strong"),
            rx.el.td(row.how),
            class_name="ticketrow",
            key=row.key,
        )

    table = rx.el.table(
        rx.el.caption(t("quality.silent"), class_name="hide"),
        rx.el.thead(rx.el.tr(*heads)),
        rx.el.tbody(rx.foreach(QualityState.silent, line)),
        class_name="t",
    )
    nothing = empty("circle-check", t("quality.silent_none"), t("quality.silent_none_text"))
    shown = rx.fragment(_region(table, t("quality.silent")), _more("silent"))
    body = rx.cond(QualityState.silent.length() > 0, shown, nothing)
    return card(body, title=t("quality.silent"), sub=t("quality.silent_sub"))


def _balance() -> rx.Component:
    names = ("point", "balance_intervals", "balance_registers", "balance_difference", "balance_percent")
    heads = [rx.el.th(t(f"quality.{n}"), scope="col", class_name="n" if i else "") for i, n in enumerate(names)]
    heads.append(rx.el.th(t("quality.balance_verdict"), scope="col"))

    def line(row: Any) -> rx.Component:
        figures = (row.intervals, row.registers, row.difference, row.percent)
        verdict = rx.el.span(row.verdict, class_name=rx.Var.create("badge status ") + row.tone)
        return rx.el.tr(
            rx.el.td(opener(row.name, row.number, row.href)),
            *(rx.el.td(value, class_name="n") for value in figures),
            rx.el.td(verdict),
            class_name="ticketrow",
            key=row.key,
        )

    table = rx.el.table(
        rx.el.caption(t("quality.balance"), class_name="hide"),
        rx.el.thead(rx.el.tr(*heads)),
        rx.el.tbody(rx.foreach(QualityState.balances, line)),
        class_name="t",
    )
    nothing = empty("scale", t("quality.balance_none"), t("quality.balance_none_text"))
    shown = rx.fragment(_region(table, t("quality.balance")), _more("balance"))
    body = rx.cond(QualityState.balances.length() > 0, shown, nothing)
    return card(body, title=t("quality.balance"), sub=QualityState.balance.sub, action=_month(), id="balance")


def _month() -> rx.Component:
    return rx.el.label(
        rx.el.em(t("quality.balance_month"), ":"),
        rx.el.select(
            rx.foreach(
                QualityState.balance.months, lambda m: rx.el.option(m["label"], value=m["value"], key=m["value"])
            ),
            value=QualityState.balance.month,
            on_change=QualityState.choose_month,
        ),
        icon("chevron-down", 14),
        class_name="select",
    )


def add_to(app: rx.App) -> None:
    """Register the route."""
    on_load = [StaffFrameState.load, QualityState.load]
    app.add_page(staff_quality, route=routes.STAFF_QUALITY, title=t("quality.title"), on_load=on_load)

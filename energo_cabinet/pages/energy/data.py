"""«Данные учета энергоресурсов»: any set of points as chart and table (Э-56, Э-62)."""

from __future__ import annotations

from typing import Any

import reflex as rx

from energo_cabinet import routes
from energo_cabinet.components.button import button, file_link, link_button
from energo_cabinet.components.card import card, page_head
from energo_cabinet.components.chart import chart, chart_skeleton
from energo_cabinet.components.chart_card import chart_card, notes
from energo_cabinet.components.data_table import data_table, pager
from energo_cabinet.components.energy.data_figure import BARS
from energo_cabinet.components.feedback import empty, failed, skeleton_figures, skeleton_rows
from energo_cabinet.components.icon import icon
from energo_cabinet.components.period import period_links
from energo_cabinet.i18n.ui import t, words_in
from energo_cabinet.pages.frame.frame_part import cabinet_page
from energo_cabinet.pages.point.point import stat_of
from energo_cabinet.state.contract.contract import ContractState
from energo_cabinet.state.energy.data import DataState
from energo_cabinet.state.frame.session import SessionState

BYS = ("half_hours", "hours", "days", "weeks", "months", "years")
SPLITS = ("points", "channels", "resources")


def data() -> rx.Component:
    """The page."""
    again = link_button(t("data.show_default"), DataState.links["default"], kind="outline")
    add = button(t("contract.add"), icon_name="plus", on_click=ContractState.open_add)
    body = rx.match(
        DataState.status,
        ("loading", _waiting()),
        ("ready", _content()),
        ("empty", card(empty("chart-column", t("points.no_data"), t("data.no_data_text"), again))),
        ("none", card(empty("chart-column", t("data.none"), t("data.none_text"), again))),
        ("no_points", card(empty("gauge", t("data.no_points"), t("points.no_contracts_text"), add))),
        ("invalid", card(empty("calendar-x", t("data.invalid"), DataState.message, again))),
        ("missing", card(empty("gauge", t("points.missing"), t("points.missing_text"), again))),
        card(failed(t("points.failed"), t("points.failed_text"), DataState.load)),
    )
    toolbar = rx.cond(DataState.points.length() > 0, _toolbar(), rx.fragment())
    head = page_head(t("data.title"), t("data.sub"))
    return cabinet_page("data", rx.el.div(head, toolbar, body, on_unmount=DataState.leave))


def _waiting() -> rx.Component:
    return rx.el.div(
        card(skeleton_figures(), cls="c12"),
        card(chart_skeleton(), cls="c12"),
        card(skeleton_rows(8), cls="c12"),
        class_name="grid",
    )


def _content() -> rx.Component:
    view, links = DataState.view, DataState.links
    words = (t("points.earlier"), t("points.later"))
    figure = chart(DataState.figure, view.summary, bars=BARS)
    return rx.el.div(
        card(rx.el.div(rx.foreach(view.stats, stat_of), class_name="stats"), notes(view.notes), cls="c12"),
        chart_card(view.title, view.legend, figure),
        card(
            data_table(view.table),
            pager(view.table, links["newer"], links["older"], words, t("points.pages")),
            title=t("points.as_table"),
            cls="c12",
        ),
        class_name="grid",
    )


def _toolbar() -> rx.Component:
    period = DataState.period
    files = rx.fragment(
        file_link("CSV", period.csv, aria_label=t("data.csv")),
        file_link("XLSX", DataState.links["xlsx"], aria_label=t("data.xlsx")),
    )
    return rx.el.div(
        _points(),
        _select("by", [rx.el.option(t(f"data.by_{by}"), value=by) for by in BYS]),
        rx.cond(period.words != "", period_links(period, DataState.choose_dates), rx.fragment()),
        _select("split", [rx.el.option(t(f"data.split_{split}"), value=split) for split in SPLITS]),
        rx.cond(DataState.units.length() > 1, _select("unit", [_options(DataState.units)]), rx.fragment()),
        rx.cond(DataState.channels.length() > 1, _channels(), rx.fragment()),
        rx.el.div(class_name="grow only-wide"),
        rx.cond(period.words != "", files, rx.fragment()),
        class_name="toolbar",
    )


def _channels() -> rx.Component:
    usual = rx.el.option(t("data.channel_usual"), value="")
    every = rx.el.option(t("data.channel_all"), value="all")
    return _select("channel", [usual, _options(DataState.channels), every])


def _options(options: Any) -> rx.Component:
    return rx.foreach(options, lambda o: rx.el.option(o.label, value=o.value, key=o.value))


def _select(name: str, options: list[Any]) -> rx.Component:
    return rx.el.label(
        rx.el.em(t(f"data.{name}"), ":"),
        rx.el.select(
            *options,
            value=DataState.chosen[name],
            on_change=lambda value: DataState.choose(name, value),  # type: ignore[operator]
        ),
        icon("chevron-down", 14),
        class_name="select",
    )


def _points() -> rx.Component:
    """A list to tick points in; it applies at once for all of them."""
    form = rx.el.form(
        rx.el.div(rx.foreach(DataState.points, _point), class_name="checks"),
        button(t("points.apply"), type="submit", size=3, cls="wide"),
        on_submit=DataState.choose_points,
        class_name="form",
        key=DataState.chosen["count"],
    )
    return rx.el.details(
        rx.el.summary(
            icon("gauge", 14),
            rx.el.span(t("data.points"), ": ", DataState.chosen["count"]),
            icon("chevron-down", 14),
            class_name="btn s2 outline",
        ),
        rx.el.div(form, class_name="menu pad datapoints"),
        class_name="drop start",
        data_menu="true",
    )


def _point(point: Any) -> rx.Component:
    name = rx.Var.create("point-") + point.id
    box = rx.el.input(type="checkbox", name=name, id=name, default_checked=point.is_chosen)
    words = rx.el.span(point.name, rx.el.span(point.note, class_name="sub"))
    return rx.el.label(box, rx.el.i(icon("check", 14), aria_hidden="true"), words, class_name="check", key=point.id)


def add_to(app: rx.App) -> None:
    """Register the route."""
    title = words_in("data.title", "ru")
    app.add_page(data, route=routes.DATA, title=title, on_load=[SessionState.load, DataState.load])

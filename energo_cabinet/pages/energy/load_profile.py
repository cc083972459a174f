"""«Профиль мощности» of a metering point (Н-100…Н-102)."""

from __future__ import annotations

from typing import Any

import reflex as rx

from energo_cabinet import routes
from energo_cabinet.components.button import file_link, page_link
from energo_cabinet.components.card import badge, card
from energo_cabinet.components.chart import chart, chart_skeleton
from energo_cabinet.components.chart_card import chart_card, notes
from energo_cabinet.components.data_table import data_table, pager
from energo_cabinet.components.feedback import skeleton_figures, skeleton_rows
from energo_cabinet.components.figure import legend, legend_item
from energo_cabinet.components.menu import segments
from energo_cabinet.components.period import period_links
from energo_cabinet.i18n.ui import t, words_in
from energo_cabinet.pages.point.frame_part import point_page
from energo_cabinet.pages.point.point import stat_of
from energo_cabinet.state.energy.load_profile import LoadProfileState
from energo_cabinet.state.frame.session import SessionState


def load_profile() -> rx.Component:
    """The page."""
    view = LoadProfileState.view
    has_average = view.average_summary != ""
    content = rx.el.div(
        card(rx.el.div(rx.foreach(view.stats, stat_of), class_name="stats"), notes(view.notes), cls="c12"),
        chart_card(view.title, view.legend, chart(LoadProfileState.figure, view.summary)),
        rx.cond(has_average, _average(), rx.fragment()),
        _completeness(has_average),
        _table(),
        class_name="grid",
    )
    waiting = rx.el.div(
        card(skeleton_figures(), cls="c12"),
        card(chart_skeleton(), cls="c12"),
        card(chart_skeleton("small"), cls="c6"),
        card(skeleton_rows(7), cls="c6"),
        class_name="grid",
    )
    return point_page(LoadProfileState, "profile", waiting=waiting, content=content, toolbar=_toolbar())


def _toolbar() -> rx.Component:
    return rx.el.div(
        _choices(t("points.length"), "length", ("day", "week", "month"), "points.choice_"),
        period_links(LoadProfileState.period, LoadProfileState.choose_dates),
        _choices(t("points.step"), "step", ("30", "60"), "points.step_"),
        _choices(t("points.measure"), "unit", ("kw", "kwh"), "unit."),
        rx.cond(LoadProfileState.channels.length() > 1, _channels(), rx.fragment()),
        rx.el.div(class_name="grow only-wide"),
        file_link(t("points.download"), LoadProfileState.period.csv),
        class_name="toolbar",
    )


def _choices(label: Any, group: str, names: tuple[str, ...], prefix: str) -> rx.Component:
    chosen, links = LoadProfileState.chosen[group], LoadProfileState.links
    return segments(label, [(t(prefix + name), links[name], chosen == name) for name in names])


def _channels() -> rx.Component:
    def one(channel: Any) -> rx.Component:
        here = LoadProfileState.chosen["channel"] == channel["name"]
        return page_link(
            channel["name"],
            href=channel["href"],
            cls=rx.cond(here, "on", ""),
            aria_current=rx.cond(here, "true", "false"),
            key=channel["name"],
        )

    return rx.el.div(
        rx.foreach(LoadProfileState.channels, one), class_name="seg", role="group", aria_label=t("points.channel")
    )


def _average() -> rx.Component:
    figure = chart(
        LoadProfileState.average, LoadProfileState.view.average_summary, lines=("fact", "missing"), size="small"
    )
    items = legend(
        legend_item(t("points.weekdays"), "var(--fact)", "line"),
        legend_item(t("points.weekends"), "var(--missing)", "dash"),
    )
    return card(figure, title=t("points.average_day"), action=items, cls="c6")


def _completeness(beside: Any) -> rx.Component:
    missing = LoadProfileState.view.missing
    mark = rx.cond(missing != "", badge(missing, "warning"), badge(t("points.all_came"), "success"))
    days = LoadProfileState.view.days
    bars = rx.el.div(rx.foreach(days, _day), class_name="comp", role="list")
    return card(
        rx.cond(days.length() > 0, bars, rx.el.p(t("points.all_came_text"), class_name="muted")),
        title=t("points.completeness_days"),
        action=mark,
        cls=rx.cond(beside, "c6", "c12"),
    )


def _day(day: Any) -> rx.Component:
    cells = rx.el.div(rx.foreach(day.cells, lambda state: rx.el.i(class_name=state)), class_name="bars")
    return rx.el.div(
        rx.el.span(day.words, class_name="hide"),
        rx.el.span(day.name, aria_hidden="true"),
        cells,
        rx.el.b(day.share, aria_hidden="true"),
        role="listitem",
        key=day.name,
    )


def _table() -> rx.Component:
    links, table = LoadProfileState.links, LoadProfileState.view.table
    order = LoadProfileState.chosen["table"]
    choices = [
        (t("points.largest"), links["largest"], order == "largest"),
        (t("points.by_time"), links["time"], order == "time"),
    ]
    words = (t("points.earlier"), t("points.later"))
    return card(
        data_table(table),
        pager(table, links["newer"], links["older"], words, t("points.pages")),
        title=t("points.as_table"),
        action=segments(t("points.order"), choices),
        cls="c12",
    )


def add_to(app: rx.App) -> None:
    """Register the route."""
    title = words_in("points.tab_profile", "ru")
    on_load = [SessionState.load, LoadProfileState.load]
    app.add_page(load_profile, route=routes.POINT_PROFILE, title=title, on_load=on_load)

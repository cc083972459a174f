"""«Параметры сети» of a metering point (Э-60, R-10…R-16)."""

from __future__ import annotations

from typing import Any

import reflex as rx

from energo_cabinet import routes
from energo_cabinet.components.button import file_link
from energo_cabinet.components.card import badge, card
from energo_cabinet.components.chart import chart, chart_skeleton
from energo_cabinet.components.chart_card import chart_card
from energo_cabinet.components.data_table import data_table, pager
from energo_cabinet.components.feedback import callout, skeleton_figures, skeleton_rows
from energo_cabinet.components.figure import fig
from energo_cabinet.components.icon import icon
from energo_cabinet.components.menu import segments
from energo_cabinet.components.network.network_figure import LINES, QUANTITY_GROUPS
from energo_cabinet.components.period import period_links
from energo_cabinet.i18n.ui import t, words_in
from energo_cabinet.pages.point.frame_part import point_page
from energo_cabinet.settings import get_settings
from energo_cabinet.state.frame.session import SessionState
from energo_cabinet.state.network.network import NetworkState

NEAR, LIMIT = (f"{value:g}" for value in (get_settings().voltage_near_percent, get_settings().voltage_limit_percent))


def network() -> rx.Component:
    """The page."""
    view = NetworkState.view
    series = rx.fragment(
        chart_card(view.title, view.legend, _chart()),
        _snapshot("c7"),
        rx.cond(NetworkState.week.title != "", _week(), rx.fragment()),
        _table(),
    )
    alone = rx.fragment(_snapshot("c12"), rx.el.div(callout(t("network.no_series")), class_name="c12"))
    content = rx.el.div(
        rx.cond(NetworkState.period.words == "", _now(), rx.fragment()),
        rx.el.div(rx.cond(view.title != "", series, alone), class_name="grid"),
    )
    waiting = rx.el.div(
        card(skeleton_figures(), cls="c12"),
        card(chart_skeleton(), cls="c12"),
        card(skeleton_rows(8), cls="c7"),
        card(skeleton_rows(6), cls="c5"),
        class_name="grid",
    )
    above = rx.fragment(_now(), _toolbar())
    return point_page(NetworkState, "network", waiting=waiting, content=content, toolbar=above)


def _now() -> rx.Component:
    now = NetworkState.now
    fresh = rx.el.i(class_name=rx.cond(now.is_fresh != "", "", "old"), aria_hidden="true")
    at = rx.el.p(fresh, rx.el.span(now.at), class_name="live", role="status")
    cards = rx.el.div(rx.foreach(now.phases, _phase), class_name="phasecards")
    return rx.fragment(rx.cond(now.at != "", at, rx.fragment()), rx.cond(now.phases.length() > 0, cards, rx.fragment()))


def _phase(phase: Any) -> rx.Component:
    colour = rx.Var.create("var(--") + phase.colour + ")"
    head = rx.el.div(
        rx.el.h2(rx.el.i(class_name="dotm", style={"--c": colour}, aria_hidden="true"), phase.name),
        badge(phase.badge, phase.tone),
        class_name="rowf between",
    )
    gauge = rx.el.div(
        rx.el.span(class_name="ok", style={"left": phase.ok_left, "width": phase.ok_width}),
        rx.el.span(class_name="nom"),
        rx.el.i(style={"left": phase.left, "background": colour}),
        class_name="gauge",
        role="img",
        aria_label=phase.words,
    )
    scale = rx.el.div(
        rx.el.span(phase.low, style={"left": phase.ok_left}),
        rx.el.span(phase.nominal, style={"left": "50%"}),
        rx.el.span(phase.high, style={"left": phase.ok_right}),
        class_name="gl",
        aria_hidden="true",
    )
    facts = [(t("network.current"), phase.current), (t("network.power"), phase.power), ("cos φ", phase.cos)]
    pairs = [rx.el.div(rx.el.dt(label), rx.el.dd(value)) for label, value in facts]
    volts = fig(phase.volts, t("network.unit.u"), "mid")
    return card(head, volts, gauge, scale, rx.el.dl(*pairs, class_name="mini"), cls="phase", key=phase.name)


def _toolbar() -> rx.Component:
    chosen, links = NetworkState.chosen, NetworkState.links
    lengths = [(t(f"network.choice_{n}"), links[n], chosen["length"] == n) for n in ("day", "week", "month")]
    steps = [
        (t("network.averages"), links["10"], chosen["step"] == "10"),
        (t("network.minutes_step"), links["fine"], chosen["step"] == "fine"),
    ]
    return rx.el.div(
        segments(t("network.length"), lengths),
        period_links(NetworkState.period, NetworkState.choose_dates),
        _groups(),
        rx.cond(links["fine"] != "", segments(t("network.resolution"), steps), rx.fragment()),
        rx.el.div(class_name="grow only-wide"),
        file_link(t("points.download"), NetworkState.period.csv),
        class_name="toolbar",
    )


def _groups() -> rx.Component:
    options = [rx.el.option(t(f"network.quantity.{group}"), value=group) for group in QUANTITY_GROUPS]
    return rx.el.label(
        rx.el.em(t("network.show"), ":"),
        rx.el.select(*options, value=NetworkState.chosen["show"], on_change=NetworkState.choose),
        icon("chevron-down", 14),
        class_name="select",
    )


def _chart() -> rx.Component:
    view = NetworkState.view
    show = NetworkState.chosen["show"]
    told = NetworkState.now.set_points
    norms = rx.cond(told != "", rx.el.p(told), rx.fragment())
    source = rx.el.p(t("network.norm_source", source=get_settings().network_norm_source))
    words = rx.fragment(
        rx.el.p(view.sub),
        rx.cond(show == "u", norms, rx.fragment()),
        rx.foreach(view.notes, lambda line: rx.el.p(line)),
        rx.cond((show == "u") | (show == "f"), source, rx.fragment()),
    )
    return rx.fragment(chart(NetworkState.figure, view.summary, lines=LINES), rx.el.div(words, class_name="note notes"))


def _snapshot(cls: str) -> rx.Component:
    return card(
        data_table(NetworkState.now.table, has_quality=False), title=t("network.now"), sub=NetworkState.now.at, cls=cls
    )


def _week() -> rx.Component:
    week = NetworkState.week
    heads = [
        rx.el.th(t("network.column_phase"), scope="col"),
        rx.el.th(t("network.column_normal"), scope="col", class_name="n"),
        rx.el.th(t("network.column_near", near=NEAR, limit=LIMIT), scope="col", class_name="n"),
        rx.el.th(t("network.column_beyond", limit=LIMIT), scope="col", class_name="n"),
        rx.el.th(t("network.column_worst"), scope="col", class_name="n"),
    ]
    table = rx.el.table(
        rx.el.caption(week.title, class_name="hide"),
        rx.el.thead(rx.el.tr(*heads)),
        rx.el.tbody(rx.foreach(week.rows, _week_row)),
        class_name="t tight",
    )
    sign = rx.cond(week.tone == "success", icon("circle-check"), icon("triangle-alert"))
    verdict = rx.el.div(sign, rx.el.div(week.verdict), class_name=rx.Var.create("callout ") + week.tone)
    cases = rx.fragment(
        rx.el.h3(t("network.cases")),
        rx.el.ul(rx.foreach(week.cases, _case), class_name="mlist"),
        rx.cond(week.more != "", rx.el.p(week.more, class_name="note"), rx.fragment()),
    )
    return card(
        rx.el.div(table, class_name="tablewrap", role="region", aria_label=week.title, custom_attrs={"tabIndex": 0}),
        rx.cond(week.cases.length() > 0, cases, rx.fragment()),
        rx.el.div(verdict, class_name="card-foot"),
        title=week.title,
        cls="c5 netweek",
    )


def _week_row(row: Any) -> rx.Component:
    colour = rx.Var.create("var(--") + row.colour + ")"
    return rx.el.tr(
        rx.el.td(rx.el.i(class_name="dotm", style={"--c": colour}, aria_hidden="true"), row.phase),
        rx.el.td(row.normal, class_name="n"),
        rx.el.td(row.near, class_name="n"),
        rx.el.td(row.beyond, class_name=rx.cond(row.is_beyond, "n strong", "n")),
        rx.el.td(row.worst, rx.el.span(row.worst_at, class_name="sub"), class_name="n"),
        key=row.phase,
    )


def _case(case: Any) -> rx.Component:
    return rx.el.li(
        rx.el.div(rx.el.b(case.when), rx.el.span(case.note)),
        rx.el.div(rx.el.b(case.worst), class_name="r"),
        key=case.when + case.note,
    )


def _table() -> rx.Component:
    table, links = NetworkState.view.table, NetworkState.links
    words = (t("points.earlier"), t("points.later"))
    return card(
        data_table(table, has_quality=False),
        pager(table, links["newer"], links["older"], words, t("points.pages")),
        title=t("points.as_table"),
        sub=NetworkState.view.title,
        cls="c12",
    )


def add_to(app: rx.App) -> None:
    """Register the route."""
    title = words_in("network.tab", "ru")
    app.add_page(network, route=routes.POINT_NETWORK, title=title, on_load=[SessionState.load, NetworkState.load])

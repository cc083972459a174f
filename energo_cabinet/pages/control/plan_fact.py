"""«Сравнение фактических и плановых величин» (Э-59)."""

from __future__ import annotations

import reflex as rx

from energo_cabinet import routes
from energo_cabinet.components.button import file_link, link_button
from energo_cabinet.components.card import card, page_head
from energo_cabinet.components.chart import chart, chart_skeleton
from energo_cabinet.components.chart_card import chart_card
from energo_cabinet.components.control.plan_figure import BARS, LINES
from energo_cabinet.components.control.target_select import target_select
from energo_cabinet.components.data_table import data_table
from energo_cabinet.components.feedback import empty, failed, skeleton_figures, skeleton_rows
from energo_cabinet.components.menu import segments
from energo_cabinet.components.period import period_links
from energo_cabinet.i18n.ui import t
from energo_cabinet.pages.frame.frame_part import cabinet_page
from energo_cabinet.pages.point.point import stat_of
from energo_cabinet.state.control.plan_fact import PlanFactState
from energo_cabinet.state.frame.session import SessionState


def plan_fact() -> rx.Component:
    """The page."""
    body = rx.match(
        PlanFactState.status,
        ("loading", _waiting()),
        ("ready", _content()),
        ("no_plan", rx.el.div(card(_no_plan(), cls="c12"), _chart(), class_name="grid")),
        ("none", card(empty("git-compare", t("plan.none"), t("plan.none_text")))),
        ("missing", card(empty("git-compare", t("plan.missing"), t("plan.missing_text"), _default()))),
        ("invalid", card(empty("calendar-x", t("plan.invalid"), PlanFactState.message, _default()))),
        card(failed(t("plan.failed"), t("plan.failed_text"), PlanFactState.load)),
    )
    bar = rx.cond(PlanFactState.period.words != "", _toolbar(), rx.fragment())
    shown = rx.fragment(page_head(t("plan.title"), PlanFactState.view.sub), bar, body)
    return cabinet_page("plan", rx.el.div(shown, on_unmount=PlanFactState.leave))


def _toolbar() -> rx.Component:
    links, length = PlanFactState.links, PlanFactState.length
    choices = [(t(f"points.choice_{name}"), links[name], length == name) for name in ("day", "week", "month")]
    return rx.el.div(
        target_select(PlanFactState.targets, PlanFactState.target, PlanFactState.choose),
        segments(t("points.length"), choices),
        period_links(PlanFactState.period, PlanFactState.choose_dates),
        rx.el.div(class_name="grow only-wide"),
        link_button(t("plan.edit"), links["edit"], kind="outline", icon_name="pencil"),
        file_link(t("points.download"), PlanFactState.period.csv),
        class_name="toolbar",
    )


def _content() -> rx.Component:
    view = PlanFactState.view
    return rx.el.div(
        card(rx.el.div(rx.foreach(view.stats, stat_of), class_name="stats"), cls="c12"),
        _chart(),
        card(data_table(view.table), title=t("points.as_table"), cls="c12"),
        class_name="grid",
    )


def _chart() -> rx.Component:
    view = PlanFactState.view
    return chart_card(view.title, view.legend, chart(PlanFactState.figure, view.summary, bars=BARS, lines=LINES))


def _waiting() -> rx.Component:
    parts = (card(skeleton_figures(), cls="c12"), card(chart_skeleton(), cls="c12"), card(skeleton_rows(12), cls="c12"))
    return rx.el.div(*parts, class_name="grid")


def _no_plan() -> rx.Component:
    action = link_button(t("plan.edit"), PlanFactState.links["edit"], icon_name="pencil")
    return empty("git-compare", t("plan.no_plan"), t("plan.no_plan_text"), action)


def _default() -> rx.Component:
    return link_button(t("plan.to_default"), PlanFactState.links["default"], kind="outline")


def add_to(app: rx.App) -> None:
    """Register the route."""
    on_load = [SessionState.load, PlanFactState.load]
    app.add_page(plan_fact, route=routes.PLAN_FACT, title=t("plan.title"), on_load=on_load)

"""«Показания» of a metering point: consumption by months, weeks or days (Н-98, Н-99)."""

from __future__ import annotations

import reflex as rx

from energo_cabinet import routes
from energo_cabinet.components.button import file_link, link_button
from energo_cabinet.components.card import card
from energo_cabinet.components.chart import ZONE_BARS, chart, chart_skeleton
from energo_cabinet.components.chart_card import chart_card, notes
from energo_cabinet.components.data_table import data_table, pager
from energo_cabinet.components.feedback import skeleton_figures, skeleton_rows
from energo_cabinet.components.menu import segments
from energo_cabinet.components.period import period_links
from energo_cabinet.i18n.ui import t, words_in
from energo_cabinet.pages.point.frame_part import point_page
from energo_cabinet.pages.point.point import stat_of
from energo_cabinet.state.energy.consumption import ConsumptionState
from energo_cabinet.state.frame.session import SessionState


def readings() -> rx.Component:
    """The page."""
    view = ConsumptionState.view
    content = rx.el.div(
        card(rx.el.div(rx.foreach(view.stats, stat_of), class_name="stats"), notes(view.notes), cls="c12"),
        chart_card(view.title, view.legend, chart(ConsumptionState.figure, view.summary, bars=ZONE_BARS)),
        card(data_table(view.table), _pager(), title=t("points.as_table"), cls="c12"),
        class_name="grid",
    )
    waiting = rx.el.div(
        card(skeleton_figures(), cls="c12"),
        card(chart_skeleton(), cls="c12"),
        card(skeleton_rows(8), cls="c12"),
        class_name="grid",
    )
    return point_page(ConsumptionState, "readings", waiting=waiting, content=content, toolbar=_toolbar())


def _toolbar() -> rx.Component:
    links = ConsumptionState.links
    choices = [(t(f"points.choice_{by}"), links[by], ConsumptionState.by == by) for by in ("months", "weeks", "days")]
    compared = links["is_compared"] != ""
    return rx.el.div(
        segments(t("points.by"), choices),
        period_links(ConsumptionState.period, ConsumptionState.choose_dates),
        rx.el.div(class_name="grow only-wide"),
        link_button(
            rx.cond(compared, t("points.compare_off"), t("points.compare")),
            links["compare"],
            kind="outline",
            icon_name="git-compare",
        ),
        file_link(t("points.download"), ConsumptionState.period.csv),
        class_name="toolbar",
    )


def _pager() -> rx.Component:
    words = (t("points.newer"), t("points.older"))
    links = ConsumptionState.links
    return pager(ConsumptionState.view.table, links["newer"], links["older"], words, t("points.pages"))


def add_to(app: rx.App) -> None:
    """Register the route."""
    title = words_in("points.tab_readings", "ru")
    app.add_page(readings, route=routes.POINT_READINGS, title=title, on_load=[SessionState.load, ConsumptionState.load])

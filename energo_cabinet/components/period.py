"""The period of a chart: ‹ words › as links, because the period lives in the address, and two date fields below."""

from __future__ import annotations

from typing import Any

import reflex as rx

from energo_cabinet.components.button import button, page_link
from energo_cabinet.components.icon import icon
from energo_cabinet.domain.time.period import YEARS
from energo_cabinet.i18n.ui import t

FIRST_DAY, LAST_DAY = f"{YEARS[0]}-01-01", f"{YEARS[-1]}-12-31"
"""What a date field takes."""


def period_links(period: Any, on_dates: Any) -> rx.Component:
    """`period`: a Var with words, back, forward ("" for none), first, last; `on_dates`: event for the two fields."""
    return rx.el.div(
        _arrow("chevron-left", t("period.back"), period.back),
        rx.el.details(
            rx.el.summary(icon("calendar", 14), rx.el.span(period.words), class_name="period-text"),
            rx.el.div(_dates(period, on_dates), class_name="menu pad"),
            class_name="drop",
            data_menu="true",
            key=period.words,
        ),
        _arrow("chevron-right", t("period.forward"), period.forward),
        class_name="period",
        role="group",
        aria_label=t("period.label"),
    )


def _arrow(name: str, label: Any, href: Any) -> rx.Component:
    looks = "btn plain square s2"
    link = page_link(icon(name), href=href, cls=looks, aria_label=label, title=label)
    nothing = rx.el.button(icon(name), type="button", class_name=looks, aria_label=label, title=label, disabled=True)
    return rx.cond(href != "", link, nothing)


def _dates(period: Any, on_dates: Any) -> rx.Component:
    return rx.el.form(
        _date("first", t("points.first"), period.first),
        _date("last", t("points.last"), period.last),
        button(t("points.apply"), type="submit", size=3, cls="wide"),
        on_submit=on_dates,
        class_name="form",
    )


def _date(name: str, label: Any, value: Any) -> rx.Component:
    key = f"period-{name}"
    field = rx.el.input(id=key, name=name, type="date", default_value=value, min=FIRST_DAY, max=LAST_DAY, required=True)
    return rx.el.div(rx.el.label(label, html_for=key), rx.el.div(field, class_name="input"), class_name="field")

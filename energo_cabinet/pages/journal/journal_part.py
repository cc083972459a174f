"""A journal bound to a state: toolbar of filters, lines that open, pages (Н-103…Н-113, Э-57)."""

from __future__ import annotations

from typing import Any

import reflex as rx

from energo_cabinet.components.button import file_link, icon_button, link_button, page_link
from energo_cabinet.components.card import badge, card
from energo_cabinet.components.chart import chart
from energo_cabinet.components.feedback import callout, empty
from energo_cabinet.components.icon import icon
from energo_cabinet.components.network.network_figure import LINES
from energo_cabinet.components.period import period_links
from energo_cabinet.i18n.ui import t

COLUMNS = ("at", "event", "phase", "lasted", "severity")
WITH_POINT = ("at", "event", "point", "phase", "lasted", "severity")


def journal(state: Any, with_point: bool = False) -> rx.Component:
    """The lines of a JournalPage, or why there are none."""
    nothing = card(empty("list", t("events.nothing"), t("events.nothing_text"), _reset(state)))
    return rx.cond(state.view.lines.length() > 0, _journal(state, with_point), nothing)


def _reset(state: Any) -> rx.Component:
    return link_button(t("events.reset"), state.links["default"], kind="outline")


def journal_toolbar(state: Any, *more: rx.Component) -> rx.Component:
    """Period, filters (`more` of them first), search, folding."""
    chosen = state.chosen
    severities = [rx.el.option(t(f"events.severity_of.{n}"), value=str(n)) for n in (3, 2, 1)]
    phases = [rx.el.option(f"{n} ({name})", value=str(n)) for n, name in enumerate("ABC", 1)]
    is_folded = chosen["fold"] != "0"
    return rx.el.div(
        period_links(state.period, state.choose_dates),
        *more,
        journal_select(state, "kind", _kinds(state)),
        journal_select(state, "severity", severities),
        journal_select(state, "phase", phases),
        _search(state),
        rx.el.div(class_name="grow only-wide"),
        link_button(
            rx.cond(is_folded, t("events.fold_off"), t("events.fold_on")),
            state.links["fold"],
            kind="outline",
            icon_name="layers",
        ),
        rx.cond(chosen["is_filtered"] != "", _reset(state), rx.fragment()),
        rx.cond(state.period.csv != "", file_link(t("points.download"), state.period.csv), rx.fragment()),
        class_name="toolbar",
    )


def _kinds(state: Any) -> list[Any]:
    def one(option: Any) -> rx.Component:
        return rx.el.option(option.label, value=option.value, key=option.value)

    return [
        rx.el.optgroup(rx.foreach(state.areas, one), label=t("events.groups")),
        rx.el.optgroup(rx.foreach(state.kinds, one), label=t("events.codes")),
    ]


def journal_select(state: Any, name: str, options: list[Any]) -> rx.Component:
    """A filter «Name: value»."""
    return rx.el.label(
        rx.el.em(t(f"events.{name}"), ":"),
        rx.el.select(
            rx.el.option(t("events.all"), value=""),
            *options,
            value=state.chosen[name],
            on_change=lambda value: state.choose(name, value),
        ),
        icon("chevron-down", 14),
        class_name="select",
    )


def _search(state: Any) -> rx.Component:
    field = rx.el.input(
        name="text",
        type="search",
        default_value=state.chosen["text"],
        placeholder=t("events.search"),
        aria_label=t("events.search"),
        max_length=100,
        key=state.chosen["text"],
    )
    send = icon_button("search", t("events.search_submit"), kind="plain", type="submit")
    return rx.el.form(field, send, on_submit=state.search, class_name="search", role="search")


def _journal(state: Any, with_point: bool) -> rx.Component:
    names = WITH_POINT if with_point else COLUMNS
    head = rx.el.div(*(rx.el.span(t(f"events.column_{name}")) for name in names), class_name="evhead only-wide")
    return rx.el.section(
        rx.el.h2(t("events.list"), class_name="hide"),
        rx.el.div(head, aria_hidden="true"),
        rx.el.ul(rx.foreach(state.view.lines, lambda line: _event(state, line, with_point)), class_name="evs"),
        rx.el.footer(_pager(state), rx.el.span(state.view.clocks), class_name="card-foot"),
        class_name="card flush events pointed" if with_point else "card flush events",
    )


def _pager(state: Any) -> rx.Component:
    newer, older = state.links["newer"], state.links["older"]
    links = rx.el.nav(
        rx.cond(newer != "", page_link(icon("chevron-left", 14), t("events.newer"), href=newer, cls="link")),
        rx.cond(older != "", page_link(t("events.older"), icon("chevron-right", 14), href=older, cls="link")),
        class_name="rowf between evpager",
        aria_label=t("events.pages"),
    )
    return rx.cond((newer != "") | (older != ""), links, rx.fragment())


def _event(state: Any, line: Any, with_point: bool) -> rx.Component:
    is_open = state.opened.key == line.key
    point = [_cell("point", line.point, "pt")] if with_point else []
    return rx.el.li(
        rx.el.button(
            rx.el.span(line.at, class_name="time"),
            rx.el.span(rx.el.b(line.name), rx.el.em(line.note), _marks(line), class_name="name"),
            *point,
            _cell("phase", line.phase, "phase"),
            _cell("lasted", line.lasted, "dur"),
            rx.el.span(
                rx.el.i(class_name="dotm", style={"--c": line.colour}, aria_hidden="true"),
                rx.el.span(rx.el.span(t("events.column_severity"), ": ", class_name="hide"), line.severity),
                rx.el.em(line.area),
                class_name="sev",
            ),
            icon("chevron-down"),
            type="button",
            class_name="evrow",
            on_click=state.toggle(line.key),
            aria_expanded=rx.cond(is_open, "true", "false"),
        ),
        rx.cond(is_open, _opened(state, line), rx.fragment()),
        class_name=rx.cond(is_open, "ev open", "ev"),
        key=line.key,
    )


def _cell(name: str, value: Any, cls: str) -> rx.Component:
    label = rx.el.span(t(f"events.column_{name}"), ": ", class_name="hide")
    return rx.el.span(rx.cond(value != "", rx.fragment(label, value), rx.fragment()), class_name=cls)


def _marks(line: Any) -> rx.Component:
    return rx.cond(line.doubt != "", badge(line.doubt, "warning"), rx.fragment())


def _opened(state: Any, line: Any) -> rx.Component:
    view = state.opened
    facts = rx.foreach(view.facts, lambda fact: rx.el.div(rx.el.dt(fact.label), rx.el.dd(fact.value), key=fact.label))
    doubt = callout(view.doubt, title=t("events.doubt"), tone="warning", icon_name="triangle-alert")
    every = link_button(t("events.show_all"), line.all, kind="outline", icon_name="list")
    ask = link_button(t("tickets.create"), view.ticket, kind="outline", icon_name="message-square")
    words = rx.el.div(
        rx.el.h3(t("events.means")),
        rx.el.p(view.meaning),
        rx.cond(view.doubt != "", doubt, rx.fragment()),
        rx.el.h3(t("events.todo")),
        rx.el.p(view.todo),
        rx.el.div(ask, rx.cond(line.all != "", every, rx.fragment()), class_name="rowf"),
    )
    voltage = rx.el.div(
        rx.el.h3(t("network.around")),
        chart(view.figure, view.figure_summary, lines=LINES, size="small"),
        class_name="around",
    )
    said = rx.el.div(
        words,
        rx.el.dl(facts, class_name="dl one"),
        rx.cond(view.figure_summary != "", voltage, rx.fragment()),
        class_name="explain",
    )
    failed = rx.el.div(rx.el.p(view.failed, role="alert"), class_name="explain")
    return rx.cond(view.failed != "", failed, said)

"""The sections of the cabinet (Н-37, Н-38): in the sidebar by groups; on phones four below, the rest under «Ещё».

A section joins with one line in `_sections`, once its page exists.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import reflex as rx

from energo_cabinet import routes
from energo_cabinet.components.button import page_link
from energo_cabinet.components.icon import icon
from energo_cabinet.components.menu import menu
from energo_cabinet.i18n.ui import t

Section = Literal[
    "home",
    "points",
    "bills",
    "notifications",
    "tickets",
    "profile",
    "account",
    "data",
    "events",
    "deviations",
    "plan",
    "network",
    "",
]
"""Which section a page belongs to; "" for none."""

MOST_BELOW = 5
"""Entries of the navigation below on phones."""

Number = Callable[[str, Any], Any]
"""(address, tag) → the number beside the words of a section, or nothing."""


@dataclass(frozen=True, eq=False)
class _Entry:
    """A line of the navigation; `below`: among the first of a phone's, there with `short` words. Vars have no truth."""

    section: Section
    icon: str
    words: rx.Var[str]
    href: str
    group: Literal["main", "data"] = "main"
    below: bool = True
    short: rx.Var[str] | None = None


def _sections() -> list[_Entry]:
    """In the order of the sidebar; only sections whose page exists."""
    return [
        _Entry("home", "house", t("shell.home"), routes.OVERVIEW),
        _Entry("points", "gauge", t("shell.points"), routes.POINTS, short=t("shell.points_short")),
        _Entry("bills", "receipt", t("bills.title"), routes.BILLS, below=False),
        _Entry("notifications", "bell", t("notifications.title"), routes.NOTIFICATIONS),
        _Entry("tickets", "message-square", t("tickets.title"), routes.TICKETS),
        _Entry("data", "chart-column", t("data.title"), routes.DATA, "data", below=False),
        _Entry("events", "list", t("events.title"), routes.EVENTS, "data", below=False),
        _Entry("deviations", "triangle-alert", t("deviations.title"), routes.DEVIATIONS, "data", below=False),
        _Entry("plan", "git-compare", t("plan.title"), routes.PLAN_FACT, "data", below=False),
        _Entry("network", "activity", t("network.title"), routes.NETWORK, "data", below=False),
        _Entry("account", "id-card", t("registered.title"), routes.ACCOUNT, below=False),
    ]


def side_navigation(active: Section, number: Number) -> list[rx.Component]:
    """The groups of the sidebar: sections, and under «Данные» what is shown across points."""
    main = [_line(e, active, number) for e in _sections() if e.group == "main"]
    data = [_line(e, active, number) for e in _sections() if e.group == "data"]
    made = [rx.el.nav(*main, class_name="navs", aria_label=t("shell.sections"))]
    if data:
        made += [rx.el.h2(t("shell.data"), class_name="over")]
        made += [rx.el.nav(*data, class_name="navs", aria_label=t("shell.data"))]
    return made


def bottom_navigation(active: Section, number: Number) -> rx.Component:
    """At most MOST_BELOW entries; when there are more sections the last one is «Ещё»."""
    shown, rest = _split(_sections())
    tail = [_more(rest, active)] if rest else []
    links = (_tab(e, active, number) for e in shown)
    return rx.el.nav(*links, *tail, class_name="bottomnav", aria_label=t("shell.sections"))


def _split(entries: list[_Entry]) -> tuple[list[_Entry], list[_Entry]]:
    """What stands below on phones, and what is under «Ещё»."""
    if len(entries) <= MOST_BELOW:
        return entries, []
    shown = [e for e in entries if e.below][: MOST_BELOW - 1]
    return shown, [e for e in entries if e not in shown]


def _line(entry: _Entry, active: Section, number: Number) -> rx.Component:
    here = entry.section == active
    return page_link(
        icon(entry.icon),
        rx.el.span(entry.words),
        number(entry.href, rx.el.b),
        href=entry.href,
        cls="nav on" if here else "nav",
        **_current(here),
    )


def _tab(entry: _Entry, active: Section, number: Number) -> rx.Component:
    here = entry.section == active
    return page_link(
        icon(entry.icon, 20),
        rx.el.span(entry.words if entry.short is None else entry.short),
        number(entry.href, rx.el.u),
        href=entry.href,
        cls="on" if here else "",
        **_current(here),
    )


def _more(entries: list[_Entry], active: Section) -> rx.Component:
    here = active in {e.section for e in entries}
    items = [
        page_link(
            icon(e.icon),
            rx.el.span(e.words),
            href=e.href,
            cls="item on" if e.section == active else "item",
            **_current(e.section == active),
        )
        for e in entries
    ]
    trigger = [icon("menu", 20), rx.el.span(t("shell.more"))]
    return menu(trigger, t("shell.more"), *items, cls="moremenu", trigger_cls="on" if here else "")


def _current(here: bool) -> dict[str, str]:
    return {"aria_current": "page"} if here else {}

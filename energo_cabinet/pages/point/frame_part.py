"""What the tabs of a metering point share: head, tabs, and what stands in place of the content."""

from __future__ import annotations

from typing import Any, Literal

import reflex as rx

from energo_cabinet import routes
from energo_cabinet.components.button import link_button, page_link
from energo_cabinet.components.card import badge, card, page_head
from energo_cabinet.components.feedback import empty, failed, skeleton
from energo_cabinet.components.icon import icon
from energo_cabinet.components.supplier.freshness import data_age
from energo_cabinet.i18n.ui import t
from energo_cabinet.pages.frame.frame_part import cabinet_page
from energo_cabinet.state.frame.session import SessionState

Tab = Literal["info", "readings", "profile", "events", "transformers", "network"]
WITHOUT_PERIOD = ("info", "transformers")


def point_page(
    state: Any, tab: Tab, *, waiting: rx.Component, content: rx.Component, toolbar: rx.Component | None = None
) -> rx.Component:
    """A tab: `waiting` while it loads, `content` once "ready", else a card that says why not.

    `toolbar` stays as long as there is a period to choose another one from.
    """
    newest, default = (
        None if tab in WITHOUT_PERIOD else link_button(t("points.show_default"), state.links[name], kind="outline")
        for name in ("newest", "default")
    )
    body = rx.match(
        state.status,
        ("loading", waiting),
        ("failed", card(failed(t("points.failed"), t("points.failed_text"), state.load))),
        ("invalid", card(empty("calendar-x", t("points.invalid"), _message(state), default))),
        ("none", card(_nothing_yet(state, tab))),
        ("empty", card(empty("chart-column", t("points.no_data"), t("points.no_data_text"), newest))),
        content,
    )
    bar = rx.cond(state.period.words != "", toolbar, rx.fragment()) if toolbar is not None else rx.fragment()
    shown = rx.fragment(_head(state.head, tab), data_age(SessionState.fresh), bar, body)
    gone = rx.fragment(
        page_head(t("points.title")), card(empty("gauge", t("points.missing"), t("points.missing_text"), _to_list()))
    )
    return cabinet_page("points", rx.el.div(rx.cond(state.status == "missing", gone, shown), on_unmount=state.leave))


def _message(state: Any) -> Any:
    return getattr(state, "message", "")


def _nothing_yet(state: Any, tab: Tab) -> rx.Component:
    if tab == "profile":
        to_readings = link_button(t("points.no_profile_action"), state.head.readings, kind="outline")
        return empty("chart-line", t("points.no_profile"), t("points.no_profile_text"), to_readings)
    to_info = link_button(t("points.tab_info"), state.head.info, kind="outline")
    if tab == "events":
        return empty("list", t("events.none"), t("events.none_text"), to_info)
    if tab == "network":
        return empty("activity", t("network.none"), t("network.none_text"), to_info)
    if tab == "transformers":
        return empty("cable", t("transformers.none"), t("transformers.none_text"), to_info)
    return empty("chart-column", t("points.no_readings_title"), t("points.no_readings_text"), to_info)


def _to_list() -> rx.Component:
    return link_button(t("points.to_list"), routes.POINTS, kind="outline")


def _head(head: Any, tab: Tab) -> rx.Component:
    title = rx.el.h1(head.title, " ", rx.cond(head.badge != "", badge(head.badge), rx.fragment()))
    parts = rx.el.p(rx.foreach(head.parts, lambda part: rx.el.span(part, class_name="part")), class_name="parts")
    waiting = rx.fragment(rx.el.h1(skeleton("240px", "30px")), rx.el.p(skeleton("320px", "20px")))
    return rx.fragment(
        rx.el.header(
            page_link(icon("arrow-left", 14), rx.el.span(t("points.back")), href=routes.POINTS, cls="back"),
            rx.el.div(
                rx.el.div(rx.cond(head.title != "", rx.fragment(title, parts), waiting), class_name="grow"),
                rx.cond(head.submit != "", rx.el.div(_submit(head), class_name="actions"), rx.fragment()),
                class_name="row",
            ),
            class_name="page-head",
        ),
        rx.el.nav(
            _tab(t("points.tab_info"), head.info, tab == "info"),
            _tab(t("points.tab_readings"), head.readings, tab == "readings"),
            _tab(t("points.tab_profile"), head.profile, tab == "profile"),
            _tab(t("events.tab"), head.events, tab == "events"),
            _tab(t("transformers.tab"), head.transformers, tab == "transformers"),
            _tab(t("network.tab"), head.network, tab == "network"),
            class_name="tabs",
            aria_label=t("points.tabs"),
        ),
    )


def _submit(head: Any) -> rx.Component:
    """«Передать показания» of a meter that does not transmit them itself (Н-67, Н-69)."""
    return link_button(t("submission.title"), head.submit, icon_name="pencil")


def _tab(words: Any, href: Any, here: bool) -> rx.Component:
    current = {"aria_current": "page"} if here else {}
    cls = "on" if here else ""
    # Before the point is known there is no address, and a link without one would lead back here.
    waiting = rx.el.a(words, class_name=cls, role="link", aria_disabled="true", **current)
    return rx.cond(href != "", page_link(words, href=href, cls=cls, **current), waiting)

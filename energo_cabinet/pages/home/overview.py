"""«Главная»: one answer above all, then the contract, its meters and what is new (Н-37…Н-48, Н-130)."""

from __future__ import annotations

from typing import Any

import reflex as rx

from energo_cabinet import routes
from energo_cabinet.components.button import button, link_button, page_link, text_link
from energo_cabinet.components.card import badge, card, page_head
from energo_cabinet.components.feedback import empty, failed, skeleton_figures, skeleton_rows
from energo_cabinet.components.home.tiles import section_tiles
from energo_cabinet.components.supplier.freshness import data_age
from energo_cabinet.i18n.ui import t
from energo_cabinet.pages.frame.frame_part import cabinet_page
from energo_cabinet.pages.home.cards_part import balance_card, notices_card, tickets_card
from energo_cabinet.pages.home.month_part import month_card
from energo_cabinet.state.contract.contract import ContractState
from energo_cabinet.state.frame.session import SessionState
from energo_cabinet.state.home.overview import OverviewState


def overview() -> rx.Component:
    """The page."""
    body = rx.match(
        OverviewState.status,
        ("loading", _waiting()),
        ("ready", _content()),
        ("no_contracts", rx.el.div(card(_no_contracts(), cls="c12"), class_name="grid")),
        card(failed(t("overview.failed"), t("overview.failed_text"), OverviewState.load)),
    )
    head = page_head(_welcome(), OverviewState.today)
    return cabinet_page(
        "home", rx.el.div(head, data_age(SessionState.fresh), body, class_name="home", on_unmount=OverviewState.leave)
    )


def _welcome() -> Any:
    return rx.fragment(t("overview.welcome"), rx.cond(OverviewState.name != "", ", " + OverviewState.name, ""))


def _waiting() -> rx.Component:
    return rx.el.div(
        card(skeleton_figures(2), skeleton_rows(4), cls="c8"),
        card(skeleton_rows(6), cls="c4"),
        card(skeleton_rows(3), cls="c12"),
        class_name="grid",
    )


def _content() -> rx.Component:
    return rx.el.div(
        month_card(OverviewState.month),
        rx.el.div(balance_card(), _contract(), class_name="c4 stack"),
        _meters(),
        notices_card(),
        tickets_card(),
        section_tiles(),
        class_name="grid",
    )


def _no_contracts() -> rx.Component:
    add = button(t("contract.add"), icon_name="plus", size=3, on_click=ContractState.open_add)
    return empty("file-text", t("overview.no_contracts"), t("overview.no_contracts_text"), add)


def _contract() -> rx.Component:
    def line(item: Any) -> rx.Component:
        shown = rx.cond(item.href != "", rx.el.a(item.value, href=item.href, class_name="link"), item.value)
        return rx.el.div(rx.el.dt(item.label), rx.el.dd(shown), key=item.label)

    return card(rx.el.dl(rx.foreach(OverviewState.info, line), class_name="dl one"), title=t("overview.contract"))


def _meters() -> rx.Component:
    more = text_link(t("overview.all_meters"), routes.POINTS, after="chevron-right")
    rows = rx.el.ul(rx.foreach(OverviewState.meters, _meter))
    rest = rx.el.p(t("overview.more_meters"), ": ", OverviewState.more_meters, class_name="note")
    full = card(
        rows,
        rx.cond(OverviewState.more_meters > 0, rest, rx.fragment()),
        title=t("overview.meters"),
        action=more,
        cls="c12",
    )
    nothing = card(empty("gauge", t("overview.no_points"), t("overview.no_points_text")), cls="c12")
    return rx.cond(OverviewState.meters.length() > 0, full, nothing)


def _meter(meter: Any) -> rx.Component:
    automatic = badge(t("overview.automatic"), "success")
    submit = link_button(t("overview.submit"), meter.submit)
    return rx.el.li(
        rx.el.div(page_link(meter.name, href=meter.address, cls="name"), rx.el.span(meter.about, class_name="sub")),
        rx.el.div(rx.foreach(meter.registers, _register), class_name="regs"),
        rx.el.div(meter.read_at, class_name="note"),
        rx.el.div(
            rx.cond(meter.is_smart, automatic, rx.fragment()),
            rx.cond(meter.submit != "", submit, rx.fragment()),
            rx.cond(meter.note != "", rx.el.span(meter.note, class_name="note"), rx.fragment()),
            class_name="act",
        ),
        class_name="meter",
        key=meter.address,
    )


def _register(register: Any) -> rx.Component:
    zone = rx.cond(register.zone != "", rx.el.span(register.zone), rx.fragment())
    reckoned = rx.el.em(t("overview.calculated"), " ", register.calculated, class_name="note")
    return rx.el.div(zone, register.value, rx.cond(register.calculated != "", reckoned, rx.fragment()))


def add_to(app: rx.App) -> None:
    """Register the route."""
    app.add_page(
        overview,
        route=routes.OVERVIEW,
        title=t("overview.title"),
        on_load=[SessionState.load, OverviewState.load],
    )

"""A tariff: its day, its zones, the history of its prices, the forms that change it (issue 5; R-24)."""

from __future__ import annotations

from typing import Any

import reflex as rx

from energo_cabinet import routes
from energo_cabinet.components.button import button, link_button
from energo_cabinet.components.card import badge, card, page_head
from energo_cabinet.components.feedback import callout, dialog, empty, failed, skeleton_rows, toast
from energo_cabinet.components.form import error_summary, field
from energo_cabinet.components.registry.staff_registry import for_admin
from energo_cabinet.components.tariff.day_band import day_band, zone_mark
from energo_cabinet.i18n.ui import t
from energo_cabinet.pages.staff.frame_part import staff_page
from energo_cabinet.state.staff.frame import StaffFrameState
from energo_cabinet.state.tariff.staff_tariff import TariffEditState, TariffPriceState, TariffState

ZONES = ("T1", "T2", "T3", "T4")


def staff_tariff() -> rx.Component:
    """The page."""
    row = TariffState.view.row
    away = link_button(t("tariffs.back"), routes.STAFF_TARIFFS, kind="outline")
    body = rx.match(
        TariffState.status,
        ("loading", card(skeleton_rows(8))),
        ("ready", _content()),
        ("missing", card(empty("wallet", t("tariffs.missing"), t("registry.missing_text"), away))),
        card(failed(t("tariffs.failed"), t("registry.failed_text"), TariffState.load)),
    )
    title = rx.cond(row.name != "", row.name, t("tariffs.tariff"))
    head = page_head(title, row.code, back=(t("registry.tariffs"), routes.STAFF_TARIFFS))
    confirmed = rx.fragment(
        toast(TariffEditState.notice, TariffEditState.close), toast(TariffPriceState.notice, TariffPriceState.close)
    )
    dialogs = rx.fragment(_editing(), _removing(), _pricing(), _withdrawing())
    inside = rx.el.div(head, body, confirmed, dialogs, on_unmount=TariffState.leave, class_name="registry")
    return staff_page("registry", inside)


def _content() -> rx.Component:
    view = TariffState.view
    synced = callout(t("tariffs.synced_text"), title=t("tariffs.synced"), tone="warning", icon_name="cloud")
    return rx.el.div(
        rx.cond(view.is_synced, synced, rx.fragment()),
        rx.el.div(_about(), _history(), class_name="grid"),
        class_name="stack",
    )


def _about() -> rx.Component:
    row = TariffState.view.row
    edit = button(
        t("registry.edit"), kind="outline", icon_name="pencil", id="edit-tariff", on_click=TariffEditState.edit
    )

    def zone(one: Any) -> rx.Component:
        name = rx.el.dt(zone_mark(one.tone), one.label)
        return rx.el.div(name, rx.el.dd(one.hours), key=one.zone)

    facts = rx.el.dl(
        rx.foreach(row.zones, zone),
        rx.el.div(rx.el.dt(t("tariffs.used")), rx.el.dd(row.used)),
        rx.el.div(rx.el.dt(t("tariffs.source")), rx.el.dd(row.source)),
        class_name="dl one",
    )
    action = for_admin(StaffFrameState.permissions, edit)
    return card(day_band(row.band, row.drawn, is_large=True), facts, title=t("tariffs.zones"), action=action, cls="c5")


def _history() -> rx.Component:
    view = TariffState.view
    may = StaffFrameState.permissions
    add = button(
        t("tariffs.price_add"),
        icon_name="plus",
        id="add-price",
        on_click=TariffPriceState.open(""),  # type: ignore[operator]
    )
    heads = [
        rx.el.th(t("tariffs.column_days"), scope="col"),
        rx.foreach(view.columns, lambda name: rx.el.th(name, scope="col", class_name="n", key=name)),
        rx.el.th(rx.el.span(t("tariffs.column_action"), class_name="hide"), scope="col"),
    ]

    def line(row: Any) -> rx.Component:
        return rx.el.tr(
            rx.el.td(rx.el.p(row.span), badge(row.state, row.tone, cls="status")),
            rx.foreach(row.prices, lambda price: rx.el.td(price, class_name="n nowrap")),
            rx.el.td(_price_actions(row)),
            key=row.key,
        )

    def short(row: Any) -> rx.Component:
        head = rx.el.div(rx.el.b(row.span), badge(row.state, row.tone, cls="status"), class_name="rowf between")
        return rx.el.li(head, rx.el.p(row.named), _price_actions(row), class_name="stackrow", key=row.key)

    made = rx.el.table(
        rx.el.caption(t("tariffs.history"), class_name="hide"),
        rx.el.thead(rx.el.tr(*heads)),
        rx.el.tbody(rx.foreach(view.history, line)),
        class_name="t",
    )
    lists = rx.fragment(
        rx.el.div(made, class_name="tablewrap hide-phone"),
        rx.el.ul(rx.foreach(view.history, short), class_name="mlist only-phone pricelist"),
    )
    none = rx.el.p(t("tariffs.history_none"), class_name="muted")
    shown = rx.cond(view.history.length() > 0, lists, none)
    return card(shown, title=t("tariffs.history"), sub=t("tariffs.per_kwh"), action=for_admin(may, add), cls="c7")


def _price_actions(row: Any) -> rx.Component:
    edit = button(t("registry.edit"), kind="ghost", on_click=TariffPriceState.open(row.iso))  # type: ignore[operator]
    opens = TariffPriceState.ask_withdraw(row.day)  # type: ignore[operator]
    drop = rx.cond(row.day != "", button(t("tariffs.withdraw"), kind="ghost", on_click=opens), rx.fragment())
    return for_admin(StaffFrameState.permissions, rx.el.div(edit, drop, class_name="rowf"))


def _editing() -> rx.Component:
    view = TariffState.view
    used = callout(t("tariffs.zones_used_text"), title=t("tariffs.zones_used"), tone="info")
    hours = [
        rx.cond(view.zones.contains(zone), _typed(f"hours_{zone}", t("tariffs.hours_of", zone=zone)), rx.fragment())
        for zone in ZONES
    ]
    typed = rx.cond(view.zones.length() > 1, rx.el.div(*hours, class_name="two"), rx.fragment())
    zones = rx.cond(view.is_used, used, typed)
    out = button(t("tariffs.remove"), kind="ghost", icon_name="x", on_click=TariffEditState.ask_remove)
    form = rx.el.form(
        error_summary(TariffEditState.errors["form"]),
        rx.el.div(
            _typed("code", t("tariffs.code"), max_length=40),
            _typed("name", t("tariffs.name"), max_length=120),
            class_name="two",
        ),
        _typed("source", t("tariffs.source"), hint=t("tariffs.source_hint"), max_length=300),
        zones,
        rx.el.div(
            rx.cond(view.is_used, rx.fragment(), out),
            rx.el.span(class_name="grow"),
            button(t("registry.cancel"), kind="outline", size=3, on_click=TariffEditState.close),
            button(t("registry.save"), size=3, type="submit", busy=TariffEditState.is_busy),
            class_name="dlgfoot",
        ),
        on_submit=TariffEditState.save,
        class_name="form",
        no_validate=True,
    )
    is_open = TariffEditState.dialog == "edit"
    return dialog(t("tariffs.tariff"), form, is_open=is_open, on_close=TariffEditState.close, id="tariff-edit")


def _typed(name: str, label: Any, **props: Any) -> rx.Component:
    typed, error = TariffEditState.typed[name], TariffEditState.errors[name]
    return field(label, name, error=error, id=f"edit-{name}", default_value=typed, auto_complete="off", **props)


def _removing() -> rx.Component:
    sure = button(t("tariffs.remove"), kind="danger", size=3, on_click=TariffEditState.remove)
    is_open = TariffEditState.dialog == "remove"
    body = _question(TariffEditState.errors["form"], TariffEditState.close, sure)
    return dialog(t("tariffs.remove_sure"), body, is_open=is_open, on_close=TariffEditState.close, id="tariff-remove")


def _withdrawing() -> rx.Component:
    sure = button(t("tariffs.withdraw"), kind="danger", size=3, on_click=TariffPriceState.withdraw)
    is_open = TariffPriceState.dialog == "withdraw"
    body = _question(TariffPriceState.errors["form"], TariffPriceState.close, sure)
    title = t("tariffs.withdraw_sure")
    return dialog(title, body, is_open=is_open, on_close=TariffPriceState.close, id="price-withdraw")


def _question(error: Any, close: Any, sure: rx.Component) -> rx.Component:
    keep = button(t("registry.cancel"), kind="outline", size=3, on_click=close)
    return rx.el.div(error_summary(error), rx.el.div(keep, sure, class_name="dlgfoot"))


def _pricing() -> rx.Component:
    state, view = TariffPriceState, TariffState.view
    prices = [
        rx.cond(view.zones.contains(zone), _priced(f"price_{zone}", t(f"tariffs.price_{zone}")), rx.fragment())
        for zone in ZONES
    ]
    has_effect = state.effect != ""
    effect = callout(state.effect, title=t("tariffs.effect"), tone="warning", icon_name="triangle-alert", role="status")
    form = rx.el.form(
        error_summary(state.errors["form"]),
        _priced("valid_from", t("tariffs.valid_from"), kind="date", hint=t("tariffs.valid_from_hint")),
        rx.el.div(*prices, class_name="two"),
        rx.cond(has_effect, effect, rx.fragment()),
        rx.el.div(
            rx.el.span(class_name="grow"),
            button(t("registry.cancel"), kind="outline", size=3, on_click=state.close),
            button(
                rx.cond(has_effect, t("tariffs.effect_yes"), t("registry.save")),
                size=3,
                type="submit",
                busy=state.is_busy,
            ),
            class_name="dlgfoot",
        ),
        on_submit=state.save,
        class_name="form",
        no_validate=True,
    )
    return dialog(t("tariffs.prices"), form, is_open=state.dialog == "prices", on_close=state.close, id="tariff-prices")


def _priced(name: str, label: Any, **props: Any) -> rx.Component:
    typed, error = TariffPriceState.typed[name], TariffPriceState.errors[name]
    more = {} if name == "valid_from" else {"input_mode": "decimal"}
    return field(label, name, error=error, id=f"new-{name}", default_value=typed, auto_complete="off", **more, **props)


def add_to(app: rx.App) -> None:
    """Register the route."""
    on_load = [StaffFrameState.load, TariffState.load]
    app.add_page(staff_tariff, route=routes.STAFF_TARIFF, title=t("tariffs.tariff"), on_load=on_load)

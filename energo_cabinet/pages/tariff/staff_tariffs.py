"""«Тарифы» of a supplier: zones of the day, prices today and to come, who is billed by them (issue 5; R-24)."""

from __future__ import annotations

from typing import Any

import reflex as rx

from energo_cabinet import routes
from energo_cabinet.components.button import button, link_button, page_link
from energo_cabinet.components.card import card, page_head
from energo_cabinet.components.feedback import dialog, empty, failed, skeleton_rows
from energo_cabinet.components.form import error_summary, field, select_field
from energo_cabinet.components.registry.staff_registry import for_admin, registry_tabs
from energo_cabinet.components.tariff.day_band import day_band, zone_mark
from energo_cabinet.i18n.ui import t
from energo_cabinet.pages.staff.frame_part import staff_page
from energo_cabinet.state.staff.frame import StaffFrameState
from energo_cabinet.state.tariff.staff_tariffs import TariffAddState, TariffsState

ZONES = ("T1", "T2", "T3")


def staff_tariffs() -> rx.Component:
    """The page."""
    add = button(t("tariffs.add"), icon_name="plus", id="add-tariff", on_click=TariffAddState.add)
    upload = link_button(t("tariffs.load"), routes.STAFF_REGISTRY_IMPORT, icon_name="upload", kind="outline")
    may = StaffFrameState.permissions
    body = rx.match(
        TariffsState.status,
        ("loading", card(skeleton_rows(8))),
        ("ready", rx.fragment(_list(), _more())),
        ("empty", card(empty("wallet", t("tariffs.empty"), t("tariffs.empty_text")))),
        card(failed(t("tariffs.failed"), t("registry.failed_text"), TariffsState.load)),
    )
    head = page_head(t("registry.title"), actions=[for_admin(may, rx.fragment(upload, add))])
    inside = rx.el.div(
        head, registry_tabs("tariffs"), body, _adding(), on_unmount=TariffsState.leave, class_name="registry"
    )
    return staff_page("registry", inside)


def _list() -> rx.Component:
    columns = ("tariff", "day", "prices", "used")
    heads = [rx.el.th(t(f"tariffs.column_{name}"), scope="col") for name in columns]
    made = rx.el.table(
        rx.el.caption(t("registry.tariffs"), class_name="hide"),
        rx.el.thead(rx.el.tr(*heads)),
        rx.el.tbody(rx.foreach(TariffsState.rows, _row)),
        class_name="t tariffs",
    )
    return card(
        rx.el.div(made, class_name="tablewrap from-desk"),
        rx.el.ul(rx.foreach(TariffsState.rows, _line), class_name="mlist until-desk tariffs"),
    )


def _row(row: Any) -> rx.Component:
    return rx.el.tr(
        rx.el.td(_name(row)),
        rx.el.td(day_band(row.band, row.drawn), class_name="bandcell"),
        rx.el.td(_prices(row), class_name="zonecell"),
        rx.el.td(row.used),
        class_name="ticketrow",
        key=row.id,
    )


def _line(row: Any) -> rx.Component:
    band = day_band(row.band, row.drawn)
    used = rx.el.p(row.used, class_name="muted small")
    return rx.el.li(_name(row), band, _prices(row), used, class_name="ticketrow stackrow", key=row.id)


def _name(row: Any) -> rx.Component:
    note = rx.el.p(row.code, " · ", row.source, class_name="muted small")
    return rx.el.div(page_link(row.name, href=row.href, cls="opener"), note)


def _prices(row: Any) -> rx.Component:
    def zone(one: Any) -> rx.Component:
        later = rx.cond(one.later != "", rx.el.span(one.later, class_name="muted small later"), rx.fragment())
        return rx.el.li(zone_mark(one.tone), one.label, " ", rx.el.b(one.price), " ", later, key=one.zone)

    return rx.el.ul(rx.foreach(row.zones, zone), class_name="zoneprices")


def _more() -> rx.Component:
    next_page = button(t("registry.more"), kind="outline", on_click=TariffsState.more)
    return rx.cond(TariffsState.has_more, rx.el.div(next_page, class_name="more"), rx.fragment())


def _adding() -> rx.Component:
    errors, count = TariffAddState.errors, TariffAddState.zone_count
    choose = select_field(
        t("tariffs.zone_count"),
        "zone_count",
        [(n, t(f"tariffs.count_{n}")) for n in ("1", "2", "3")],
        value=count,
        on_change=TariffAddState.choose,
        id="add-zone_count",
    )
    since = _field("valid_from", t("tariffs.first_day"), errors, kind="date")
    form = rx.el.form(
        error_summary(errors["form"]),
        rx.el.div(
            _field("code", t("tariffs.code"), errors, max_length=40),
            _field("name", t("tariffs.name"), errors, max_length=120),
            class_name="two",
        ),
        _field("source", t("tariffs.source"), errors, hint=t("tariffs.source_hint"), max_length=300),
        rx.el.div(choose, since, class_name="two"),
        *(_zone(zone, n, errors, count) for n, zone in enumerate(ZONES, 1)),
        rx.el.p(t("tariffs.hours_hint"), class_name="hint"),
        rx.el.div(
            rx.el.span(class_name="grow"),
            button(t("registry.cancel"), kind="outline", size=3, on_click=TariffAddState.close),
            button(t("tariffs.add"), size=3, type="submit", busy=TariffAddState.is_busy),
            class_name="dlgfoot",
        ),
        on_submit=TariffAddState.save,
        class_name="form",
        no_validate=True,
    )
    is_open = TariffAddState.dialog == "add"
    return dialog(t("tariffs.new"), form, is_open=is_open, on_close=TariffAddState.close, id="tariff-add")


def _zone(zone: str, n: int, errors: Any, count: Any) -> rx.Component:
    label = t(f"tariffs.zone_{zone}")
    price = _field(f"price_{zone}", t("tariffs.price_of", zone=zone), errors, input_mode="decimal")
    hours = _field(f"hours_{zone}", t("tariffs.hours_of", zone=zone), errors, placeholder=_example(zone))
    shown = rx.cond(count == "1", price, rx.el.fieldset(rx.el.legend(label), rx.el.div(hours, price, class_name="two")))
    is_asked = (count == "3") if n == 3 else (count != "1") if n == 2 else (count != "")
    return rx.cond(is_asked, shown, rx.fragment())


def _example(zone: str) -> str:
    return {"T1": "07:00–23:00", "T2": "23:00–07:00"}.get(zone, "10:00–17:00, 21:00–23:00")


def _field(name: str, label: Any, errors: Any, **props: Any) -> rx.Component:
    return field(label, name, error=errors[name], id=f"add-{name}", auto_complete="off", required=True, **props)


def add_to(app: rx.App) -> None:
    """Register the route."""
    on_load = [StaffFrameState.load, TariffsState.load]
    app.add_page(staff_tariffs, route=routes.STAFF_TARIFFS, title=t("registry.tariffs"), on_load=on_load)

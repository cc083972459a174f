"""«Настройки поставщика»: three forms and the sign, each saved by itself."""

from __future__ import annotations

from typing import Any

import reflex as rx

from energo_cabinet import routes
from energo_cabinet.components.button import button
from energo_cabinet.components.card import card, page_head
from energo_cabinet.components.feedback import dialog, empty, failed, skeleton_rows, toast
from energo_cabinet.components.form import error_summary, field, select_field, text_area
from energo_cabinet.components.sent_file import sent_file
from energo_cabinet.components.setting import dialog_feet
from energo_cabinet.i18n.ui import t
from energo_cabinet.pages.staff.changes_part import changes_card
from energo_cabinet.pages.staff.frame_part import staff_page
from energo_cabinet.state.staff.changes import StaffChangesState
from energo_cabinet.state.staff.frame import StaffFrameState
from energo_cabinet.state.supplier.staff_logo import StaffLogoState
from energo_cabinet.state.supplier.staff_settings import StaffSettingsState as State

PAYEE = ("name", "bank", "account", "bic", "corr_account", "inn", "kpp")


def staff_settings() -> rx.Component:
    """The page."""
    body = rx.match(
        State.status,
        ("loading", card(skeleton_rows(6))),
        ("ready", _forms()),
        ("empty", card(empty("sliders-horizontal", t("staff.no_suppliers"), t("staff.no_suppliers_text")))),
        card(failed(t("staff.failed"), t("staff.failed_text"), State.load)),
    )
    may_add = StaffFrameState.permissions.contains("system")  # type: ignore[attr-defined]
    add = rx.cond(
        may_add,
        button(t("staff.add_supplier"), icon_name="plus", kind="outline", on_click=State.open_add),
        rx.fragment(),
    )
    head = page_head(t("staff.settings"), State.supplier, actions=[add])
    notice = toast(State.notice, State.close)
    body = rx.el.div(changes_card(), body, class_name="stack")
    return staff_page("settings", head, _choice(), body, _add_dialog(), notice)


def _forms() -> rx.Component:
    parts = (_brand(), _logo(), _window(), _payee(), _codes())
    return rx.el.div(*parts, class_name="settingforms", key=State.supplier_id)


def _choice() -> rx.Component:
    chosen = select_field(
        t("staff.supplier"),
        "supplier",
        State.suppliers,
        id="settings-supplier",
        value=State.supplier_id.to_string(),  # type: ignore[attr-defined]
        on_change=State.choose,
    )
    many = State.suppliers.length() > 1  # type: ignore[attr-defined]
    return rx.cond(many, rx.el.div(chosen, class_name="form narrow"), rx.fragment())


def _field(name: str, label: str, **props: Any) -> rx.Component:
    error, value = State.errors[name], State.fields[name]
    return field(t(f"staff.{label}"), name, error=error, default_value=value, id=f"set-{name}", **props)


def _area(name: str, label: str, hint: str, rows: int) -> rx.Component:
    error, value = State.errors[name], State.fields[name]
    return text_area(
        t(f"staff.{label}"),
        name,
        error=error,
        default_value=value,
        hint=t(f"staff.{hint}"),
        id=f"set-{name}",
        rows=rows,
    )


def _form(title: str, note: str, on_submit: Any, *fields: Any) -> rx.Component:
    save = rx.el.div(button(t("staff.save"), type="submit"), class_name="formfoot")
    form = rx.el.form(*fields, save, on_submit=on_submit, class_name="form", no_validate=True)
    return card(form, title=t(f"staff.{title}"), sub=t(f"staff.{note}"))


def _brand() -> rx.Component:
    return _form(
        "brand",
        "brand_note",
        State.save_brand,
        error_summary(State.errors["form"]),
        _area("welcome_text", "welcome_text", "welcome_hint", 3),
        _area("regions", "regions", "regions_hint", 3),
        rx.el.div(_field("phone", "phone"), _field("email", "email", kind="email"), class_name="two"),
        rx.el.div(
            _field("website", "website"), _field("brand_colour", "colour", placeholder="#3e63dd"), class_name="two"
        ),
        _field("address", "address"),
    )


def _logo() -> rx.Component:
    remove = button(t("staff.logo_remove"), kind="ghost", on_click=StaffLogoState.remove)
    shown = rx.cond(
        State.logo != "",
        rx.el.div(
            rx.el.img(src=State.logo, alt=t("entry.logo"), class_name="suppliersign"), remove, class_name="rowf wrap"
        ),
        rx.el.p(t("staff.logo_none"), class_name="muted"),
    )
    pick = sent_file(
        t("staff.logo_choose"),
        f"/api/staff/supplier-logo?supplier={State.supplier_id}",
        id="supplier-logo",
        accept=".png,.jpg,.jpeg",
        after=rx.el.button(type="button", hidden=True, data_after="true", on_click=StaffLogoState.see),
    )
    return card(shown, error_summary(StaffLogoState.error), pick, title=t("entry.logo"), sub=t("staff.logo_note"))


def _window() -> rx.Component:
    day = {"kind": "number", "min": "1", "max": "31", "input_mode": "numeric"}
    return _form(
        "window",
        "window_note",
        State.save_window,
        rx.el.div(
            _field("reading_first_day", "first_day", **day),
            _field("reading_last_day", "last_day", **day),
            class_name="two",
        ),
        _field("reading_source", "source", hint=t("staff.source_hint"), max_length=300),
    )


def _codes() -> rx.Component:
    take = button(t("staff.codes"), kind="outline", icon_name="download", on_click=State.codes)
    return card(rx.el.div(take), title=t("staff.codes"), sub=t("staff.codes_note"))


def _payee() -> rx.Component:
    fields = [_field(f"payee_{name}", f"payee_{name}") for name in PAYEE]
    return _form(
        "payee",
        "payee_note",
        State.save_payee,
        fields[0],
        fields[1],
        rx.el.div(*fields[2:4], class_name="two"),
        fields[4],
        rx.el.div(*fields[5:7], class_name="two"),
    )


def _add_dialog() -> rx.Component:
    form = rx.el.form(
        error_summary(State.errors["form"]),
        field(t("staff.code"), "code", error=State.errors["code"], required=True, id="supplier-code", max_length=40),
        field(t("staff.supplier_name"), "name", error=State.errors["name"], required=True, id="supplier-name"),
        field(t("staff.zone"), "zone", error=State.errors["zone"], default_value="Europe/Moscow", id="supplier-zone"),
        dialog_feet(t("staff.add_submit"), State.is_busy, State.close),
        on_submit=State.add,
        class_name="form",
        no_validate=True,
    )
    return dialog(t("staff.add_supplier"), form, is_open=State.dialog == "add", on_close=State.close, id="supplier-add")


def add_to(app: rx.App) -> None:
    """Register the route."""
    loads = [StaffFrameState.load, State.load, StaffChangesState.load]
    app.add_page(staff_settings, route=routes.STAFF_SETTINGS, title=t("staff.settings"), on_load=loads)

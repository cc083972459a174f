"""The dialog «Добавить точку» of the registry."""

from __future__ import annotations

import reflex as rx

from energo_cabinet.components.button import button
from energo_cabinet.components.feedback import dialog
from energo_cabinet.components.form import error_summary, field, select_field
from energo_cabinet.components.registry.staff_registry import pairs, typed_field
from energo_cabinet.components.setting import dialog_feet
from energo_cabinet.i18n.ui import t
from energo_cabinet.state.registry.staff_new import RegistryNewState

FIELDS = ("name", "address", "place", "contract", "delivery_point_code", "power_limit_kw")
RATIOS = ("current_ratio", "voltage_ratio")
ERRORS = RegistryNewState.errors
EMPTY = dict.fromkeys(FIELDS, "") | dict.fromkeys(RATIOS, "1")


def add_point_button() -> rx.Component:
    """Opens the form."""
    return button(t("registry.add_point"), kind="outline", icon_name="plus", on_click=RegistryNewState.begin)


def add_point_dialog() -> rx.Component:
    """Number and name are needed, the rest may follow."""
    feet = dialog_feet(t("registry.add_point"), RegistryNewState.is_busy, RegistryNewState.close)
    form = rx.el.form(
        error_summary(ERRORS["form"]),
        *pairs(_fields()),
        *pairs([typed_field(one, EMPTY, ERRORS, "new", hint=t("registry.ratio_hint")) for one in RATIOS]),
        feet,
        on_submit=RegistryNewState.save,
        class_name="form",
        no_validate=True,
    )
    return dialog(
        t("registry.add_point_title"),
        form,
        is_open=RegistryNewState.dialog == "new",
        on_close=RegistryNewState.close,
        id="registry-new",
        note=t("registry.add_point_note"),
    )


def _fields() -> list[rx.Component]:
    number = field(
        t("registry.point_number"),
        "point",
        error=ERRORS["point"],
        id="new-point",
        max_length=60,
        required=True,
        auto_complete="off",
    )
    tariff = select_field(
        t("registry.field.tariff"),
        "tariff",
        RegistryNewState.tariffs,
        placeholder=t("registry.tariff_none"),
        error=ERRORS["tariff"],
        id="new-tariff",
    )
    return [number, *(typed_field(one, EMPTY, ERRORS, "new", required=one == "name") for one in FIELDS), tariff]

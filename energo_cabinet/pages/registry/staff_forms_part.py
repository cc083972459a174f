"""Dialogs of a point of the registry: the point, its meter, a transformer, a replacement."""

from __future__ import annotations

from typing import Any

import reflex as rx

from energo_cabinet.components.button import button
from energo_cabinet.components.feedback import callout, dialog
from energo_cabinet.components.form import error_summary, field, select_field
from energo_cabinet.components.registry.staff_registry import facts, pairs, typed_field
from energo_cabinet.i18n.ui import t
from energo_cabinet.state.registry.staff_point import RegistryEditState, RegistryPointState
from energo_cabinet.state.registry.staff_replacement import ReplacementState

POINT = ("name", "address", "place", "contract", "delivery_point_code", "power_limit_kw")
METER = (
    "serial",
    "model",
    "registry_number",
    "accuracy_class",
    "nominal_voltage",
    "current_range",
    "zone_count",
    "commissioned_on",
    "last_verification_on",
    "next_verification_on",
)
TRANSFORMER = (
    "serial_number",
    "model",
    "primary_current_a",
    "secondary_current_a",
    "accuracy_class",
    "registry_number",
    "nominal_voltage",
    "place",
    "commissioned_on",
    "last_verification_on",
    "next_verification_on",
)


def dialogs() -> rx.Component:
    """All of them; one is open at a time."""
    return rx.fragment(_point(), _meter(), _transformer(), _remove(), _replacement())


def _typed(name: str, prefix: str, **props: Any) -> rx.Component:
    return typed_field(name, RegistryEditState.typed, RegistryEditState.errors, prefix, **props)


def _feet(extra: Any = None) -> rx.Component:
    return rx.el.div(
        *([extra] if extra is not None else []),
        rx.el.span(class_name="grow"),
        button(t("registry.cancel"), kind="outline", size=3, on_click=RegistryEditState.close),
        button(t("registry.save"), size=3, type="submit", busy=RegistryEditState.is_busy),
        class_name="dlgfoot",
    )


def _form(*fields: Any, submit: Any) -> rx.Component:
    return rx.el.form(
        error_summary(RegistryEditState.errors["form"]),
        *fields,
        on_submit=submit,
        class_name="form",
        no_validate=True,
    )


def _shown(name: str, title: Any, form: rx.Component, is_open: Any) -> rx.Component:
    return dialog(title, form, is_open=is_open, on_close=RegistryEditState.close, id=f"registry-{name}")


def _point() -> rx.Component:
    tariff = select_field(
        t("registry.field.tariff"),
        "tariff",
        RegistryPointState.tariffs,
        placeholder=t("registry.tariff_none"),
        error=RegistryEditState.errors["tariff"],
        id="point-tariff",
        default_value=RegistryEditState.typed["tariff"],
    )
    ratio = [_typed(name, "point", hint=t("registry.ratio_hint")) for name in ("current_ratio", "voltage_ratio")]
    fields = [_typed(name, "point") for name in POINT]
    form = _form(*pairs([*fields, tariff]), *pairs(ratio), _feet(), submit=RegistryEditState.save)
    return _shown("point", t("registry.point_card"), form, RegistryEditState.dialog == "point")


def _meter() -> rx.Component:
    fields = [_typed(name, "meter") for name in METER]
    form = _form(*pairs(fields), _feet(), submit=RegistryEditState.save)
    return _shown("meter", t("registry.meter_card"), form, RegistryEditState.dialog == "meter")


def _transformer() -> rx.Component:
    is_new = RegistryEditState.dialog == "transformer_new"
    phases = [("1", "A"), ("2", "B"), ("3", "C")]
    kinds = [(kind, t(f"registry.kind_{kind}")) for kind in ("current", "voltage")]
    phase = select_field(t("registry.phase"), "phase", phases, error=RegistryEditState.errors["phase"], id="tr-phase")
    kind = select_field(t("registry.kind"), "kind", kinds, error=RegistryEditState.errors["kind"], id="tr-kind")
    place = rx.cond(is_new, rx.el.div(phase, kind, class_name="two"), rx.fragment())
    out = button(t("registry.transformer_remove"), kind="ghost", icon_name="x", on_click=RegistryEditState.ask_remove)
    feet = _feet(rx.cond(is_new, rx.fragment(), out))
    fields = [_typed(name, "tr") for name in TRANSFORMER]
    form = _form(place, *pairs(fields), feet, submit=RegistryEditState.save_transformer)
    is_open = is_new | (RegistryEditState.dialog == "transformer")
    return _shown("transformer", t("registry.transformer_edit"), form, is_open)


def _remove() -> rx.Component:
    feet = rx.el.div(
        button(t("registry.cancel"), kind="outline", size=3, on_click=RegistryEditState.close),
        button(t("registry.transformer_remove"), kind="danger", size=3, on_click=RegistryEditState.remove),
        class_name="dlgfoot",
    )
    body = rx.el.div(error_summary(RegistryEditState.errors["form"]), feet)
    return _shown("remove", t("registry.transformer_remove_sure"), body, RegistryEditState.dialog == "remove")


def _replacement() -> rx.Component:
    view, errors = ReplacementState.view, ReplacementState.errors
    has_old = view.old != ""
    old = rx.el.fieldset(
        rx.el.legend(t("registry.old_meter"), ": ", view.old),
        rx.el.div(rx.foreach(view.final, _register), class_name="two"),
    )
    form = rx.el.form(
        error_summary(errors["form"]),
        rx.el.div(
            _plain(
                "day", rx.cond(has_old, t("registry.day_at"), t("registry.day_install")), kind="date", max=view.today
            ),
            _plain("time", t("registry.time"), kind="time", hint=t("registry.time_hint"), default_value="12:00"),
            class_name="two",
        ),
        rx.cond(has_old, old, rx.fragment()),
        _new_meter(),
        _preview(),
        _replacement_feet(has_old),
        on_submit=ReplacementState.look,
        class_name="form",
        no_validate=True,
    )
    return dialog(
        rx.cond(has_old, t("registry.replace"), t("registry.install")),
        form,
        is_open=ReplacementState.dialog == "replace",
        on_close=ReplacementState.close,
        id="registry-replace",
    )


def _plain(name: str, label: Any, **props: Any) -> rx.Component:
    return field(label, name, error=ReplacementState.errors[name], id=f"new-{name}", auto_complete="off", **props)


def _new_meter() -> rx.Component:
    known = rx.el.datalist(rx.foreach(ReplacementState.view.free, lambda serial: rx.el.option(value=serial)), id="free")
    return rx.el.fieldset(
        rx.el.legend(t("registry.new_meter")),
        known,
        rx.el.div(
            _plain("serial", t("registry.field.serial"), hint=t("registry.free_hint"), custom_attrs={"list": "free"}),
            _plain("model", t("registry.field.model")),
            class_name="two",
        ),
        rx.el.div(rx.foreach(ReplacementState.view.initial, _register), class_name="two"),
        rx.el.div(
            _plain("last_verification_on", t("registry.field.last_verification_on"), kind="date"),
            _plain("next_verification_on", t("registry.field.next_verification_on"), kind="date"),
            class_name="two",
        ),
    )


def _register(one: Any) -> rx.Component:
    error = ReplacementState.errors[one.name]
    key = rx.Var.create("new-") + one.name
    control = rx.el.input(
        id=key,
        name=one.name,
        input_mode="decimal",
        auto_complete="off",
        max_length=20,
        aria_invalid=rx.cond(error != "", "true", "false"),
        aria_describedby=key + "-note",
    )
    note = rx.cond(
        error != "",
        rx.el.p(error, class_name="err", id=key + "-note"),
        rx.el.p(one.hint, class_name="hint", id=key + "-note"),
    )
    return rx.el.div(
        rx.el.label(one.label, html_for=key),
        rx.el.div(control, class_name="input"),
        note,
        class_name=rx.cond(error != "", "field bad", "field"),
        key=one.name,
    )


def _preview() -> rx.Component:
    preview = ReplacementState.preview
    warning = rx.cond(
        preview.warning != "", callout(preview.warning, tone="warning", icon_name="triangle-alert"), rx.fragment()
    )
    shown = rx.el.div(rx.el.h3(preview.title), facts(preview.facts), warning, class_name="regpreview", role="status")
    return rx.cond(preview.title != "", shown, rx.fragment())


def _replacement_feet(has_old: Any) -> rx.Component:
    record = rx.cond(has_old, t("registry.do_replace"), t("registry.do_install"))
    words = rx.cond(ReplacementState.preview.title != "", record, t("registry.preview"))
    return rx.el.div(
        rx.el.span(class_name="grow"),
        button(t("registry.cancel"), kind="outline", size=3, on_click=ReplacementState.close),
        button(words, size=3, type="submit", busy=ReplacementState.is_busy),
        class_name="dlgfoot",
    )

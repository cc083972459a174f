"""The part of the registration form about the object and its contract (Э-2, Э-15, Э-23, Э-24)."""

from __future__ import annotations

import reflex as rx

from energo_cabinet.components.form import field, select_field
from energo_cabinet.i18n.ui import query, t
from energo_cabinet.state.sign_in.register import RegisterState
from energo_cabinet.state.supplier.entry import EntryState

CLASSES = ("flat", "premises", "company", "house")


def object_fields() -> rx.Component:
    """Region, address and number: required once a class of object is chosen, a help to add a contract otherwise."""
    chosen = rx.match(query("class"), *((kind, True) for kind in CLASSES), False)
    return rx.el.fieldset(
        rx.el.legend(t("register.object"), class_name="over flat"),
        rx.cond(chosen, _fields(required=True), _fields(required=False)),
    )


def _fields(required: bool) -> rx.Component:
    errors = RegisterState.errors
    return rx.fragment(
        rx.cond(EntryState.regions.length() > 0, _region(required), rx.fragment()),
        field(
            t("register.address"),
            "address",
            hint=t("register.address_hint"),
            error=errors["address"],
            required=required,
            auto_complete="street-address",
            max_length=300,
        ),
        field(
            t("register.contract_number"),
            "contract_number",
            hint=_number_hint(required),
            error=errors["contract_number"],
            required=required,
            auto_complete="off",
            max_length=60,
            cls="half",
        ),
    )


def _region(required: bool) -> rx.Component:
    return select_field(
        t("entry.region"),
        "region",
        EntryState.regions,
        placeholder=t("entry.region_choose"),
        error=RegisterState.errors["region"],
        required=required,
        value=EntryState.region,
        on_change=EntryState.choose_region,
    )


def _number_hint(required: bool) -> rx.Var[str]:
    if not required:
        return t("register.contract_number_hint")
    company = ("company", t("register.contract_number_company"))
    return rx.match(query("class"), company, t("register.contract_number_person"))  # type: ignore[return-value]

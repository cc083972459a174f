"""A contract by its number on the page of account data: which one first, then the code, or a request."""

from __future__ import annotations

import reflex as rx

from energo_cabinet.components.button import button
from energo_cabinet.components.form import error_summary, field, select_field
from energo_cabinet.i18n.ui import t
from energo_cabinet.state.contract.adding import AddingState
from energo_cabinet.state.supplier.entry import EntryState


def adding_forms() -> rx.Component:
    """The two steps, one after the other."""
    return rx.cond(AddingState.number == "", _naming(), _proving())


def _naming() -> rx.Component:
    return rx.el.form(
        error_summary(AddingState.errors["form"]),
        rx.el.div(
            select_field(
                t("entry.region"),
                "region",
                EntryState.regions,
                placeholder=t("entry.region_choose"),
                error=AddingState.errors["region"],
                required=True,
            ),
            field(
                t("registered.request_number"),
                "number",
                error=AddingState.errors["number"],
                required=True,
                auto_complete="off",
                max_length=60,
            ),
            class_name="two",
        ),
        rx.el.div(button(t("registered.next"), kind="outline", size=3, type="submit")),
        on_submit=AddingState.name,
        reset_on_submit=False,
        class_name="form",
        no_validate=True,
    )


def _proving() -> rx.Component:
    busy = AddingState.is_busy
    number = rx.el.div(
        rx.el.b(t("registered.number"), ": ", AddingState.number),
        button(t("registered.another"), kind="ghost", on_click=AddingState.rename),
        class_name="rowf between",
    )
    code = field(
        t("contract_code.code"),
        "code",
        error=AddingState.errors["code"],
        hint=t("contract_code.code_hint"),
        required=True,
        auto_complete="one-time-code",
        max_length=40,
        spell_check=False,
    )
    other = rx.el.div(
        button(t("contract_code.send"), kind="outline", busy=busy, on_click=AddingState.send_code),
        button(t("registered.request_submit"), kind="ghost", busy=busy, on_click=AddingState.ask),
        class_name="rowf wrap",
    )
    form = rx.el.form(
        error_summary(AddingState.errors["form"]),
        rx.cond(AddingState.errors["number"] != "", error_summary(AddingState.errors["number"]), rx.fragment()),
        code,
        rx.el.div(button(t("contract_code.use"), size=3, type="submit", busy=busy)),
        on_submit=AddingState.use_code,
        reset_on_submit=False,
        class_name="form",
        no_validate=True,
    )
    return rx.el.div(
        number, form, rx.el.p(t("contract_code.send_hint"), class_name="muted small"), other, class_name="stack"
    )

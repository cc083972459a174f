"""Dialogs of a customer's page: a reason for what is closed or opened, a confirmation of the sheet."""

from __future__ import annotations

import reflex as rx

from energo_cabinet.components.button import button
from energo_cabinet.components.feedback import dialog
from energo_cabinet.components.form import checkbox, error_summary, field, hidden, post_form, text_area
from energo_cabinet.components.setting import dialog_feet
from energo_cabinet.i18n.ui import t
from energo_cabinet.state.customers.staff_customer import StaffCustomerState

REASONED = ("block", "unblock", "unlink", "shut", "let")
VIEW = StaffCustomerState.view


def dialogs() -> rx.Component:
    """All of them; at most one is open."""
    return rx.fragment(*(_reason(name) for name in REASONED), _sheet(), _contact())


def _reason(name: str) -> rx.Component:
    note = t(f"customers.{name}_note").to(str).replace("{name}", StaffCustomerState.asked_name)
    form = rx.el.form(
        text_area(
            t("customers.reason"),
            "reason",
            error=StaffCustomerState.errors["reason"],
            hint=t("customers.reason_hint"),
            required=True,
            id=f"{name}-reason",
            rows=3,
            max_length=500,
            auto_focus=True,
        ),
        error_summary(StaffCustomerState.errors["form"]),
        dialog_feet(
            t(f"customers.{name}"),
            StaffCustomerState.is_busy,
            StaffCustomerState.close,
            kind="danger" if name in ("block", "unlink", "shut") else "solid",
        ),
        on_submit=StaffCustomerState.decide,
        class_name="form",
        no_validate=True,
    )
    return dialog(
        t(f"customers.{name}_title"),
        form,
        is_open=StaffCustomerState.dialog == name,
        on_close=StaffCustomerState.close,
        id=f"dialog-{name}",
        note=note,
    )


def _sheet() -> rx.Component:
    form = post_form(
        "/api/staff/sheet",
        hidden("contract_id", VIEW.id.to_string()),
        hidden("issue", VIEW.issue.to_string()),
        checkbox(t("customers.new_login"), name="new_login"),
        rx.el.div(
            button(t("form.cancel"), kind="outline", size=3, on_click=StaffCustomerState.close),
            button(t("customers.sheet_make"), size=3, type="submit"),
            class_name="dlgfoot",
        ),
    )
    return dialog(
        t("customers.sheet"),
        form,
        is_open=StaffCustomerState.dialog == "sheet",
        on_close=StaffCustomerState.close,
        id="dialog-sheet",
        note=t("customers.sheet_note"),
    )


def _contact() -> rx.Component:
    errors = StaffCustomerState.errors
    form = rx.el.form(
        field(
            t("customers.contact_phone"),
            "phone",
            error=errors["phone"],
            default_value=VIEW.contact_phone,
            max_length=25,
            id="contact-phone",
        ),
        field(
            t("customers.contact_email"),
            "email",
            error=errors["email"],
            default_value=VIEW.contact_email,
            max_length=254,
            id="contact-email",
        ),
        error_summary(errors["form"]),
        dialog_feet(t("contract.save"), StaffCustomerState.is_busy, StaffCustomerState.close),
        on_submit=StaffCustomerState.save_contact,
        class_name="form",
        no_validate=True,
    )
    return dialog(
        t("customers.contact"),
        form,
        is_open=StaffCustomerState.dialog == "contact",
        on_close=StaffCustomerState.close,
        id="dialog-contact",
        note=t("customers.contact_note"),
    )

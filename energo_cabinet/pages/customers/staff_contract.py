"""«Новый договор»: number, customer, address, class; login and password follow on the sheet."""

from __future__ import annotations

import reflex as rx

from energo_cabinet import routes
from energo_cabinet.components.button import button
from energo_cabinet.components.card import card, page_head
from energo_cabinet.components.form import error_summary, field, select_field
from energo_cabinet.i18n.ui import t
from energo_cabinet.pages.staff.frame_part import staff_page
from energo_cabinet.state.customers.staff_contract import StaffContractState
from energo_cabinet.state.staff.frame import StaffFrameState

CLASSES = ("flat", "premises", "company", "house")


def staff_contract() -> rx.Component:
    """The page."""
    errors = StaffContractState.errors
    form = rx.el.form(
        field(t("customers.number"), "number", error=errors["number"], required=True, max_length=60),
        field(t("customers.name"), "customer_name", error=errors["customer_name"], required=True, max_length=200),
        field(t("customers.address"), "address", error=errors["address"], required=True, max_length=300),
        select_field(
            t("customers.class"),
            "consumer_class",
            [(name, t(f"class.{name}")) for name in CLASSES],
            error=errors["consumer_class"],
        ),
        rx.el.div(
            field(t("customers.contact_phone"), "contact_phone", error=errors["phone"], max_length=25),
            field(t("customers.contact_email"), "contact_email", error=errors["email"], max_length=254),
            class_name="two",
        ),
        error_summary(errors["form"]),
        button(t("customers.issue"), type="submit", size=3, busy=StaffContractState.is_busy),
        on_submit=StaffContractState.submit,
        class_name="form",
        no_validate=True,
    )
    head = page_head(t("customers.new"), t("customers.new_sub"), back=(t("customers.title"), routes.STAFF_CUSTOMERS))
    return staff_page("customers", head, card(form, cls="narrow"))


def add_to(app: rx.App) -> None:
    """Register the route."""
    app.add_page(
        staff_contract,
        route=routes.STAFF_CUSTOMER_NEW,
        title=t("customers.new"),
        on_load=[StaffFrameState.load, StaffContractState.load],
    )

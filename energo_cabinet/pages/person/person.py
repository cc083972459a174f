"""«Профиль» (Н-51…Н-62, Э-55): account, notifications, appearance; security and personal data have their modules."""

from __future__ import annotations

from typing import Any

import reflex as rx
from reflex.style import color_mode, set_color_mode

from energo_cabinet import routes
from energo_cabinet.components.button import text_link
from energo_cabinet.components.card import card, page_head
from energo_cabinet.components.feedback import dialog, failed, skeleton_rows, toast
from energo_cabinet.components.form import error_summary, field, password_field
from energo_cabinet.components.menu import language_switch
from energo_cabinet.components.setting import dialog_feet, setting, side_index, switch
from energo_cabinet.i18n.ui import t
from energo_cabinet.pages.frame.frame_part import cabinet_page
from energo_cabinet.pages.person.access_part import access_card
from energo_cabinet.pages.person.data_part import data_dialogs, personal_data
from energo_cabinet.pages.person.passkey_part import passkey_dialogs
from energo_cabinet.pages.person.second_factor_part import change_button, email_setting, factor_dialogs
from energo_cabinet.pages.person.security_part import LOADS, devices, security, security_dialogs
from energo_cabinet.pages.phone.devices_part import phones, phones_dialog
from energo_cabinet.pages.sign_in.step_up_part import step_up_dialog
from energo_cabinet.state.frame.session import SessionState
from energo_cabinet.state.person.access import AccessJournalState
from energo_cabinet.state.person.person import PersonState
from energo_cabinet.state.phone.devices import PairedDevicesState

SECTIONS = ("account", "notifications", "view", "security", "devices", "data")


def profile() -> rx.Component:
    """The page."""
    index = side_index(t("person.index"), [(key, t(f"person.{key}")) for key in SECTIONS])
    join = text_link(t("connect.title"), routes.CONNECT, after="chevron-right")
    places = (devices(), phones(action=join), access_card())
    cards = rx.el.div(_account(), _notifications(), _view(), security(), *places, personal_data(), class_name="stack")
    body = rx.match(
        PersonState.status,
        ("loading", card(skeleton_rows(8))),
        ("ready", rx.el.div(index, cards, class_name="profile")),
        card(failed(t("person.failed"), t("person.failed_text"), PersonState.load)),
    )
    made = rx.el.div(page_head(t("person.title")), body)
    notice = toast(PersonState.notice, PersonState.close)
    return rx.fragment(
        cabinet_page("", made),
        _name_dialog(),
        _phone_dialog(),
        notice,
        security_dialogs(),
        factor_dialogs(),
        passkey_dialogs(),
        step_up_dialog(),
        data_dialogs(),
        phones_dialog(),
    )


def _account() -> rx.Component:
    def change(dialog_name: str) -> rx.Component:
        return change_button(dialog_name, PersonState.open(dialog_name))  # type: ignore[operator]

    phone = rx.cond(PersonState.account["phone"] != "", PersonState.account["phone"], t("person.none"))
    return card(
        setting(t("person.name"), PersonState.account["name"], action=change("name")),
        email_setting(PersonState.account["email"]),
        setting(t("person.phone"), phone, action=change("phone")),
        setting(t("person.contracts"), _contracts()),
        title=t("person.account"),
        sub=t("person.account_note"),
        id="account",
    )


def _contracts() -> rx.Component:
    def line(contract: Any) -> rx.Component:
        words = rx.el.span(contract["supplier"], " · ", contract["number"], class_name="sub")
        return rx.el.li(rx.el.span(contract["title"]), words, key=contract["link_id"])

    made = rx.el.ul(rx.foreach(SessionState.contracts, line), class_name="snug")
    return rx.cond(SessionState.contracts.length() > 0, made, t("person.no_contracts"))


def _notifications() -> rx.Component:
    head = rx.el.div(
        rx.el.span(), rx.el.span(t("person.in_cabinet")), rx.el.span(t("person.by_email")), class_name="choice head"
    )
    rows = (_choice(source) for source in ("supplier", "meters"))
    return card(
        rx.el.div(head, *rows, class_name="choices"),
        title=t("person.notifications"),
        sub=t("person.notifications_note"),
        id="notifications",
    )


def _choice(source: str) -> rx.Component:
    def one(place: str) -> rx.Component:
        label = t(f"person.from_{source}").to(str) + ": " + t(f"person.{place}").to(str)
        event = PersonState.choose(source, place)  # type: ignore[operator]
        return switch(label, PersonState.choices[f"{source}.{place}"], on_click=event)

    words = rx.el.div(rx.el.h3(t(f"person.from_{source}")), rx.el.p(t(f"person.from_{source}_note"), class_name="sub"))
    return rx.el.div(words, one("in_cabinet"), one("by_email"), class_name="choice")


def _view() -> rx.Component:
    def mode(name: str) -> rx.Component:
        here = color_mode == name
        return rx.el.button(
            t(f"person.mode_{name}"),
            type="button",
            on_click=set_color_mode(name),
            class_name=rx.cond(here, "on", ""),
            aria_pressed=rx.cond(here, "true", "false"),
        )

    modes = rx.el.div(
        *(mode(name) for name in ("light", "dark", "system")),
        class_name="seg",
        role="group",
        aria_label=t("person.colour_mode"),
    )
    return card(
        setting(t("person.language"), language_switch(), note=t("person.language_note")),
        setting(t("person.colour_mode"), modes),
        title=t("person.view"),
        id="view",
    )


def _name_dialog() -> rx.Component:
    form = rx.el.form(
        error_summary(PersonState.errors["form"]),
        field(
            t("person.name"),
            "full_name",
            id="profile-name",
            error=PersonState.errors["full_name"],
            hint=t("person.name_hint"),
            required=True,
            default_value=PersonState.account["name"],
            auto_complete="name",
            max_length=200,
        ),
        dialog_feet(t("person.save"), PersonState.is_busy, PersonState.close),
        on_submit=PersonState.save_name,
        class_name="form",
        no_validate=True,
    )
    return dialog(
        t("person.name_title"),
        form,
        is_open=PersonState.dialog == "name",
        on_close=PersonState.close,
        id="profile-name-dialog",
    )


def _phone_dialog() -> rx.Component:
    form = rx.el.form(
        error_summary(PersonState.errors["form"]),
        field(
            t("person.phone"),
            "phone",
            kind="tel",
            id="profile-phone",
            error=PersonState.errors["phone"],
            hint=t("person.phone_hint"),
            required=True,
            default_value=PersonState.account["phone"],
            auto_complete="tel",
            max_length=25,
        ),
        password_field(
            t("person.password"), "password", id="profile-phone-password", error=PersonState.errors["password"]
        ),
        dialog_feet(t("person.save"), PersonState.is_busy, PersonState.close),
        on_submit=PersonState.save_phone,
        class_name="form",
        no_validate=True,
    )
    return dialog(
        t("person.phone_title"),
        form,
        is_open=PersonState.dialog == "phone",
        on_close=PersonState.close,
        id="profile-phone-dialog",
        note=t("person.phone_note"),
    )


def add_to(app: rx.App) -> None:
    """Register the route."""
    app.add_page(
        profile,
        route=routes.PROFILE,
        title=t("person.title"),
        on_load=[SessionState.load, PersonState.load, *LOADS, PairedDevicesState.load, AccessJournalState.load],
    )

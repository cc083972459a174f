"""«Профиль»: the password and the sessions."""

from __future__ import annotations

from typing import Any

import reflex as rx

from energo_cabinet.components.button import button
from energo_cabinet.components.card import badge, card
from energo_cabinet.components.feedback import dialog, toast
from energo_cabinet.components.form import error_summary, password_field
from energo_cabinet.components.icon import icon
from energo_cabinet.components.setting import dialog_feet, setting
from energo_cabinet.i18n.ui import t
from energo_cabinet.pages.person.passkey_part import passkeys
from energo_cabinet.pages.person.second_factor_part import second_factor
from energo_cabinet.settings import get_settings
from energo_cabinet.state.person.data import PersonalDataState
from energo_cabinet.state.person.devices import DevicesState
from energo_cabinet.state.person.email import EmailState
from energo_cabinet.state.person.passkey import PasskeyState
from energo_cabinet.state.person.password import PasswordState
from energo_cabinet.state.person.person import PersonState
from energo_cabinet.state.person.second_factor import SecondFactorState

LOADS = (DevicesState.load, SecondFactorState.load, PasskeyState.load, EmailState.load, PersonalDataState.load)


def security() -> rx.Component:
    """The card «Вход и безопасность»."""
    change = button(t("person.change_password"), kind="outline", on_click=PasswordState.open)
    since = t("person.password_since").to(str).replace("{date}", PersonState.account["password_on"])
    return card(
        setting(t("person.password_title"), since, action=change),
        second_factor(),
        passkeys(),
        title=t("person.security"),
        id="security",
    )


def devices() -> rx.Component:
    """The card «Сеансы и устройства»."""
    ask = DevicesState.ask_end(0)  # type: ignore[operator]
    others = button(t("person.end_others"), kind="outline", on_click=ask)
    alone = rx.el.p(t("person.only_this"), class_name="sub")
    return card(
        rx.el.ul(rx.foreach(DevicesState.rows, _device), class_name="devices"),
        title=t("person.devices"),
        sub=t("person.devices_note"),
        foot=rx.cond(DevicesState.rows.length() > 1, others, alone),
        id="devices",
    )


def _device(row: Any) -> rx.Component:
    times = rx.el.span(
        t("person.last_seen"),
        " ",
        row.last_seen,
        " · ",
        t("person.first_seen"),
        " ",
        row.first_seen,
        class_name="sub",
    )
    words = rx.el.div(
        rx.el.b(row.name),
        rx.cond(row.is_this, badge(t("person.this_device"), "success"), rx.fragment()),
        times,
        rx.el.span(row.ip, class_name="sub"),
        class_name="grow",
    )
    end = button(
        t("person.end"),
        kind="outline",
        on_click=DevicesState.ask_end(row.id),  # type: ignore[operator]
        aria_label=t("person.end_one").to(str).replace("{device}", row.name),
    )
    picture = rx.cond(row.is_hand_held, icon("smartphone", 20), icon("monitor", 20))
    return rx.el.li(picture, words, rx.cond(row.is_this, rx.fragment(), end), key=row.id)


def security_dialogs() -> rx.Component:
    """What opens over the page, and what is confirmed."""
    return rx.fragment(
        _password_dialog(),
        _end_dialog(),
        toast(PasswordState.notice, PasswordState.close),
        toast(DevicesState.notice, DevicesState.close),
    )


def _password_dialog() -> rx.Component:
    def one(label: str, name: str, auto_complete: str, hint: Any = None) -> rx.Component:
        return password_field(
            t(f"person.{label}"),
            name,
            id=f"change-{name}",
            auto_complete=auto_complete,
            error=PasswordState.errors[name],
            hint=hint,
        )

    minimum = get_settings().password_min_length
    form = rx.el.form(
        error_summary(PasswordState.errors["form"]),
        one("current_password", "current", "current-password"),
        one("new_password", "password", "new-password", t("person.new_password_hint", min=minimum)),
        one("new_password2", "password2", "new-password", t("register.password2_hint")),
        dialog_feet(
            t("person.password_submit"),
            PasswordState.is_busy,
            PasswordState.close,
            cancel=t("person.password_cancel"),
        ),
        on_submit=PasswordState.save,
        class_name="form",
        no_validate=True,
    )
    return dialog(
        t("person.new_password_title"),
        form,
        is_open=PasswordState.dialog == "password",
        on_close=PasswordState.close,
        id="password-dialog",
        note=t("person.new_password_note"),
    )


def _end_dialog() -> rx.Component:
    is_all = DevicesState.asked == 0
    return dialog(
        rx.cond(is_all, t("person.end_others_title"), t("person.end_title")),
        rx.el.p(rx.cond(is_all, t("person.end_others_text"), t("person.end_text")), class_name="muted"),
        error_summary(DevicesState.errors["form"]),
        dialog_feet(
            t("person.end"),
            DevicesState.is_busy,
            DevicesState.close,
            kind="danger",
            type="button",
            on_click=DevicesState.end,
        ),
        is_open=DevicesState.dialog == "end",
        on_close=DevicesState.close,
        id="device-dialog",
    )

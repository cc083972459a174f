"""«Профиль»: the second factor, its dialogs, and the dialog of another e-mail."""

from __future__ import annotations

from typing import Any

import reflex as rx

from energo_cabinet.components.button import button
from energo_cabinet.components.feedback import callout, dialog, toast
from energo_cabinet.components.form import error_summary, field, password_field
from energo_cabinet.components.setting import dialog_feet, setting
from energo_cabinet.i18n.ui import t
from energo_cabinet.settings import get_settings
from energo_cabinet.state.person.email import EmailState
from energo_cabinet.state.person.second_factor import SecondFactorState as State

Factor = State.factor


def second_factor() -> rx.Component:
    """The row of the card «Вход и безопасность»."""
    since = t("person.factor_since").to(str).replace("{date}", Factor["since"]).replace("{left}", Factor["left"])
    by_sms = t("person.factor_sms").to(str).replace("{phone}", Factor["phone"])
    off = setting(
        t("person.factor"),
        t("person.factor_off"),
        action=rx.fragment(
            _ask("totp", "factor_totp_on"), rx.cond(Factor["sms"] != "", _ask("sms", "factor_sms_on"), rx.fragment())
        ),
    )
    on = setting(
        t("person.factor"),
        rx.cond(Factor["kind"] == "sms", by_sms, t("person.factor_totp")),
        note=since,
        action=rx.fragment(_ask("renew", "factor_new_codes"), _ask("off", "factor_change_off", kind="danger")),
    )
    return rx.cond(Factor["kind"] == "", off, on)


def _ask(name: str, words: str, kind: str = "outline") -> rx.Component:
    event = State.ask(name)  # type: ignore[operator]
    return button(t(f"person.{words}"), kind=kind, on_click=event)  # type: ignore[arg-type]


def factor_dialogs() -> rx.Component:
    """What opens over the page."""
    return rx.fragment(
        _password_dialog(),
        _scan_dialog(),
        _text_dialog(),
        _codes_dialog(),
        _prove_dialog(),
        _email_dialog(),
        toast(State.notice, State.close),
        toast(EmailState.notice, EmailState.close),
    )


def _form(event: Any, *parts: Any, submit: Any, **feet: Any) -> rx.Component:
    return rx.el.form(
        error_summary(State.errors["form"]),
        *parts,
        dialog_feet(submit, State.is_busy, State.close, **feet),
        on_submit=event,
        class_name="form",
        no_validate=True,
    )


def _password(key: str) -> rx.Component:
    return password_field(
        t("person.password"), "password", id=key, error=State.errors["password"], hint=t("person.password_hint")
    )


def _code(key: str, label: str = "factor_code", hint: str = "person.factor_code_hint") -> rx.Component:
    return field(
        t(f"person.{label}"),
        "code",
        id=key,
        error=State.errors["code"],
        hint=t(hint),
        required=True,
        auto_complete="one-time-code",
        spell_check=False,
        max_length=40,
    )


def _password_dialog() -> rx.Component:
    return dialog(
        t("person.factor_password_title"),
        _form(State.start, _password("factor-password"), submit=t("person.continue")),
        is_open=(State.dialog == "totp") | (State.dialog == "sms"),
        on_close=State.close,
        id="factor-password-dialog",
        note=t("person.factor_password_note"),
    )


def _scan_dialog() -> rx.Component:
    picture = rx.el.img(src=State.shown["qr"], alt=t("person.factor_qr"), class_name="qr")
    manual = rx.el.p(t("person.factor_manual"), " ", rx.el.code(State.shown["secret"]), class_name="manual")
    return dialog(
        t("person.factor_scan_title"),
        _form(State.confirm, picture, manual, _code("factor-scan-code"), submit=t("person.factor_confirm")),
        is_open=State.dialog == "scan",
        on_close=State.close,
        id="factor-scan-dialog",
        note=t("person.factor_scan_note"),
    )


def _text_dialog() -> rx.Component:
    return dialog(
        t("person.factor_sms_title"),
        _form(State.confirm, _code("factor-sms-code"), submit=t("person.factor_confirm")),
        is_open=State.dialog == "text",
        on_close=State.close,
        id="factor-sms-dialog",
        note=t("person.factor_sms_note").to(str).replace("{phone}", State.shown["phone"]),
    )


def _codes_dialog() -> rx.Component:
    save = rx.el.a(
        t("person.factor_codes_download"),
        href=State.codes_address,
        download="energo-recovery-codes.txt",
        class_name="btn outline s3",
    )
    feet = rx.el.div(
        save,
        button(t("person.factor_codes_print"), kind="outline", size=3, data_print="true"),
        button(t("person.factor_codes_done"), size=3, on_click=State.close),
        class_name="dlgfoot",
    )
    return dialog(
        t("person.factor_codes_title"),
        rx.el.ol(rx.foreach(State.codes, lambda code: rx.el.li(rx.el.code(code))), class_name="reserve"),
        feet,
        is_open=State.dialog == "codes",
        on_close=State.close,
        id="factor-codes-dialog",
        note=t("person.factor_codes_note"),
    )


def _prove_dialog() -> rx.Component:
    is_off = State.dialog == "off"
    send = rx.cond(
        Factor["kind"] == "sms",
        button(t("person.factor_send_code"), kind="outline", on_click=State.send),
        rx.fragment(),
    )
    words = rx.cond(is_off, t("person.factor_change_off"), t("person.factor_new_codes"))
    return dialog(
        rx.cond(is_off, t("person.factor_off_title"), t("person.factor_new_codes")),
        _form(
            State.prove,
            _password("factor-prove-password"),
            _code("factor-prove-code", "factor_any_code", "second.code_hint"),
            send,
            submit=words,
        ),
        is_open=is_off | (State.dialog == "renew"),
        on_close=State.close,
        id="factor-prove-dialog",
        note=rx.cond(is_off, t("person.factor_off_note"), t("person.factor_new_codes_note")),
    )


def change_button(name: str, event: Any) -> rx.Component:
    """«Изменить», which says what to those who do not see the row."""
    label = t("person.change").to(str) + ": " + t(f"person.{name}").to(str)
    return button(t("person.change"), kind="outline", on_click=event, aria_label=label)


def email_setting(email: Any) -> rx.Component:
    """The row «Электронная почта» of the account, with the address that has not confirmed yet."""
    stay = button(t("person.email_cancel"), kind="outline", on_click=EmailState.cancel)
    words = t("person.email_pending").to(str).replace("{email}", EmailState.pending)
    waiting = callout(words, action=stay, role="status")
    change = change_button("email", EmailState.open)
    row = setting(t("person.email"), email, note=t("person.email_note"), action=change)
    return rx.fragment(row, rx.cond(EmailState.pending != "", waiting, rx.fragment()))


def _email_dialog() -> rx.Component:
    form = rx.el.form(
        error_summary(EmailState.errors["form"]),
        field(
            t("person.email_new"),
            "email",
            kind="email",
            id="profile-email",
            error=EmailState.errors["email"],
            required=True,
            auto_complete="email",
            max_length=254,
        ),
        password_field(
            t("person.password"), "password", id="profile-email-password", error=EmailState.errors["password"]
        ),
        dialog_feet(t("person.email_submit"), EmailState.is_busy, EmailState.close),
        on_submit=EmailState.save,
        class_name="form",
        no_validate=True,
    )
    return dialog(
        t("person.email_title"),
        form,
        is_open=EmailState.dialog == "email",
        on_close=EmailState.close,
        id="profile-email-dialog",
        note=t("person.email_dialog_note", days=get_settings().email_undo_days),
    )

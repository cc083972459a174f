"""«Профиль»: passkeys, and their dialogs."""

from __future__ import annotations

from typing import Any

import reflex as rx

from energo_cabinet.components.button import button
from energo_cabinet.components.card import badge
from energo_cabinet.components.feedback import dialog, toast
from energo_cabinet.components.form import error_summary, field, password_field
from energo_cabinet.components.icon import icon
from energo_cabinet.components.passkey import passkey_button
from energo_cabinet.components.setting import dialog_feet, setting
from energo_cabinet.i18n.ui import t
from energo_cabinet.state.person.passkey import PasskeyState as State
from energo_cabinet.state.person.second_factor import SecondFactorState


def passkeys() -> rx.Component:
    """The row of the card «Вход и безопасность» and the list under it."""
    note = rx.cond(State.is_factor, t("passkey.note_staff"), t("passkey.note"))
    add = button(t("passkey.add"), kind="outline", cls="wide", on_click=State.ask("add", 0))  # type: ignore[operator]
    rows = rx.el.ul(rx.foreach(State.rows, _row), class_name="devices passkeys")
    return rx.fragment(
        setting(t("passkey.title"), note, action=add), rx.cond(State.rows.length() > 0, rows, rx.fragment())
    )


def _row(row: Any) -> rx.Component:
    used = rx.cond(row.used != "", t("passkey.used").to(str) + " " + row.used, t("passkey.unused"))
    times = rx.el.span(t("passkey.since"), " ", row.added, " · ", used, class_name="sub")
    words = rx.el.div(
        rx.el.b(row.name),
        rx.cond(row.disabled != "", badge(t("passkey.is_disabled"), "danger"), rx.fragment()),
        times,
        rx.cond(row.disabled != "", rx.el.span(t("passkey.why_disabled"), class_name="sub"), rx.fragment()),
        class_name="grow",
    )
    changes = rx.el.div(_change(row, "rename"), _change(row, "remove", kind="danger"), class_name="act")
    return rx.el.li(icon("fingerprint", 20), words, changes, key=row.id)


def _change(row: Any, what: str, kind: str = "outline") -> rx.Component:
    return button(
        t(f"passkey.{what}"),
        kind=kind,
        on_click=State.ask(what, row.id),  # type: ignore[operator]
        aria_label=t(f"passkey.{what}_one").to(str).replace("{name}", row.name),
    )


def passkey_dialogs() -> rx.Component:
    """What opens over the page."""
    return rx.fragment(_add(), _make(), _rename(), _remove(), toast(State.notice, State.close))


def _form(key: str, event: Any, *parts: Any, submit: Any, title: Any, note: Any = None, **feet: Any) -> rx.Component:
    form = rx.el.form(
        error_summary(State.errors["form"]),
        *parts,
        dialog_feet(submit, State.is_busy, State.close, **feet),
        on_submit=event,
        class_name="form",
        no_validate=True,
    )
    return dialog(title, form, is_open=State.dialog == key, on_close=State.close, id=f"passkey-{key}-dialog", note=note)


def _name(key: str, **props: Any) -> rx.Component:
    hint = t("passkey.name_hint")
    return field(
        t("passkey.name"), "name", id=key, error=State.errors["name"], hint=hint, required=True, max_length=60, **props
    )


def _identity(key: str) -> tuple[rx.Component, ...]:
    """The password, and a code where signing in needs one."""
    password = password_field(
        t("person.password"),
        "password",
        id=f"{key}-password",
        error=State.errors["password"],
        hint=t("person.password_hint"),
    )
    code = field(
        t("person.factor_any_code"),
        "code",
        id=f"{key}-code",
        error=State.errors["code"],
        hint=t("passkey.code_hint"),
        auto_complete="one-time-code",
        spell_check=False,
        max_length=40,
    )
    send = button(t("person.factor_send_code"), kind="outline", on_click=SecondFactorState.send)
    is_sms = SecondFactorState.factor["kind"] == "sms"
    both = rx.fragment(code, rx.cond(is_sms, send, rx.fragment()))
    return password, rx.cond(State.asks_code, both, rx.fragment())


def _add() -> rx.Component:
    return _form(
        "add",
        State.begin,
        _name("passkey-name"),
        *_identity("passkey-add"),
        submit=t("person.continue"),
        title=t("passkey.add_title"),
        note=t("passkey.add_note"),
    )


def _make() -> rx.Component:
    form = rx.el.form(
        error_summary(State.errors["form"]),
        passkey_button(t("passkey.make"), options=State.options, cls="wide"),
        on_submit=State.add,
        class_name="form",
        no_validate=True,
    )
    return dialog(
        t("passkey.make_title"),
        form,
        is_open=State.dialog == "make",
        on_close=State.close,
        id="passkey-make-dialog",
        note=t("passkey.make_note"),
    )


def _rename() -> rx.Component:
    return _form(
        "rename",
        State.change,
        _name("passkey-new-name", default_value=State.asked_name),
        submit=t("person.save"),
        title=t("passkey.rename_title"),
    )


def _remove() -> rx.Component:
    return _form(
        "remove",
        State.change,
        *_identity("passkey-remove"),
        submit=t("passkey.remove"),
        kind="danger",
        title=t("passkey.remove_title").to(str).replace("{name}", State.asked_name),
        note=rx.cond(State.is_factor, t("passkey.remove_note_staff"), t("passkey.remove_note")),
    )

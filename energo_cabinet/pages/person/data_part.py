"""«Профиль»: consents, the export of personal data, erasing the account (F-22, R-35…R-37)."""

from __future__ import annotations

from typing import Any

import reflex as rx

from energo_cabinet import routes
from energo_cabinet.components.button import button, file_link, text_link
from energo_cabinet.components.card import card
from energo_cabinet.components.feedback import callout, dialog, progress, toast
from energo_cabinet.components.form import error_summary, password_field
from energo_cabinet.components.setting import dialog_feet, setting
from energo_cabinet.i18n.ui import t
from energo_cabinet.settings import Settings, get_settings
from energo_cabinet.state.person.data import PersonalDataState as State

TEXTS = {"terms": routes.TERMS, "personal_data": routes.PERSONAL_DATA}


def _term() -> dict[str, object]:
    extra = Settings.model_fields["erasure_days"].json_schema_extra
    return {"days": get_settings().erasure_days, "source": extra["source"] if isinstance(extra, dict) else ""}


def personal_data() -> rx.Component:
    """The card."""
    return card(
        rx.fragment(rx.foreach(State.consents, _consent)),
        setting(
            t("person.export"),
            _export(),
            note=t("person.export_note"),
            action=_ask("export", "export_ask", cls="wide"),
        ),
        _erasure(),
        title=t("person.data"),
        sub=t("person.data_note"),
        id="data",
    )


def _ask(name: str, words: str, kind: str = "outline", **props: Any) -> rx.Component:
    event = State.open(name)  # type: ignore[operator]
    return button(t(f"person.{words}"), kind=kind, on_click=event, **props)  # type: ignore[arg-type]


def _consent(row: Any) -> rx.Component:
    return rx.match(row.purpose, *((purpose, _one_consent(purpose, row)) for purpose in TEXTS), rx.fragment())


def _one_consent(purpose: str, row: Any) -> rx.Component:
    given = t("person.consent_given").to(str).replace("{version}", row.version).replace("{date}", row.given_on)
    state = rx.cond(
        row.withdrawn_on != "",
        t("person.consent_withdrawn").to(str).replace("{date}", row.withdrawn_on),
        rx.cond(row.given_on != "", given, t("person.consent_none")),
    )
    event = State.give(purpose)  # type: ignore[operator]
    agree = button(t("person.consent_give"), kind="outline", on_click=event)
    actions = rx.cond(
        (row.given_on == "") | (row.withdrawn_on != ""),
        agree,
        rx.fragment(rx.cond(row.is_outdated, agree, rx.fragment()), _ask(f"withdraw:{purpose}", "consent_withdraw")),
    )
    note = rx.fragment(
        rx.cond(row.is_outdated & (row.given_on != ""), rx.fragment(t("person.consent_outdated"), ". "), ""),
        text_link(t("person.consent_read"), TEXTS[purpose]),
    )
    return setting(t(f"person.consent_{purpose}"), state, note=note, action=actions)


def _export() -> rx.Component:
    ready = t("person.export_ready").to(str).replace("{size}", State.export["size"])
    return rx.match(
        State.export["state"],
        (
            "ready",
            rx.el.div(
                rx.el.p(ready.replace("{date}", State.export["until"])),
                file_link(t("person.export_download"), State.export["address"]),
                class_name="snug",
            ),
        ),
        (
            "waiting",
            rx.el.div(
                rx.el.p(t("person.export_waiting")),
                progress(State.export["percent"], t("person.export_waiting")),
                class_name="snug",
            ),
        ),
        ("failed", rx.el.p(t("person.export_failed"))),
        rx.fragment(),
    )


def _erasure() -> rx.Component:
    stay = button(t("person.erasure_cancel"), kind="outline", on_click=State.stay)
    waits = t("person.erasure_waiting").to(str).replace("{date}", State.erased_on)
    waiting = callout(
        rx.el.span(t("person.erasure_waiting_text")),
        title=waits,
        tone="warning",
        icon_name="triangle-alert",
        action=stay,
        role="status",
    )
    ask = _ask("erasure", "erasure_ask", kind="danger")
    row = setting(t("person.erasure"), t("person.erasure_note", **_term()), action=ask)
    return rx.cond(State.erased_on != "", waiting, row)


def data_dialogs() -> rx.Component:
    """What opens over the page: each says what follows before it asks the password."""
    days = get_settings().export_days
    term = _term()
    return rx.fragment(
        _dialog("export", "export_title", "export_ask", rx.el.p(t("person.export_text", days=days)), "solid"),
        _dialog(
            "erasure",
            "erasure_title",
            "erasure_ask",
            rx.el.div(rx.el.p(t("person.erasure_text", **term)), rx.el.p(t("person.erasure_keeps")), class_name="snug"),
            "danger",
        ),
        *(
            _dialog(
                f"withdraw:{purpose}",
                "withdraw_title",
                "consent_withdraw",
                rx.el.p(t("person.withdraw_text", **term)),
                "danger",
            )
            for purpose in TEXTS
        ),
        toast(State.notice, State.close),
    )


def _dialog(name: str, title: str, submit: str, words: rx.Component, kind: str) -> rx.Component:
    key = name.replace(":", "-")
    form = rx.el.form(
        error_summary(State.errors["form"]),
        words,
        password_field(
            t("person.password"),
            "password",
            id=f"{key}-password",
            error=State.errors["password"],
            hint=t("person.password_hint"),
        ),
        dialog_feet(t(f"person.{submit}"), State.is_busy, State.close, kind=kind),
        on_submit=State.submit,
        class_name="form",
        no_validate=True,
    )
    return dialog(t(f"person.{title}"), form, is_open=State.dialog == name, on_close=State.close, id=f"{key}-dialog")

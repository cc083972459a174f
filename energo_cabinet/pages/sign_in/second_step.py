"""The second step of sign-in (Н-13): a code or a passkey; and the page that a changed e-mail's letters lead to."""

from __future__ import annotations

import reflex as rx

from energo_cabinet import routes
from energo_cabinet.components.button import button, text_link
from energo_cabinet.components.feedback import callout
from energo_cabinet.components.form import error_summary, field, hidden, post_form
from energo_cabinet.components.frame.layout import public_page
from energo_cabinet.components.passkey import PASSKEY_ERRORS, passkey_button
from energo_cabinet.components.public.public import auth_card
from energo_cabinet.i18n.ui import query, t, t_error

ERRORS = ("wrong_second_code", "second_step_expired", "too_many_attempts", "origin", "not_stored", *PASSKEY_ERRORS)


def second_step() -> rx.Component:
    """The page."""
    is_sms = query("by") == "sms"
    again = post_form(
        "/api/login/code/send",
        hidden("next", query("next")),
        hidden("passkey", query("passkey")),
        button(t("second.again"), kind="outline", size=3, cls="wide", type="submit"),
    )
    sent = callout(t("second.sent_again"), tone="success", icon_name="circle-check", role="status")
    texts = (("sms", t("second.text_sms")), ("passkey", t("second.text_passkey")), t("second.text_totp"))
    return public_page(
        auth_card(
            t("second.title"),
            rx.cond(query("done") == "sent", sent, rx.fragment()),
            error_summary(rx.cond(query("by") == "passkey", t_error(query("error"), ERRORS), "")),
            rx.cond(query("passkey") == "yes", _passkey(), rx.fragment()),
            _form(),
            rx.cond(is_sms, again, rx.fragment()),
            rx.el.p(text_link(t("second.other"), routes.LOGIN), class_name="under"),
            note=rx.match(query("by"), *texts),
        ),
        rx.el.p(t("second.no_access"), class_name="under muted"),
        cls="center",
    )


def _passkey() -> rx.Component:
    return post_form(
        "/api/login/code/passkey",
        hidden("next", query("next")),
        hidden("by", query("by")),
        passkey_button(t("passkey.confirm"), "/api/passkey/second-step", cls="wide"),
    )


def _form() -> rx.Component:
    by_passkey = query("by") == "passkey"
    return post_form(
        "/api/login/code",
        rx.el.fieldset(
            rx.el.legend(t("second.legend"), class_name="over flat"),
            hidden("next", query("next")),
            hidden("by", query("by")),
            hidden("passkey", query("passkey")),
            field(
                rx.cond(by_passkey, t("second.recovery"), t("second.code")),
                "code",
                error=rx.cond(by_passkey, "", t_error(query("error"), ERRORS)),
                hint=rx.cond(by_passkey, t("second.recovery_hint"), t("second.code_hint")),
                required=True,
                auto_complete="one-time-code",
                auto_focus=True,
                spell_check=False,
                max_length=40,
            ),
        ),
        rx.cond(
            query("passkey") == "yes",
            button(t("second.submit"), kind="outline", size=3, cls="wide", type="submit"),
            button(t("second.submit"), size=3, cls="wide", type="submit"),
        ),
    )


def email() -> rx.Component:
    """By the letters of a changed e-mail: opening the link changes nothing, the button does."""
    refused = error_summary(t_error(query("error"), ("invalid_code", "origin")))
    key = _button("/api/email/confirm", "key", t("email.confirm"), "solid")
    undo = _button("/api/email/undo", "undo", t("email.undo"), "danger")
    to_profile = rx.el.p(text_link(t("email.to_profile"), routes.PROFILE))
    body = rx.match(
        query("done"),
        ("confirmed", auth_card(t("email.confirmed_title"), to_profile, note=t("email.confirmed_text"))),
        ("undone", auth_card(t("email.undone_title"), _recover(), note=t("email.undone_text"))),
        rx.cond(
            query("undo") != "",
            auth_card(t("email.undo_title"), undo, note=t("email.undo_text")),
            rx.cond(
                query("key") != "",
                auth_card(t("email.confirm_title"), key, note=t("email.confirm_text")),
                auth_card(t("email.no_key_title"), refused, to_profile, note=t("email.no_key_text")),
            ),
        ),
    )
    return public_page(body, cls="center")


def _button(action: str, name: str, words: rx.Var[str], kind: str) -> rx.Component:
    submit = button(words, kind=kind, size=3, cls="wide", type="submit")  # type: ignore[arg-type]
    return post_form(action, hidden(name, query(name)), submit)


def _recover() -> rx.Component:
    return rx.el.p(text_link(t("login.forgot"), routes.RECOVER))


def add_to(app: rx.App) -> None:
    """Register both routes."""
    common = {"description": t("site.description"), "image": "/favicon.svg"}
    app.add_page(second_step, route=routes.SECOND_STEP, title=t("second.title"), **common)
    app.add_page(email, route=routes.EMAIL, title=t("person.email"), **common)

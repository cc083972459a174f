"""A new password by the mailed link (Н-33)."""

from __future__ import annotations

import reflex as rx

from energo_cabinet import routes
from energo_cabinet.components.button import button, link_button, text_link
from energo_cabinet.components.form import error_summary, hidden, password_field, post_form
from energo_cabinet.components.frame.layout import public_page
from energo_cabinet.components.public.public import auth_card
from energo_cabinet.i18n.ui import query, t, t_error
from energo_cabinet.settings import get_settings

FIRST = ("required", "password_too_short", "password_too_long", "password_common", "password_personal")
SECOND = ("passwords_differ",)
REST = ("invalid_code", "invalid_characters", "too_many_attempts", "origin", "not_stored")


def reset() -> rx.Component:
    """The page: two passwords, or how to get a whole link."""
    return public_page(rx.cond(query("key") == "", _no_key(), _form()), cls="center")


def _error(*codes: str) -> rx.Var[str]:
    words = t_error(query("error"), codes, min=get_settings().password_min_length)
    return rx.match(query("error"), *((code, words) for code in codes), "")  # type: ignore[return-value]


def _form() -> rx.Component:
    beside = rx.match(query("error"), *((code, True) for code in (*FIRST, *SECOND)), False)
    minimum = get_settings().password_min_length
    form = post_form(
        "/api/reset",
        error_summary(rx.cond(beside, "", t_error(query("error"), REST))),
        hidden("key", query("key")),
        password_field(
            t("reset.password"),
            "password",
            auto_complete="new-password",
            error=_error(*FIRST),
            hint=t("register.password_hint", min=minimum),
        ),
        password_field(
            t("reset.password2"),
            "password2",
            auto_complete="new-password",
            error=_error(*SECOND),
            hint=t("register.password2_hint"),
        ),
        button(t("reset.submit"), size=3, cls="wide", type="submit"),
        rx.el.p(text_link(t("reset.request"), routes.RECOVER)),
    )
    return auth_card(t("reset.title"), form, note=t("reset.text"))


def _no_key() -> rx.Component:
    ask = link_button(t("reset.request"), routes.RECOVER, size=3)
    refused = error_summary(t_error(query("error"), REST))
    return auth_card(t("reset.no_key_title"), refused, rx.el.div(ask, class_name="form"), note=t("reset.no_key_text"))


def add_to(app: rx.App) -> None:
    """Register the route."""
    app.add_page(
        reset, route=routes.RESET, title=t("reset.title"), description=t("site.description"), image="/favicon.svg"
    )

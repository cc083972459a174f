"""Activation (Э-37…40): opening the mailed link activates nothing, the button does."""

from __future__ import annotations

import reflex as rx

from energo_cabinet import routes
from energo_cabinet.components.button import button, text_link
from energo_cabinet.components.form import field, password_field, post_form
from energo_cabinet.components.frame.layout import public_page
from energo_cabinet.components.public.public import auth_card, outcome
from energo_cabinet.i18n.ui import query, t, t_error

ERRORS = ("invalid_code", "too_many_attempts", "origin", "not_stored")
PASSWORD_ERRORS = ("required", "wrong_application_password")


def activate() -> rx.Component:
    """The page: the form, or what has come of it."""
    return public_page(rx.cond(query("done") == "activated", _done(), _form()), cls="center")


def _form() -> rx.Component:
    form = post_form(
        "/api/activate",
        rx.el.fieldset(
            rx.el.legend(t("activate.legend"), class_name="over flat"),
            field(
                t("activate.code"),
                "key",
                error=t_error(query("error"), ERRORS),
                hint=t("activate.code_hint"),
                required=True,
                default_value=query("key"),
                key=query("key"),
                auto_complete="one-time-code",
                max_length=200,
                spell_check=False,
            ),
            password_field(
                t("activate.password"),
                "password",
                error=t_error(query("error"), PASSWORD_ERRORS),
                hint=t("activate.password_hint"),
                required=True,
                auto_complete="current-password",
            ),
        ),
        button(t("activate.submit"), size=3, cls="wide", type="submit"),
    )
    return auth_card(t("activate.title"), form, note=t("activate.text"))


def _done() -> rx.Component:
    words = rx.el.p(t("activate.done_text"), " ", text_link(t("activate.sign_in"), routes.LOGIN))
    return outcome("circle-check", t("activate.done_title"), words)


def add_to(app: rx.App) -> None:
    """Register the route."""
    app.add_page(
        activate,
        route=routes.ACTIVATE,
        title=rx.cond(query("done") == "activated", t("activate.done_title"), t("activate.title")),
        description=t("site.description"),
        image="/favicon.svg",
    )

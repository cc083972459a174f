"""Sign-in (Э-41…48, Н-5…7, Н-31): a plain form, because only an HTTP answer can set the cookie."""

from __future__ import annotations

import reflex as rx

from energo_cabinet import routes
from energo_cabinet.components.button import button, link_button, text_link
from energo_cabinet.components.feedback import callout
from energo_cabinet.components.form import checkbox, error_summary, field, hidden, password_field, post_form
from energo_cabinet.components.frame.layout import public_page
from energo_cabinet.components.passkey import PASSKEY_ERRORS, passkey_button
from energo_cabinet.components.public.public import auth_card
from energo_cabinet.i18n.ui import query, t, t_error
from energo_cabinet.state.frame.visitor import VisitorState

REFUSALS = ("wrong_credentials", "not_activated", "too_many_attempts", "origin", "not_stored", "not_signed_in")
ERRORS = (*REFUSALS, "second_step_expired", *PASSKEY_ERRORS, "passkey_staff")


def login() -> rx.Component:
    """The page."""
    intro = rx.fragment(
        t("login.text"), " ", text_link(t("login.register_link"), routes.REGISTER), t("login.register_after")
    )
    return public_page(
        auth_card(t("login.title"), _notice(), _form(), note=intro),
        rx.el.p(t("login.advice"), class_name="under muted"),
        cls="center",
    )


def _notice() -> rx.Component:
    inside = link_button(t("shell.to_cabinet"), routes.START, kind="outline")
    is_disabled = query("error") == "account_disabled"
    whom = rx.cond(VisitorState.whom != "", VisitorState.whom, "…")
    disabled = callout(rx.el.p(t("login.disabled"), " ", whom), tone="danger", icon_name="lock", role="alert")
    return rx.fragment(
        rx.cond(is_disabled, disabled, error_summary(t_error(query("error"), ERRORS))),
        rx.cond(
            query("done") == "reset",
            callout(t("login.reset_done"), tone="success", icon_name="circle-check", role="status"),
            rx.fragment(),
        ),
        rx.cond(
            query("done") == "staff",
            callout(t("login.staff_done"), tone="success", icon_name="shield-check", role="status"),
            rx.fragment(),
        ),
        rx.cond(
            VisitorState.is_signed_in, callout(rx.el.p(t("login.already")), action=inside, role="status"), rx.fragment()
        ),
    )


def _form() -> rx.Component:
    return post_form(
        "/api/login",
        rx.el.fieldset(
            rx.el.legend(t("login.legend"), class_name="over flat"),
            hidden("next", query("next")),
            hidden("open", query("open")),
            field(
                t("login.email"),
                "email",
                kind="email",
                required=True,
                auto_complete="username",
                max_length=254,
                data_keep="true",
            ),
            password_field(t("login.password"), "password"),
            rx.el.div(
                checkbox(t("login.remember"), name="remember", value="on"),
                text_link(t("login.forgot"), routes.RECOVER),
                class_name="rowf between",
            ),
        ),
        button(t("login.submit"), size=3, cls="wide", type="submit"),
        _passkey(),
        link_button(t("login.recover"), routes.RECOVER, kind="ghost", size=3, cls="wide"),
    )


def _passkey() -> rx.Component:
    """The same form, sent elsewhere: where to go and «Запомнить меня» count for both ways."""
    elsewhere = {"form_action": "/api/login/passkey", "form_no_validate": True, "hidden": True}
    send = rx.el.button(type="submit", data_passkey_send="true", tab_index=-1, **elsewhere)
    words = t("passkey.sign_in")
    return rx.fragment(passkey_button(words, "/api/passkey/sign-in", kind="outline", cls="wide"), send)


def add_to(app: rx.App) -> None:
    """Register the route."""
    app.add_page(
        login,
        route=routes.LOGIN,
        title=t("login.title"),
        description=t("site.description"),
        image="/favicon.svg",
        on_load=VisitorState.load,
    )
